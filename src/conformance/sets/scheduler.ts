/** Set `scheduler`: a small installation, loop by loop, in virtual time (README of the set, 2). */
import type { EngineContext } from '../../airflow/context.ts';
import { markRun, markRunQueued, markTask, type MarkState } from '../../airflow/actions/mark.ts';
import { triggerRun } from '../../airflow/actions/trigger.ts';
import { clearTasks, pause, resizePool } from '../../airflow/actions/userActions.ts';
import { addAssetEvent } from '../../airflow/assets.ts';
import { createBackfill } from '../../airflow/actions/backfill.ts';
import { isoToMicros } from '../../airflow/dates.ts';
import { findTask } from '../../airflow/plan/index.ts';
import { NONE, NULL_TIME, RUN_TYPES } from '../../airflow/rows.ts';
import { afterExecutor, doScheduling, startScheduler } from '../../airflow/scheduler/phases.ts';
import { parseDag } from '../../airflow/scheduler/nextRun.ts';
import { findRun } from '../../airflow/world/lookup.ts';
import { dagRun } from '../../machines/index.ts';
import { ORDER } from '../bench/calendar.ts';
import { makeBench, type Bench } from '../bench/makeBench.ts';
import {
  dateOf,
  Recorder,
  runName,
  sorted,
  tiName,
  tiState,
  type Part,
} from '../bench/recorder.ts';
import { ScriptedPlant } from '../bench/scriptedPlant.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { specsOf, type GivenAction, type Outcome, type SchedulerGiven } from './schedulerSpecs.ts';

const US = 1_000_000;

interface LoopRow {
  n: number;
  t: number;
  before?: Part;
  startup?: Part;
  loop?: Part;
  handed?: HandedRow[];
  /** The scheduler's order of handing over, where the executor's differs. */
  enqueued?: HandedRow[];
}

type HandedRow = [dag: string, run: string, task: string, mapIndex: number, tryNumber: number];

interface Expect {
  loops: LoopRow[];
  final: unknown;
  unordered?: { n: number; kind: string; tis: unknown[][] }[];
}

export function check(oracle: OracleCase): Verdict {
  const given = oracle.given as SchedulerGiven;
  const expect = oracle.expect as Expect;
  const run = new CaseRun(oracle, given);
  const loops = run.allLoops();
  const free = expect.unordered ?? [];
  return judge(
    { loops: tidy(expect.loops, free), final: expect.final },
    { loops: tidy(loops, free), final: run.final() },
  );
}

class CaseRun {
  private readonly given: SchedulerGiven;
  private readonly recorder = new Recorder();
  private readonly bench: Bench;
  private readonly ctx: EngineContext;
  private readonly plant: ScriptedPlant;
  private readonly accepted = new Map<number, number>();
  /** SimTime from which a scheduler may run again after a crash; -1 while one runs. */
  private downUntil = 0;

  constructor(oracle: OracleCase, given: SchedulerGiven) {
    this.given = given;
    const dags = specsOf(given, oracle.airflow);
    let plant: ScriptedPlant | null = null;
    this.bench = makeBench(
      { ...given, airflow: oracle.airflow, dags, observer: this.recorder.observer },
      (ctx) => {
        plant = new ScriptedPlant(ctx, (ti) => this.outcomeOf(ti));
        return { executor: plant, workers: plant };
      },
    );
    this.plant = plant!;
    this.ctx = this.bench.ctx;
    this.bench.sim.moveTo(-Math.round(given.parsed_before * US));
    for (const dag of this.ctx.plan.dags) parseDag(this.ctx, dag.index);
    this.bench.sim.moveTo(0);
    this.plan();
    this.recorder.watch(this.ctx);
  }

  allLoops(): LoopRow[] {
    const rows: LoopRow[] = [];
    for (let n = 1; n <= this.given.loops; n++) {
      const row = this.oneLoop(n);
      if (Object.keys(row).length > 2) rows.push(row);
    }
    return rows;
  }

