/** I1 and I10: pools, max_active_tasks, max_active_tis_*, max_active_runs, as a task is queued. */
import type { Check } from './check.ts';
import type { Replay, RunRow, TiRow } from './replay.ts';
import type { Step } from './step.ts';

const EXECUTION = new Set(['queued', 'running']);
const PARKED = new Set(['deferred', 'awaiting_input']);

function queuedRow({ machine, event, entity }: Step, { tis }: Replay): TiRow | undefined {
  return machine === 'task_instance' && event === 'queue' ? tis[entity] : undefined;
}

export const pools: Check = {
  invariant: 'I1',
  see(step, replay) {
    const row = queuedRow(step, replay);
    if (row === undefined) return null;
    const name = row.task.spec.pool;
    const pool = replay.pools.get(name);
    if (pool === undefined) return `it is queued though there is no pool ${name}`;
    if (pool.slots < 0) return null;
    const used = usedSlots(replay, name, pool.includeDeferred);
    if (used <= pool.slots) return null;
    return `${used} slots of pool ${name} are taken, it has ${pool.slots}`;
  },
};

export function usedSlots(replay: Replay, pool: string, includeDeferred: boolean): number {
  let used = 0;
  for (const { task, state } of replay.tis) {
    const holds = EXECUTION.has(state) || (includeDeferred && state === 'deferred');
    if (task.spec.pool === pool && holds) used += task.spec.pool_slots;
  }
  return used;
}

export const activeTasks: Check = {
  invariant: 'I10',
  see(step, replay) {
    const row = queuedRow(step, replay);
    if (row === undefined) return null;
    return dagLimit(row, replay) ?? taskLimits(row, replay);
  },
};

/** 3.x counts per run, 2.x over all runs of the DAG. */
function dagLimit(row: TiRow, replay: Replay): string | null {
  const limit = row.run.dag.spec.max_active_tasks;
  const rows = replay.is3 ? row.run.tis : tisOfDag(row.run, replay);
  const active = rows.filter(({ state }) => EXECUTION.has(state)).length;
  if (active <= limit) return null;
  return (
    `${active} task instances of ${row.run.dag.spec.dag_id} are active, ` +
    `max_active_tasks is ${limit}`
  );
}

function tisOfDag(of: RunRow, { runs }: Replay): TiRow[] {
  return runs.flatMap((run) => (run.dag === of.dag ? run.tis : []));
}

function taskLimits(row: TiRow, replay: Replay): string | null {
  const { max_active_tis_per_dag: perDag, max_active_tis_per_dagrun: perRun } = row.task.spec;
  const isActive = ({ state }: TiRow): boolean =>
    EXECUTION.has(state) || (replay.is3 && PARKED.has(state));
  if (perRun !== null) {
    const active = replay.rowsOf(row.run, row.task).filter(isActive).length;
    if (active > perRun) return `${active} are active, max_active_tis_per_dagrun is ${perRun}`;
  }
  if (perDag === null) return null;
  const all = replay.runs.flatMap((run) => (run.dag === row.run.dag ? rows(run) : []));
  const active = all.filter(isActive).length;
  return active > perDag ? `${active} are active, max_active_tis_per_dag is ${perDag}` : null;

  function rows(run: RunRow): readonly TiRow[] {
    return replay.rowsOf(run, row.task);
  }
}

export const activeRuns: Check = {
  invariant: 'I10',
  see({ machine, event, entity }, { runs }) {
    const run = machine === 'dag_run' && event === 'start' ? runs[entity] : undefined;
    if (run === undefined || run.runId.startsWith('backfill__')) return null;
    const running = runs.filter(
      (each) =>
        each.dag === run.dag && each.state === 'running' && !each.runId.startsWith('backfill__'),
    ).length;
    const limit = run.dag.spec.max_active_runs;
    return running > limit ? `${running} runs are running, max_active_runs is ${limit}` : null;
  },
};
