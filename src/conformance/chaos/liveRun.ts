/** One scenario run to its end under the checker's eyes. */
import { errorText } from '../../base/errorText.ts';
import { createEngine, type Engine } from '../../airflow/engine.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import { us } from '../../base/time.ts';
import { dagRun, taskInstance } from '../../machines/index.ts';
import type { Violation } from '../checker/check.ts';
import { checkRun, type FinalRows } from '../checker/checkRun.ts';
import type { RowNames } from '../checker/replay.ts';
import { auditWorld } from './audit.ts';
import { liveness } from './liveness.ts';

/** Records beyond which a scenario of a few tasks cannot be sensible. */
const MAX_RECORDS = 400_000;

/** The first violation, and the hash of world and log. */
export interface LiveRun {
  readonly violation: Violation | null;
  readonly hash: string;
  readonly events: number;
  readonly records: number;
}

export function runLive(scenario: Scenario, hashed = false): LiveRun {
  const made = createEngine(scenario, { maxRecords: MAX_RECORDS });
  if (!made.ok) {
    const sentence = `the scenario is refused: ${JSON.stringify(made.error[0])}`;
    return {
      violation: { invariant: 'I20', record: -1, sentence },
      hash: '',
      events: 0,
      records: 0,
    };
  }
  const engine = made.value;
  const violation = judge(engine);
  const { simulation } = engine;
  const hash = hashed ? simulation.hash() : '';
  return { violation, hash, events: simulation.events, records: simulation.log.length };
}

function judge(engine: Engine): Violation | null {
  const { simulation, scenario } = engine;
  const until = us(Math.round(scenario.until_s * 1_000_000));
  try {
    const end = simulation.run({ until, stop: () => engine.done() });
    if (end.reason === 'bound') {
      return { invariant: 'I20', record: -1, sentence: JSON.stringify(end.problem) };
    }
  } catch (error) {
    const sentence = errorText(error);
    return { invariant: 'assert', record: simulation.log.length - 1, sentence };
  }
  return (
    checkRun(scenario, simulation.log, namesOf(engine), finalRows(engine)) ??
    auditWorld(engine.ctx) ??
    liveness(engine)
  );
}

export function namesOf({ ctx }: Engine): RowNames {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  return {
    runs: Array.from({ length: dagRuns.rows }, (_, run) => ({
      dag_id: ctx.plan.dags[dagRuns.dag[run]!]!.dagId,
      run_id: texts.get(dagRuns.run_id[run]!),
    })),
    tis: Array.from({ length: tis.rows }, (_, ti) => ({
      run: tis.dag_run[ti]!,
      task_id: ctx.plan.taskIds[tis.task[ti]!]!,
      map_index: tis.map_index[ti]!,
    })),
  };
}

export function finalRows({ ctx }: Engine): FinalRows {
  const { taskInstances: tis, dagRuns } = ctx.world;
  return {
    tis: Array.from({ length: tis.rows }, (_, ti) => ({
      state: taskInstance.states[tis.state[ti]!]!,
      try_number: tis.try_number[ti]!,
    })),
    runs: Array.from({ length: dagRuns.rows }, (_, run) => dagRun.states[dagRuns.state[run]!]!),
  };
}