  final(): unknown {
    const { ctx } = this;
    const { dagRuns, dags, taskInstances: tis } = ctx.world;
    const runs = Array.from({ length: dagRuns.rows }, (_, run) => {
      const [dag, runId] = runName(ctx, run);
      return {
        ...{ dag, run_id: runId, type: RUN_TYPES[dagRuns.run_type[run]!] },
        state: dagRun.states[dagRuns.state[run]!],
        start: secondsOf(dagRuns.start_date[run]!),
        end: secondsOf(dagRuns.end_date[run]!),
      };
    });
    const rows = Array.from({ length: tis.rows }, (_, ti) => {
      const [dag, runId, task, mapIndex] = tiName(ctx, ti);
      return {
        ...{ dag, run_id: runId, task, map_index: mapIndex, state: tiState(tis.state[ti]!) },
        try_number: tis.try_number[ti],
        max_tries: tis.max_tries[ti],
        priority_weight: tis.priority_weight[ti],
        start: secondsOf(tis.start_date[ti]!),
        end: secondsOf(tis.end_date[ti]!),
      };
    });
    const dagRows = ctx.plan.dags.map((dag) => ({
      dag: dag.dagId,
      is_paused: dags.is_paused[dag.index] === 1,
      next_logical_date: dateOf(ctx, dags.next_dagrun[dag.index]!),
      next_run_after: dateOf(ctx, dags.next_dagrun_create_after[dag.index]!),
    }));
    return { dags: byText(dagRows), runs: byText(runs), tis: byText(rows) };
  }

  private oneLoop(n: number): LoopRow {
    const { ctx, plant, recorder } = this;
    const at = Math.round((n - 1) * this.given.step * US);
    const row: LoopRow = { n, t: secondsOf(at)! };
    plant.calendar.runUntil(at, (time) => this.bench.sim.moveTo(time));
    this.bench.sim.moveTo(at);
    plant.beat();
    put(row, 'before', recorder.take());
    if (this.downUntil > at) return row;
    if (this.downUntil >= 0) {
      this.downUntil = -1;
      startScheduler(ctx);
      put(row, 'startup', recorder.take());
    }
    doScheduling(ctx);
    plant.heartbeat();
    afterExecutor(ctx);
    put(row, 'loop', recorder.take());
    const { try_number } = ctx.world.taskInstances;
    const named = (ti: number): HandedRow => [...tiName(ctx, ti), try_number[ti]!];
    if (plant.handed.length > 0) row.handed = plant.handed.map(named);
    if (plant.enqueued.join() !== plant.handed.join()) row.enqueued = plant.enqueued.map(named);
    plant.handed = [];
    plant.enqueued = [];
    return row;
  }

  private outcomeOf(ti: number): Outcome {
    const { taskInstances: tis, dagRuns } = this.ctx.world;
    const { tasks } = this.ctx.plan;
    const k = this.accepted.get(ti) ?? 0;
    this.accepted.set(ti, k + 1);
    const task = tis.task[ti]!;
    const given = this.given.dags[tasks.dag[task]!]!.tasks[tasks.position[task]!]!;
    const runId = this.ctx.world.texts.get(dagRuns.run_id[tis.dag_run[ti]!]!);
    const list = given.outcomes_by_run?.[runId] ?? given.outcomes;
    return list[Math.min(k, list.length - 1)]!;
  }

  /** Users' actions and re-parses of the whole case, on the calendar. */
  private plan(): void {
    const { calendar } = this.plant;
    for (const action of this.given.actions) {
      calendar.add(Math.round(action.at * US), ORDER.user, () => this.act(action));
    }
    const every = this.given.parse_interval;
    const end = this.given.loops * this.given.step;
    if (every === null) return;
    for (let at = every; at <= end; at += every) {
      calendar.add(Math.round(at * US), ORDER.user, () => {
        for (const dag of this.ctx.plan.dags) parseDag(this.ctx, dag.index);
      });
    }
  }

