/** I8: a run ends as its leaves say, when nothing of it is left to do. */
import type { Check } from './check.ts';
import { FINISHED, type Replay, type RunRow } from './replay.ts';

const FAILED = new Set(['failed', 'upstream_failed']);
const ON_ITS_WAY = new Set(['scheduled', 'queued', 'running', 'deferred', 'awaiting_input']);

export const runEnds: Check = {
  invariant: 'I8',
  see({ machine, event, entity, t }, replay) {
    const run = machine === 'dag_run' ? replay.runs[entity] : undefined;
    if (run === undefined) return null;
    if (event === 'succeed') return ends(run, replay, false);
    if (event === 'fail') return ends(run, replay, true);
    if (event === 'deadlock') return deadlocked(run);
    return event === 'time_out' ? timedOut(run, t) : null;
  },
};

function ends(run: RunRow, replay: Replay, failed: boolean): string | null {
  const open = run.tis.find(({ state }) => !FINISHED.has(state));
  if (open) return `the run ends though ${open.task.spec.task_id} is ${open.state}`;
  const leaves = run.dag.leaves.flatMap((leaf) => replay.rowsOf(run, leaf));
  const bad = leaves.find(({ state }) => FAILED.has(state));
  if (failed) return bad ? null : 'the run fails though none of its leaves failed';
  return bad ? `the run is a success though its leaf ${bad.task.spec.task_id} failed` : null;
}

function deadlocked(run: RunRow): string | null {
  if (run.tis.every(({ state }) => FINISHED.has(state))) return 'a finished run is a deadlock';
  const holds = run.tis.some(
    ({ task: { spec }, state }) =>
      !FINISHED.has(state) &&
      (spec.depends_on_past || spec.wait_for_downstream || spec.max_active_tis_per_dag !== null),
  );
  if (holds) return 'a run with depends_on_past or limits per task cannot be tested for a deadlock';
  const busy = run.tis.find(({ state }) => ON_ITS_WAY.has(state));
  if (!busy || run.disturbed) return null;
  return `the run is called a deadlock though ${busy.task.spec.task_id} is ${busy.state}`;
}

function timedOut(run: RunRow, now: number): string | null {
  const limit = run.dag.spec.dagrun_timeout_s;
  if (limit === null) return 'the run times out, its DAG has no dagrun_timeout';
  const took = (now - run.startedAt) / 1_000_000;
  return took > limit ? null : `the run times out after ${took} s of ${limit} s`;
}
