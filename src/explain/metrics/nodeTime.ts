/** Time for which nodes are paid: from their order, or from the start, until they are given back. */
import { sizeOf } from '../../airflow/fleet/nodeNames.ts';
import type { NodeGroupSpec } from '../../airflow/scenario.ts';
import type { LogReader } from '../../kernel/index.ts';

const SECOND = 1_000_000;

export function nodeSeconds(
  log: LogReader,
  codes: { readonly nodeOrdered: number; readonly nodeRemoved: number },
  groups: readonly NodeGroupSpec[],
): number {
  const since = groups.flatMap((group) =>
    Array.from({ length: sizeOf(group) }, (_, i) => (i < group.count ? 0 : NaN)),
  );
  let paid = 0;
  for (let seq = 0; seq < log.length; seq++) {
    const { what, entity, t } = log.record(seq);
    if (what === codes.nodeOrdered) since[entity] = t;
    else if (what === codes.nodeRemoved) {
      paid += t - since[entity]!;
      since[entity] = NaN;
    }
  }
  for (const from of since) if (!Number.isNaN(from)) paid += log.endTime - from;
  return paid / SECOND;
}
