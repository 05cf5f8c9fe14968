/** One scenario from the first trigger to its end, observed like a recorded run. */
import { assert } from '../../base/assert.ts';
import { seconds, toSeconds, US_PER_SECOND } from '../../base/time.ts';
import type { Observer } from '../../airflow/context.ts';
import { createEngine, type Engine } from '../../airflow/engine.ts';
import { PLANT_RECORD } from '../../airflow/executors/records.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import { dagRun, taskInstance, TI, whatTable } from '../../machines/index.ts';
import { firstFrom, type Attempt, type Observed, type RunTimes } from './phases.ts';

type Draft = { -readonly [K in keyof Attempt]: Attempt[K] };

/** Transitions by which a key leaves its executor because its result was read. */
const RESULTS: ReadonlySet<number> = new Set(
  whatTable()
    .filter(({ machine, actions }) => machine.endsWith('_key') && actions.some(isEnd))
    .map(({ id }) => id),
);

function isEnd(action: string): boolean {
  return action === 'buffer_success' || action === 'buffer_database_state';
}

/** Asserts that the engine takes the scenario: it was made from a recorded case. */
export function simulateRun(scenario: Scenario): Observed {
  const times: Times = { attempts: [], last: new Map(), tis: [], zero: firstTrigger(scenario) };
  const observer: Observer = {};
  const made = createEngine(scenario, { observers: [observer] });
  assert(made.ok, 'recorded case is no scenario', { problems: made.ok ? '' : made.error });
  const engine = made.value;
  observer.taskInstance = (ti, _, to) => note(engine, times, ti, to);
  const { simulation } = engine;
  simulation.run({ until: seconds(scenario.until_s), stop: () => engine.done() });
  foldLog(engine, times);
  return { runs: runTimes(engine, scenario, times.zero), attempts: times.attempts };
}

interface Times {
  readonly attempts: Draft[];
  /** Task instance -> its latest try. */
  readonly last: Map<number, Draft>;
  /** Task instances of the attempts. */
  readonly tis: number[];
  readonly zero: number;
}

function firstTrigger(scenario: Scenario): number {
  return Math.min(...scenario.actions.map(({ at_s }) => at_s)) * US_PER_SECOND;
}

function note({ ctx }: Engine, times: Times, ti: number, to: number): void {
  const { taskInstances: tis } = ctx.world;
  const at = toSeconds((ctx.sim.now - times.zero) as typeof ctx.sim.now);
  let draft = times.last.get(ti);
  if (to === TI.scheduled && draft?.try_number !== tis.try_number[ti]) {
    draft = {
      run: tis.dag_run[ti]!,
      task: ctx.plan.taskIds[tis.task[ti]!]!,
      map_index: tis.map_index[ti]!,
      try_number: tis.try_number[ti]!,
      scheduled: at,
      queued: null,
      start: null,
      body: null,
      end: null,
      event: null,
    };
    times.attempts.push(draft);
    times.tis.push(ti);
    times.last.set(ti, draft);
  }
  if (draft === undefined) return;
  if (to === TI.scheduled) draft.scheduled = at;
  else if (to === TI.queued) draft.queued = at;
  else if (to === TI.running) draft.start = startOf(tis.start_date[ti]!, times.zero) ?? at;
  else if (ENDED.has(to)) draft.end = at;
}

/** The column: a poke sets it anew, a resume keeps it. */
function startOf(date: number, zero: number): number | null {
  return Number.isFinite(date) ? (date - zero) / US_PER_SECOND : null;
}

const ENDED: ReadonlySet<number> = new Set([TI.success, TI.failed, TI.skipped, TI.up_for_retry]);

/** What only the log knows: begin of user code, executor events. */
function foldLog({ simulation }: Engine, times: Times): void {
  const { log } = simulation;
  const bodies = new Map<number, number[]>();
  const events = new Map<number, number[]>();
  for (let seq = 0; seq < log.length; seq++) {
    const { what, entity, t } = log.record(seq);
    const into = what === PLANT_RECORD.bodyBegan ? bodies : RESULTS.has(what) ? events : null;
    if (into === null) continue;
    const at = (t - times.zero) / US_PER_SECOND;
    into.set(entity, [...(into.get(entity) ?? []), at]);
  }
  times.attempts.forEach((draft, i) => {
    const ti = times.tis[i]!;
    draft.body = firstFrom(bodies.get(ti) ?? [], draft.start);
    draft.event = firstFrom(events.get(ti) ?? [], draft.end);
  });
}

function runTimes({ ctx }: Engine, scenario: Scenario, zero: number): RunTimes[] {
  const { dagRuns } = ctx.world;
  const at = (time: number): number | null =>
    Number.isFinite(time) ? (time - zero) / US_PER_SECOND : null;
  return Array.from({ length: dagRuns.rows }, (_, run) => {
    const dag_id = ctx.plan.dags[dagRuns.dag[run]!]!.dagId;
    const action = scenario.actions.find((one) => 'dag_id' in one && one.dag_id === dag_id);
    return {
      dag_id,
      trigger: at((action?.at_s ?? 0) * US_PER_SECOND) ?? 0,
      start: at(dagRuns.start_date[run]!),
      end: at(dagRuns.end_date[run]!),
    };
  });
}

/** How everything ended: `task[index] try n: state` and `dag: state`. */
export function simulateOutcome(scenario: Scenario): { tis: string[]; runs: string[] } {
  const made = createEngine(scenario);
  assert(made.ok, 'recorded case is no scenario', { problems: made.ok ? '' : made.error });
  const { simulation, ctx } = made.value;
  simulation.run({ until: seconds(scenario.until_s), stop: () => made.value.done() });
  const { taskInstances: tis, dagRuns } = ctx.world;
  const stateName = (state: number): string => taskInstance.states[state]!;
  return {
    tis: Array.from({ length: tis.rows }, (_, ti) => {
      const task = ctx.plan.taskIds[tis.task[ti]!]!;
      return `${task}[${tis.map_index[ti]}] try ${tis.try_number[ti]}: ${stateName(tis.state[ti]!)}`;
    }),
    runs: Array.from({ length: dagRuns.rows }, (_, run) => {
      const { dagId } = ctx.plan.dags[dagRuns.dag[run]!]!;
      return `${dagId}: ${dagRun.states[dagRuns.state[run]!]}`;
    }),
  };
}
