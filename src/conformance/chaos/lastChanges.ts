/** When each task instance, and anything of each run, changed its state last: from the log. */
import type { Engine } from '../../airflow/engine.ts';
import { CORE_RECORD } from '../../airflow/records.ts';
import { taskInstance } from '../../machines/index.ts';

export interface LastChanges {
  readonly tis: ReadonlyMap<number, number>;
  readonly runs: ReadonlyMap<number, number>;
}

export function lastChanges({ simulation: { log }, ctx }: Engine): LastChanges {
  const { firstId, transitions } = taskInstance;
  const tis = new Map<number, number>();
  const runs = new Map<number, number>();
  for (let seq = 0; seq < log.length; seq++) {
    const { what, entity, t } = log.record(seq);
    const changes = what >= firstId && what < firstId + transitions.length;
    if (!changes && what !== CORE_RECORD.tiCreated) continue;
    tis.set(entity, t);
    runs.set(ctx.world.taskInstances.dag_run[entity]!, t);
  }
  return { tis, runs };
}
