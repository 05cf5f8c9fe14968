/**
 * Time for which machines are there and paid. Nodes: from their order, or from the start, until they
 * are given back. Workers of a group that KEDA scales: while they are not gone. A worker of a fixed
 * group has a machine of its own, which is paid whether it is up or not.
 */
import { sizeOf } from '../../airflow/fleet/nodeNames.ts';
import { WORKER } from '../../airflow/fleet/workerPlan.ts';
import type { FleetSpec } from '../../airflow/scenario.ts';
import type { LogReader, LogRecord } from '../../kernel/index.ts';

const SECOND = 1_000_000;

export interface MachineCodes {
  readonly nodeOrdered: number;
  readonly nodeRemoved: number;
  readonly workerChanged: number;
}

/** Seconds of each node that may ever be there, in the order of their numbers. */
export function nodeSeconds(log: LogReader, codes: MachineCodes, { nodes }: FleetSpec): number[] {
  const there = nodes.flatMap((group) =>
    Array.from({ length: sizeOf(group) }, (_, i) => i < group.count),
  );
  return secondsOf(log, there, ({ what }) => {
    if (what === codes.nodeOrdered) return true;
    return what === codes.nodeRemoved ? false : null;
  });
}

/** Seconds of each worker that may ever be there, in the order of their numbers. */
export function workerSeconds(log: LogReader, codes: MachineCodes, fleet: FleetSpec): number[] {
  const groups = fleet.workers.flatMap((group) => {
    const most = Math.max(group.count, group.keda?.max ?? 0);
    return Array.from({ length: most }, (_, i) => ({
      there: i < group.count,
      fixed: group.keda === undefined,
    }));
  });
  const there = groups.map((each) => each.there);
  return secondsOf(log, there, ({ what, entity, reason }) => {
    if (what !== codes.workerChanged || groups[entity]?.fixed !== false) return null;
    return reason !== WORKER.gone;
  });
}

/** `change`: is the machine that the record is about there from now on? Null: another record. */
function secondsOf(
  log: LogReader,
  there: readonly boolean[],
  change: (record: LogRecord) => boolean | null,
): number[] {
  const since = there.map((is) => (is ? 0 : NaN));
  const paid = there.map(() => 0);
  const end = (machine: number, t: number): void => {
    if (!Number.isNaN(since[machine])) paid[machine]! += t - since[machine]!;
    since[machine] = NaN;
  };
  for (let seq = 0; seq < log.length; seq++) {
    const record = log.record(seq);
    const is = change(record);
    if (is === false) end(record.entity, record.t);
    else if (is === true && Number.isNaN(since[record.entity])) since[record.entity] = record.t;
  }
  there.forEach((_, machine) => end(machine, log.endTime));
  return paid.map((time) => time / SECOND);
}
