/**
 * An engine that is run to its end, and what there is to say about it: the part that command line,
 * page and lessons have in common, so that all of them stop at the same event.
 */
import { createEngine } from '../airflow/engine.ts';
import type { Engine } from '../airflow/engine.ts';
import type { Scenario } from '../airflow/scenario.ts';
import { map } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { us } from '../base/time.ts';
import type { SimTime } from '../base/time.ts';
import type { LaneInfo } from './frame.ts';
import { faultsHere, partsOf } from './parts.ts';
import { machinesOf } from './placement.ts';

export class EngineRun {
  readonly engine: Engine;
  readonly until: SimTime;
  ended = false;
  /** Why the run could not go on: a bound was reached or an invariant is broken. */
  problem: Problem | null = null;

  constructor(engine: Engine) {
    this.engine = engine;
    this.until = us(Math.round(engine.scenario.until_s * 1_000_000));
  }

  /** Handles at most so many events. True when the run is over. */
  advance(events = Infinity): boolean {
    if (this.ended) return true;
    const { simulation } = this.engine;
    const end = simulation.run({ until: this.until, events, stop: () => this.isOver() });
    this.ended = end.reason !== 'events';
    if (end.reason === 'bound') this.problem = end.problem;
    return this.ended;
  }

  /** Microseconds at which the last DAG run ended; null while one has not. */
  get makespan(): number | null {
    const { dagRuns } = this.engine.ctx.world;
    let last = 0;
    for (let run = 0; run < dagRuns.rows; run++) {
      const end = dagRuns.end_date[run]!;
      if (end === Infinity) return null;
      last = Math.max(last, end);
    }
    return dagRuns.rows === 0 ? null : last;
  }

  info(id: string): LaneInfo {
    const { engine } = this;
    const { scenario, plant, simulation } = engine;
    const groups = plant.slotGroups.map(({ name, slots, queues }) => ({
      name,
      slots,
      queues: [...queues],
    }));
    const runs = runLabels(engine);
    const labels = taskLabels(engine, runs);
    return {
      id,
      executor: scenario.executor,
      airflow: scenario.airflow,
      slots: groups.reduce((sum, group) => sum + group.slots, 0),
      slotGroups: groups,
      total: labels.length,
      labels,
      runs,
      parts: partsOf(scenario, groups[0]?.slots ?? 0),
      machines: machinesOf(scenario),
      faults: faultsHere(scenario),
      makespan: this.ended ? this.makespan : null,
      end: simulation.now,
    };
  }

  private isOver(): boolean {
    const { world } = this.engine.ctx;
    // Cheap first: most events happen while a run is active.
    for (let dag = 0; dag < world.dags.rows; dag++) {
      if (world.dags.running_runs[dag]! > 0) return false;
    }
    return this.engine.done();
  }
}

export function startRun(scenario: Scenario): Result<EngineRun> {
  return map(createEngine(scenario), (engine) => new EngineRun(engine));
}

function runLabels({ ctx }: Engine): { dag_id: string; run_id: string }[] {
  const { dagRuns, texts } = ctx.world;
  return Array.from({ length: dagRuns.rows }, (_, run) => ({
    dag_id: ctx.plan.dags[dagRuns.dag[run]!]!.dagId,
    run_id: texts.get(dagRuns.run_id[run]!),
  }));
}

function taskLabels(
  { ctx }: Engine,
  runs: readonly { dag_id: string; run_id: string }[],
): LaneInfo['labels'] {
  const { taskInstances: tis } = ctx.world;
  return Array.from({ length: tis.rows }, (_, ti) => ({
    ...runs[tis.dag_run[ti]!]!,
    task_id: ctx.plan.taskIds[tis.task[ti]!]!,
    map_index: tis.map_index[ti]!,
  }));
}
