/** I15: a run that assets ask for has an event that no earlier run of its DAG has used. */
import type { Check } from './check.ts';

const BY_ASSETS = /^(asset|dataset)_triggered__/;

export function assetCheck(): Check {
  const used = new Map<string, number>();
  let events = 0;
  return {
    invariant: 'I15',
    see({ machine, event, entity }, { runs }) {
      if (machine !== 'core') return null;
      if (event === 'assetEvent') events += 1;
      const run = event === 'runCreated' ? runs[entity] : undefined;
      if (run === undefined || !BY_ASSETS.test(run.runId)) return null;
      const id = run.dag.spec.dag_id;
      if (events <= (used.get(id) ?? 0)) return 'it has no asset event of its own';
      used.set(id, events);
      return null;
    },
  };
}
