/** I17: in one critical section nobody is passed over for a lower priority without a limit. */
import type { Check } from './check.ts';
import { usedSlots } from './limits.ts';
import type { Replay, RunRow, TiRow } from './replay.ts';

const EXECUTION = new Set(['queued', 'running']);
const ACTIVE = new Set([...EXECUTION, 'deferred', 'awaiting_input']);

export function priorityCheck(): Check {
  const paused = new Set<number>();
  let batch: TiRow[] = [];
  let time = -1;
  return {
    invariant: 'I17',
    see({ machine, event, entity, t }, replay) {
      const queues = machine === 'task_instance' && event === 'queue';
      const row = queues ? replay.tis[entity] : undefined;
      if (row !== undefined) {
        batch.push(row);
        time = t;
        return null;
      }
      const judged = batch;
      batch = [];
      if (machine === 'core' && event === 'dagPaused') paused.add(entity);
      if (machine === 'core' && event === 'dagUnpaused') paused.delete(entity);
      // A run that has ended meanwhile gives its places back at once.
      if (judged.length === 0 || event === 'dagrun_finished') return null;
      return passedOver(judged, time, replay, paused);
    },
  };
}

function passedOver(
  batch: readonly TiRow[],
  time: number,
  replay: Replay,
  paused: ReadonlySet<number>,
): string | null {
  const lowest = batch.reduce((least, row) => (row.task.weight < least.task.weight ? row : least));
  for (const row of replay.tis) {
    if (row.state !== 'scheduled' || row.changedAt >= time) continue;
    if (row.task.weight <= lowest.task.weight || isHeld(row, batch, replay, paused)) continue;
    const ids = [row, lowest].map(({ task, run }) => `${run.runId} ${task.spec.task_id}`);
    return `${ids[0]} (${row.task.weight}) is passed over for ${ids[1]} (${lowest.task.weight})`;
  }
  return null;
}

/** Any limit that Airflow lists (semantics 5.4), what the limits have left out with it included. */
function isHeld(
  row: TiRow,
  batch: readonly TiRow[],
  replay: Replay,
  paused: ReadonlySet<number>,
): boolean {
  const { run, task } = row;
  const { dag } = run;
  if (run.state !== 'running' || paused.has(dagNumber(replay, run))) return true;
  const pool = replay.pools.get(task.spec.pool);
  if (pool === undefined) return true;
  const used = usedSlots(replay, task.spec.pool, pool.includeDeferred);
  if (pool.slots >= 0 && used + task.spec.pool_slots > pool.slots) return true;
  const runs = replay.runs.filter((each) => each.dag === dag);
  const limit = dag.spec.max_active_tasks;
  const perRun = runs.map((each) => count(each.tis, EXECUTION));
  const active = replay.is3 ? Math.max(...perRun) : perRun.reduce((sum, each) => sum + each, 0);
  return active >= limit || isBehind(row, batch, limit, replay) || isTaskLimited(row, runs, replay);
}

/** 3.x reads only the first max_active_tasks rows of a run. */
function isBehind(row: TiRow, batch: readonly TiRow[], limit: number, replay: Replay): boolean {
  if (!replay.is3) return false;
  const before = row.run.tis.filter(
    (other) =>
      other !== row &&
      (other.state === 'scheduled' || batch.includes(other)) &&
      other.task.weight >= row.task.weight,
  );
  return before.length >= limit;
}

function isTaskLimited({ task, run }: TiRow, runs: readonly RunRow[], replay: Replay): boolean {
  const states = replay.is3 ? ACTIVE : EXECUTION;
  const { max_active_tis_per_dag: perDag, max_active_tis_per_dagrun: perRun } = task.spec;
  const all = runs.flatMap((each) => replay.rowsOf(each, task));
  if (perDag !== null && count(all, states) >= perDag) return true;
  return perRun !== null && count(replay.rowsOf(run, task), states) >= perRun;
}

function count(rows: readonly TiRow[], states: ReadonlySet<string>): number {
  return rows.filter(({ state }) => states.has(state)).length;
}

function dagNumber(replay: Replay, run: RunRow): number {
  return replay.scenario.dags.findIndex((dag) => dag.dag_id === run.dag.spec.dag_id);
}