  private act(action: GivenAction): void {
    const { ctx } = this;
    const text = (field: string): string => String(action[field]);
    const dag = ctx.plan.dagIndex.get(text('dag')) ?? NONE;
    const run = action['run_id'] === undefined ? NONE : findRun(ctx, dag, text('run_id'));
    switch (action.do) {
      case 'trigger':
        triggerRun(ctx, {
          dag,
          runId: text('run_id'),
          logicalDate: this.timeOf(action['logical_date']),
          runAfter: this.timeOf(action['run_after']),
        });
        return;
      case 'pause':
      case 'unpause':
        pause(ctx, dag, action.do === 'pause');
        return;
      case 'parse':
        return parseDag(ctx, dag);
      case 'clear': {
        const all = ctx.plan.dags[dag]!;
        const ids = action['tasks'] as string[] | null;
        const tasks =
          ids?.map((id) => findTask(ctx.plan, all.dagId, id)) ??
          all.spec.tasks.map((_, i) => all.firstTask + i);
        const flag = (name: string): boolean => action[name] === true;
        return clearTasks(
          ctx,
          run,
          tasks,
          flag('upstream'),
          flag('downstream'),
          flag('only_failed'),
        );
      }
      case 'mark_task': {
        const task = findTask(ctx.plan, text('dag'), text('task'));
        const state = text('state') as MarkState;
        const none = { mapIndex: null, upstream: false, downstream: false };
        return markTask(ctx, { run, task, state, ...none }, [run]);
      }
      case 'mark_run': {
        const state = text('state');
        if (state === 'queued') return markRunQueued(ctx, run);
        return markRun(ctx, run, state as 'success' | 'failed');
      }
      case 'pool':
        resizePool(ctx, text('pool'), Number(action['slots']));
        return;
      case 'asset_event':
        return addAssetEvent(ctx, ctx.plan.assetIndex.get(text('asset'))!, NONE);
      case 'backfill':
        createBackfill(ctx, {
          dag,
          from: this.timeOf(action['from']),
          to: this.timeOf(action['to']),
          maxActiveRuns: Number(action['max_active_runs']),
          reverse: action['reverse'] === true,
          reprocess: text('reprocess') as 'none' | 'failed' | 'completed',
        });
        return;
      case 'scheduler_crash':
        this.downUntil = Math.round((action.at + Number(action['down'])) * US);
        this.plant.crash(action['workers'] === 'lost');
        return;
      default:
        throw new Error(`unknown action ${action.do}`);
    }
  }

  private timeOf(value: unknown): number {
    if (typeof value !== 'string') return NULL_TIME;
    return isoToMicros(value) - this.ctx.plan.origin;
  }
}

function secondsOf(time: number): number | null {
  return time === NULL_TIME ? null : time / US;
}

function put(row: LoopRow, name: 'before' | 'startup' | 'loop', part: Part | null): void {
  if (part !== null) row[name] = part;
}

function byText<Row>(rows: Row[]): Row[] {
  const text = (row: Row): string => {
    const { dag, run_id: run, task, map_index: index } = row as Record<string, unknown>;
    return JSON.stringify([dag, run, task, index]);
  };
  return [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** Same order of rows on both sides, and of what Airflow leaves unordered. */
function tidy(loops: LoopRow[], free: NonNullable<Expect['unordered']>): LoopRow[] {
  return loops.map((row) => {
    const copy = { ...row };
    for (const name of ['before', 'startup', 'loop'] as const) {
      const part = row[name];
      if (part !== undefined) copy[name] = sorted(part);
    }
    for (const tie of free) {
      if (tie.n !== row.n || !copy.handed) continue;
      copy.handed = sortTied(copy.handed, tie.tis);
    }
    return copy;
  });
}

/** Puts the rows that tie into the order of their names, in the places that they have. */
function sortTied(handed: HandedRow[], tis: unknown[][]): HandedRow[] {
  const names = new Set(tis.map((ti) => JSON.stringify(ti.slice(0, 4))));
  const name = (row: unknown[]): string => JSON.stringify(row.slice(0, 4));
  const tied = handed.filter((row) => names.has(name(row)));
  tied.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  return handed.map((row) => (names.has(name(row)) ? tied.shift()! : row));
}
