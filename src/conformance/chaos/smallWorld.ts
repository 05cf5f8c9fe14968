/**
 * The small world, whole: every DAG of up to three tasks, every end of each of them, and the only
 * scheduler killed after every event (reliability E3). What chance may miss is not missed here.
 */
import { createEngine, type Engine } from '../../airflow/engine.ts';
import type { ExecutorName, Fault, Scenario, TaskOutcome } from '../../airflow/scenario.ts';
import { plainDag } from '../../airflow/plainSpecs.ts';
import type { AirflowVersion, TaskSpec } from '../../airflow/spec.ts';
import { us } from '../../base/time.ts';
import type { Violation } from '../checker/check.ts';
import { checkRun } from '../checker/checkRun.ts';
import { START_DATE } from './dags.ts';
import { drawScenario } from './drawScenario.ts';
import { liveness } from './liveness.ts';
import { finalRows, namesOf } from './liveRun.ts';
import { shortTask } from './tasks.ts';

const OUTCOMES: readonly TaskOutcome[] = ['success', 'failed', 'skipped'];
const MOST_TASKS = 3;
/** Longer than a silent scheduler counts as alive: the next one looks for orphans at its start. */
const DOWN_S = 35;

export interface Small {
  readonly edges: readonly (readonly [number, number])[];
  readonly outcomes: readonly TaskOutcome[];
}

/** Every graph over one, two and three tasks in order, with every combination of ends. */
export function smallWorlds(): Small[] {
  const worlds: Small[] = [];
  for (let tasks = 1; tasks <= MOST_TASKS; tasks++) {
    const pairs = pairsOf(tasks);
    for (let graph = 0; graph < 1 << pairs.length; graph++) {
      const edges = pairs.filter((_, i) => ((graph >>> i) & 1) === 1);
      for (const outcomes of endsOf(tasks)) worlds.push({ edges, outcomes });
    }
  }
  return worlds;
}

function pairsOf(tasks: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let to = 1; to < tasks; to++) for (let from = 0; from < to; from++) pairs.push([from, to]);
  return pairs;
}

function endsOf(tasks: number): TaskOutcome[][] {
  if (tasks === 0) return [[]];
  return endsOf(tasks - 1).flatMap((before) => OUTCOMES.map((last) => [...before, last]));
}

export function smallScenario(
  small: Small,
  executor: ExecutorName,
  airflow: AirflowVersion,
): Scenario {
  const tasks = small.outcomes.map((_, i) => taskOf(small, i));
  const base = drawScenario(0);
  return {
    ...base,
    airflow,
    executor,
    dags: [plainDag('small', tasks, AT_ONCE)],
    until_s: 900,
    config: { 'scheduler.scheduler_idle_sleep_time': 5 },
    pools: {},
    fleet: { ...base.fleet, schedulers: 1, triggerers: 1 },
    behaviour: {
      by_kind: {},
      rules: small.outcomes.map((end, i) => ({ task_id: `t${i}`, outcomes: [end] })),
    },
    actions: [{ at_s: 0, action: 'trigger', dag_id: 'small', run_id: 'run' }],
    faults: [],
  };
}

/** Nothing of the DAG itself holds its run back. */
const AT_ONCE = { start_date: START_DATE, is_paused_upon_creation: false };

function taskOf({ edges }: Small, i: number): TaskSpec {
  const up = edges.filter(([, to]) => to === i).map(([from]) => `t${from}`);
  return { ...shortTask(`t${i}`, up), retries: i % 2, retry_delay_s: 1 };
}

/** Events of the run when nobody breaks anything. */
export function eventsOf(scenario: Scenario): number {
  const engine = engineOf(scenario);
  runToEnd(engine);
  return engine.simulation.events;
}

/** Kills the scheduler after so many events and starts it again; the first violation. */
export function crashAt(scenario: Scenario, events: number): Violation | null {
  const engine = engineOf(scenario);
  const { simulation } = engine;
  simulation.run({ events, until: us(scenario.until_s * 1_000_000) });
  simulation.edit(fault('kill'));
  simulation.run({ until: us(simulation.now + DOWN_S * 1_000_000) });
  simulation.edit(fault('restore'));
  runToEnd(engine);
  const checked = { ...scenario, faults: [fault('kill')] };
  return checkRun(checked, simulation.log, namesOf(engine), finalRows(engine)) ?? liveness(engine);
}

function fault(what: string): Fault {
  return { at_s: 0, what, part: 'scheduler-1' };
}

function engineOf(scenario: Scenario): Engine {
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(JSON.stringify(made.error[0]));
  return made.value;
}

function runToEnd(engine: Engine): void {
  const until = us(engine.scenario.until_s * 1_000_000);
  engine.simulation.run({ until, stop: () => engine.done() });
}
