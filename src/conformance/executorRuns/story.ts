/**
 * What a recorded run and its simulation must agree on (executor-runs/README.md, 5.2): the states
 * at the end, the tries, and the audit rows of each task in their order.
 */
import { assert } from '../../base/assert.ts';
import { seconds } from '../../base/time.ts';
import { createEngine, type Engine } from '../../airflow/engine.ts';
import { CORE_RECORD } from '../../airflow/records.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import { dagRun, taskInstance, whatTable } from '../../machines/index.ts';
import type { RecordedRun } from './recordedRun.ts';

export interface Story {
  /** `dag: state`, sorted. */
  readonly runs: readonly string[];
  /** `task[index] try n: state` of the rows of task_instance, sorted. */
  readonly tis: readonly string[];
  /** Task -> `try event` of its audit rows, in their order. */
  readonly audit: Readonly<Record<string, readonly string[]>>;
  /** All audit rows in one line, where the edges leave no choice; else null. */
  readonly order: readonly string[] | null;
}

/** Audit rows that come from the engine's rules; users' requests have rows of their own. */
const AUDITED: ReadonlySet<string> = new Set([
  'running',
  'success',
  'failed',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'state mismatch',
  'heartbeat timeout',
  'stuck in queued reschedule',
  'stuck in queued tries exceeded',
]);

const BY_SCHEDULER = ['executor_success', 'executor_failed', 'heartbeat_timeout'];

interface AuditRow {
  /** `dag_id` and the number of the run among those of the DAG. */
  readonly run: string;
  readonly task: string;
  readonly index: number;
  readonly text: string;
}

export function recordedStory(run: RecordedRun): Story {
  const { tis, runs, log = [] } = run.expect;
  const rows = log
    .filter(([, , , , , event]) => AUDITED.has(event))
    .map(([, row, task, index, tryNumber, event]) => ({
      run: runName(
        runs.map(({ dag_id }) => dag_id),
        row,
      ),
      task,
      index: index ?? -1,
      text: `${tryNumber} ${event}`,
    }));
  return {
    runs: runs.map(({ dag_id, state }) => `${dag_id}: ${state}`).sort(),
    tis: tis
      .filter((ti) => ti.row !== 'earlier')
      .map((ti) => `${ti.task_id}[${ti.map_index}] try ${ti.try_number}: ${ti.state}`)
      .sort(),
    ...auditOf(rows, run),
  };
}

/** Runs the scenario for so many seconds after its first trigger, or to its end. */
export function simulatedStory(scenario: Scenario, run: RecordedRun): Story {
  const made = createEngine(scenario);
  assert(made.ok, 'recorded case is no scenario', { problems: made.ok ? '' : made.error });
  const engine = made.value;
  engine.simulation.run({ until: seconds(scenario.until_s), stop: () => engine.done() });
  const { ctx } = engine;
  const { taskInstances: tis, dagRuns } = ctx.world;
  return {
    runs: Array.from({ length: dagRuns.rows }, (_, row) => {
      const { dagId } = ctx.plan.dags[dagRuns.dag[row]!]!;
      return `${dagId}: ${dagRun.states[dagRuns.state[row]!]}`;
    }).sort(),
    tis: Array.from({ length: tis.rows }, (_, ti) => {
      const state = taskInstance.states[tis.state[ti]!]!;
      return `${nameOf(engine, ti)}[${tis.map_index[ti]}] try ${tis.try_number[ti]}: ${state}`;
    }).sort(),
    ...auditOf(auditRows(engine), run),
  };
}

function auditOf(all: readonly AuditRow[], run: RecordedRun): Pick<Story, 'audit' | 'order'> {
  const audit: Record<string, string[]> = {};
  const rows = withoutPokes(all);
  for (const { run: name, task, index, text } of rows) {
    (audit[`${name}: ${task}[${index}]`] ??= []).push(text);
  }
  return { audit, order: isChain(run) ? rows.map(({ task, text }) => `${task}: ${text}`) : null };
}

