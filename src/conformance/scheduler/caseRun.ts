/**
 * One recorded case in virtual time: the engine's own phases on a frozen clock, with a scripted
 * executor and scripted users around them (README of the set, 2). No rule of Airflow's scheduler
 * is written here: this is the order of the steps and nothing else.
 */
import type { EngineContext } from '../../airflow/context.ts';
import { parseDag } from '../../airflow/scheduler/nextRun.ts';
import { afterExecutor, doScheduling, startScheduler } from '../../airflow/scheduler/phases.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import { must } from '../../base/assert.ts';
import { makeBench, type Bench } from '../bench/makeBench.ts';
import { Recorder, tiName, type Part } from '../bench/recorder.ts';
import { act } from './actions.ts';
import { ORDER } from './calendar.ts';
import { finalTables } from './finalTables.ts';
import type { GivenAction, Outcome, SchedulerGiven } from './given.ts';
import type { FinalTables, HandedRow, LoopRow } from './recorded.ts';
import { ScriptedExecutor } from './scriptedExecutor.ts';
import { specsOf } from './specs.ts';

/** No scheduler is down. */
const UP = -1;

export class CaseRun {
  private readonly given: SchedulerGiven;
  private readonly recorder = new Recorder();
  private readonly bench: Bench;
  private readonly ctx: EngineContext;
  private readonly executor: ScriptedExecutor;
  /** Task instance -> how often the executor has accepted it. */
  private readonly accepted = new Map<number, number>();
  /** SimTime from which a scheduler may start: at first, and after a crash. */
  private downUntil = 0;

  constructor(airflow: AirflowVersion, given: SchedulerGiven) {
    this.given = given;
    let executor: ScriptedExecutor | null = null;
    const { observer } = this.recorder;
    const dags = specsOf(given, airflow);
    this.bench = makeBench({ ...given, airflow, dags, observer }, (ctx) => {
      executor = new ScriptedExecutor(ctx, (ti) => this.outcomeOf(ti));
      return { executor, workers: executor };
    });
    this.executor = must<ScriptedExecutor>(executor, 'the bench makes its executor');
    this.ctx = this.bench.ctx;
    this.bench.sim.moveTo(-micros(given.parsed_before));
    this.parseAll();
    this.bench.sim.moveTo(0);
    this.planActions();
    this.planParses();
    this.recorder.watch(this.ctx);
  }

  /** The loops in which something happened. */
  allLoops(): LoopRow[] {
    const rows: LoopRow[] = [];
    for (let n = 1; n <= this.given.loops; n++) {
      const row = this.oneLoop(n);
      if (Object.keys(row).length > 2) rows.push(row);
    }
    return rows;
  }

  final(): FinalTables {
    return finalTables(this.ctx);
  }

  private oneLoop(n: number): LoopRow {
    const { ctx, executor, recorder } = this;
    const at = micros((n - 1) * this.given.step);
    const row: LoopRow = { n, t: at / 1_000_000 };
    executor.calendar.runUntil(at, (time) => this.bench.sim.moveTo(time));
    this.bench.sim.moveTo(at);
    executor.beat();
    put(row, 'before', recorder.take());
    if (this.downUntil > at) return row;
    if (this.downUntil !== UP) {
      this.downUntil = UP;
      startScheduler(ctx);
      put(row, 'startup', recorder.take());
    }
    doScheduling(ctx);
    executor.heartbeat();
    afterExecutor(ctx);
    put(row, 'loop', recorder.take());
    this.noteHanded(row);
    return row;
  }

  private noteHanded(row: LoopRow): void {
    const { executor, ctx } = this;
    const { try_number } = ctx.world.taskInstances;
    const named = (ti: number): HandedRow => [...tiName(ctx, ti), try_number[ti]!];
    const { handed, enqueued } = executor.takeHanded();
    if (handed.length > 0) row.handed = handed.map(named);
    if (enqueued.join() !== handed.join()) row.enqueued = enqueued.map(named);
  }

  /** What the script says for the next acceptance of the task instance. */
  private outcomeOf(ti: number): Outcome {
    const { taskInstances: tis, dagRuns, texts } = this.ctx.world;
    const { tasks } = this.ctx.plan;
    const k = this.accepted.get(ti) ?? 0;
    this.accepted.set(ti, k + 1);
    const task = tis.task[ti]!;
    const given = this.given.dags[tasks.dag[task]!]!.tasks[tasks.position[task]!]!;
    const runId = texts.get(dagRuns.run_id[tis.dag_run[ti]!]!);
    const list = given.outcomes_by_run?.[runId] ?? given.outcomes;
    return list[Math.min(k, list.length - 1)]!;
  }

  private planActions(): void {
    for (const action of this.given.actions) {
      this.executor.calendar.add(micros(action.at), ORDER.user, () => this.doAction(action));
    }
  }

  /** Parses at the same time as an action come after it. */
  private planParses(): void {
    const { parse_interval: every, loops, step } = this.given;
    if (every === null) return;
    for (let at = every; at <= loops * step; at += every) {
      this.executor.calendar.add(micros(at), ORDER.user, () => this.parseAll());
    }
  }

  private doAction(action: GivenAction): void {
    if (action.do !== 'scheduler_crash') return act(this.ctx, action);
    this.downUntil = micros(action.at + Number(action['down']));
    this.executor.crash(action['workers'] === 'lost');
  }

  private parseAll(): void {
    for (const dag of this.ctx.plan.dags) parseDag(this.ctx, dag.index);
  }
}

function micros(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}

function put(row: LoopRow, name: 'before' | 'startup' | 'loop', part: Part | null): void {
  if (part !== null) row[name] = part;
}
