/** Writes down every change of rows, in the parts of a recorded loop. */
import type { EngineContext, Observer } from '../../airflow/context.ts';
import { NULL_TIME, RUN_TYPES } from '../../airflow/rows.ts';
import { formatIso } from '../../airflow/timetables/index.ts';
import { dagRun, TI, taskInstance } from '../../machines/index.ts';

export interface Part {
  runs_new?: NewRunRow[];
  runs?: [string, string, string[]][];
  tis?: [string, string, string, number, [string | null, number][]][];
  paused?: [string, boolean][];
}

export interface NewRunRow {
  dag: string;
  run_id: string;
  type: string;
  logical_date: string | null;
  interval: [string, string] | null;
  run_after?: string;
  consumed_events: number;
  state: string;
}

export class Recorder {
  readonly observer: Observer;
  private ctx: EngineContext | null = null;
  private newRuns: number[] = [];
  private runs = new Map<number, string[]>();
  private tis = new Map<number, [string | null, number][]>();
  private paused: Uint8Array = new Uint8Array(0);

  constructor() {
    this.observer = {
      taskInstance: (ti, _, to) => this.noteTi(ti, to),
      dagRun: (run, _, to) => this.noteRun(run, to),
      runCreated: (run) => void this.newRuns.push(run),
    };
  }

  /** Begins to watch; what was written down so far is dropped. */
  watch(ctx: EngineContext): void {
    this.ctx = ctx;
    this.take();
  }

  /** What changed since the last call; null when nothing did. */
  take(): Part | null {
    const ctx = this.world();
    const part: Part = {};
    if (this.newRuns.length > 0) part.runs_new = this.newRuns.map((run) => newRunRow(ctx, run));
    if (this.runs.size > 0) {
      part.runs = [...this.runs].map(([run, states]) => [...runName(ctx, run), states]);
    }
    if (this.tis.size > 0) {
      part.tis = [...this.tis].map(([ti, states]) => [...tiName(ctx, ti), states]);
    }
    const paused = this.pausedChanges(ctx);
    if (paused.length > 0) part.paused = paused;
    this.newRuns = [];
    this.runs = new Map();
    this.tis = new Map();
    return Object.keys(part).length > 0 ? sorted(part) : null;
  }

  private noteTi(ti: number, to: number): void {
    const states = this.tis.get(ti) ?? [];
    const tries = this.world().world.taskInstances.try_number[ti]!;
    states.push([tiState(to), tries]);
    this.tis.set(ti, states);
  }

  private noteRun(run: number, to: number): void {
    const states = this.runs.get(run) ?? [];
    states.push(dagRun.states[to]!);
    this.runs.set(run, states);
  }

  private pausedChanges(ctx: EngineContext): [string, boolean][] {
    const now = ctx.world.dags.is_paused.slice(0, ctx.plan.dags.length);
    const before = this.paused;
    this.paused = now;
    if (before.length === 0) return [];
    return ctx.plan.dags
      .filter((dag) => before[dag.index] !== now[dag.index])
      .map((dag) => [dag.dagId, now[dag.index] === 1]);
  }

  private world(): EngineContext {
    if (this.ctx === null) throw new Error('nothing is watched yet');
    return this.ctx;
  }
}

/** null is no state. */
export function tiState(state: number): string | null {
  return state === TI.none ? null : taskInstance.states[state]!;
}

export function runName(ctx: EngineContext, run: number): [string, string] {
  const { dagRuns, texts } = ctx.world;
  return [ctx.plan.dags[dagRuns.dag[run]!]!.dagId, texts.get(dagRuns.run_id[run]!)];
}

export function tiName(ctx: EngineContext, ti: number): [string, string, string, number] {
  const { taskInstances: tis } = ctx.world;
  const task = ctx.plan.taskIds[tis.task[ti]!]!;
  return [...runName(ctx, tis.dag_run[ti]!), task, tis.map_index[ti]!];
}

/** SimTime as an ISO date, null for NULL. */
export function dateOf(ctx: EngineContext, time: number): string | null {
  return time === NULL_TIME ? null : formatIso(time + ctx.plan.origin);
}

function newRunRow(ctx: EngineContext, run: number): NewRunRow {
  const { dagRuns } = ctx.world;
  const [dag, runId] = runName(ctx, run);
  const start = dateOf(ctx, dagRuns.data_interval_start[run]!);
  const end = dateOf(ctx, dagRuns.data_interval_end[run]!);
  return {
    dag,
    run_id: runId,
    type: RUN_TYPES[dagRuns.run_type[run]!]!,
    logical_date: dateOf(ctx, dagRuns.logical_date[run]!),
    interval: start === null || end === null ? null : [start, end],
    ...(ctx.profile.hasRunAfter ? { run_after: dateOf(ctx, dagRuns.run_after[run]!) ?? '' } : {}),
    consumed_events: dagRuns.consumed_events[run]!,
    state: 'queued',
  };
}

/** Rows in the order of their names, as the recording has them. */
export function sorted(part: Part): Part {
  const text = (row: readonly unknown[] | NewRunRow): string =>
    JSON.stringify(
      Array.isArray(row) ? row.slice(0, 4) : [(row as NewRunRow).dag, (row as NewRunRow).run_id],
    );
  const byName = <Row extends readonly unknown[] | NewRunRow>(rows: Row[]): Row[] =>
    [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return {
    ...(part.runs_new ? { runs_new: byName(part.runs_new) } : {}),
    ...(part.runs ? { runs: byName(part.runs) } : {}),
    ...(part.tis ? { tis: byName(part.tis) } : {}),
    ...(part.paused ? { paused: byName(part.paused) } : {}),
  };
}