/** How often a sensor looks in vain is a matter of time: one look stands for all. */
function withoutPokes(rows: readonly AuditRow[]): AuditRow[] {
  const same = (a: AuditRow | undefined, b: AuditRow | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    a.run === b.run &&
    a.task === b.task &&
    a.index === b.index &&
    a.text === b.text;
  const kept: AuditRow[] = [];
  for (const row of rows) {
    const poke = row.text.endsWith('up_for_reschedule');
    if (poke && same(kept.at(-3), kept.at(-1)) && same(kept.at(-2), row)) kept.pop();
    else kept.push(row);
  }
  return kept;
}

/** One run of tasks that follow one another. */
function isChain({ given }: RecordedRun): boolean {
  if (given.triggers.filter(([, , how]) => how === 'trigger').length !== 1) return false;
  const tasks = given.dags.flatMap((dag) => dag.tasks);
  const roots = tasks.filter(({ upstream }) => upstream.length === 0).length;
  const ups = new Set(tasks.flatMap(({ upstream }) => upstream));
  return roots === 1 && ups.size === tasks.length - 1 && tasks.every((t) => t.upstream.length <= 1);
}

function runName(dags: readonly string[], run: number): string {
  const before = dags.slice(0, run).filter((dag) => dag === dags[run]).length;
  return `${dags[run]} ${before + 1}`;
}

function nameOf({ ctx }: Engine, ti: number): string {
  return ctx.plan.taskIds[ctx.world.taskInstances.task[ti]!]!;
}

/** Machine rows of the task instance that Airflow writes an audit row for, by their id. */
const WRITTEN: ReadonlyMap<number, string> = new Map(
  whatTable()
    .filter(({ machine }) => machine === taskInstance.id)
    .flatMap(({ id, event, to }) => {
      const text = auditText(event, to);
      return text === null ? [] : [[id, text] as const];
    }),
);

const RAISES_TRY: ReadonlySet<number> = new Set(
  whatTable()
    .filter(({ machine, actions }) => {
      return machine === taskInstance.id && actions.includes('increment_try_number');
    })
    .map(({ id }) => id),
);

function auditText(event: string, to: string): string | null {
  if (event === 'start') return 'running';
  if (event === 'succeed') return 'success';
  if (event === 'defer') return 'deferred';
  if (event === 'reschedule') return 'up_for_reschedule';
  const ended = to === 'up_for_retry' || to === 'failed';
  if (ended && BY_SCHEDULER.includes(event)) return 'failed';
  if (event === 'fail' || event === 'fail_without_retry') return ended ? to : null;
  return null;
}

const CORE: ReadonlyMap<number, string> = new Map([
  [CORE_RECORD.stateMismatch, 'state mismatch'],
  [CORE_RECORD.heartbeatTimeout, 'heartbeat timeout'],
]);

function auditRows(engine: Engine): AuditRow[] {
  const { log } = engine.simulation;
  const { plan, world } = engine.ctx;
  const { map_index, dag_run } = world.taskInstances;
  const dags = Array.from(
    { length: world.dagRuns.rows },
    (_, run) => plan.dags[world.dagRuns.dag[run]!]!.dagId,
  );
  const tries = new Map<number, number>();
  const rows: AuditRow[] = [];
  const stuck = new Map<number, number>();
  const limit = engine.ctx.options.numStuckRetries;
  for (let seq = 0; seq < log.length; seq++) {
    const { what, entity: ti } = log.record(seq);
    const tryNumber = (tries.get(ti) ?? 0) + (RAISES_TRY.has(what) ? 1 : 0);
    if (RAISES_TRY.has(what)) tries.set(ti, tryNumber);
    let event = WRITTEN.get(what) ?? CORE.get(what);
    if (what === CORE_RECORD.stuckInQueued) {
      const times = stuck.get(ti) ?? 0;
      stuck.set(ti, times + 1);
      event = `stuck in queued ${times < limit ? 'reschedule' : 'tries exceeded'}`;
    }
    if (event === undefined) continue;
    const text = `${tryNumber} ${event}`;
    rows.push({
      run: runName(dags, dag_run[ti]!),
      task: nameOf(engine, ti),
      index: map_index[ti]!,
      text,
    });
  }
  return rows;
}
