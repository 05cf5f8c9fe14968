/** Runs a scenario and tells what became of its task instances, for the tests of the faults. */
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { PLANT_RECORD } from '../../../src/airflow/executors/records.ts';
import { CORE_RECORD } from '../../../src/airflow/records.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import { seconds } from '../../../src/base/time.ts';
import type { TaskSpec } from '../../../src/airflow/spec.ts';
import { DAG_RUN, TI } from '../../../src/machines/index.ts';
import { taskSpec } from '../engine/specs.ts';

/** A task of so many seconds. */
export function job(id: string, seconds: number, more: Partial<TaskSpec> = {}): TaskSpec {
  const behaviour = { kind: 'bash', duration_s: seconds, duration_source: 'bash_sleep' } as const;
  return taskSpec(id, [], { behaviour, ...more });
}

/** A state that a task instance came into: when, and in which try. */
export interface Step {
  readonly at: number;
  readonly state: string;
  readonly try: number;
}

export class Rig {
  readonly engine: Engine;
  private readonly lives = new Map<number, Step[]>();

  constructor(scenario: Scenario, until_s = scenario.until_s) {
    const made = createEngine(scenario, {
      observers: [{ taskInstance: (ti, _, to) => this.note(ti, to) }],
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    this.engine = made.value;
    this.engine.simulation.run({ until: seconds(until_s) });
  }

  private note(ti: number, to: number): void {
    const { ctx } = this.engine;
    const life = this.lives.get(ti) ?? [];
    const tries = ctx.world.taskInstances.try_number;
    life.push({ at: ctx.sim.now / 1e6, state: nameOf(TI, to), try: tries[ti]! });
    this.lives.set(ti, life);
  }

  /** Rows of a task, in the order of their creation. */
  rowsOf(taskId: string): number[] {
    const { world, plan } = this.engine.ctx;
    const { taskInstances: tis } = world;
    return [...Array(tis.rows).keys()].filter((ti) => plan.taskIds[tis.task[ti]!] === taskId);
  }

  /** What the first row of the task went through. */
  life(taskId: string): readonly Step[] {
    return this.lives.get(this.rowsOf(taskId)[0] ?? -1) ?? [];
  }

  states(taskId: string): string[] {
    return this.life(taskId).map((step) => step.state);
  }

  /** `state:try` of each step. */
  steps(taskId: string): string[] {
    return this.life(taskId).map((step) => `${step.state}:${step.try}`);
  }

  /** When the row came into the state the `nth` time, NaN when it did not. */
  when(taskId: string, state: string, nth = 1): number {
    return this.life(taskId).filter((step) => step.state === state)[nth - 1]?.at ?? NaN;
  }

  /** Times (and reasons) of records of the core. */
  records(name: keyof typeof CORE_RECORD): { at: number; entity: number; reason: number }[] {
    const { log } = this.engine.simulation;
    return [...Array(log.length).keys()]
      .map((seq) => log.record(seq))
      .filter(({ what }) => what === CORE_RECORD[name])
      .map(({ t, entity, reason }) => ({ at: t / 1e6, entity, reason }));
  }

  /** When user code came to its end whose supervisor had been killed. */
  orphansEnded(): number[] {
    const { log } = this.engine.simulation;
    const records = [...Array(log.length).keys()].map((seq) => log.record(seq));
    return records.filter(({ what }) => what === PLANT_RECORD.orphanEnded).map(({ t }) => t / 1e6);
  }

  times(name: keyof typeof CORE_RECORD): number[] {
    return this.records(name).map(({ at }) => at);
  }

  runState(run = 0): string {
    return nameOf(DAG_RUN, this.engine.ctx.world.dagRuns.state[run]!);
  }
}

function nameOf(codes: Readonly<Record<string, number>>, code: number): string {
  return Object.entries(codes).find(([, value]) => value === code)?.[0] ?? '?';
}
