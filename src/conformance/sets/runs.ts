/** Set `runs`: whole DAG runs, decided round by round (README of the set, 1). */
import { clearRequest, clearWholeRun } from '../../airflow/actions/clearRequest.ts';
import { markRun, markTask, type MarkState } from '../../airflow/actions/mark.ts';
import { runsInRange } from '../../airflow/actions/runRange.ts';
import type { EngineContext } from '../../airflow/context.ts';
import { changeRun } from '../../airflow/dagRun/changeRun.ts';
import { createRun } from '../../airflow/dagRun/createRun.ts';
import { updateRun } from '../../airflow/dagRun/examine.ts';
import { isoToMicros } from '../../airflow/dates.ts';
import { findTask } from '../../airflow/plan/index.ts';
import { RUN_TYPE } from '../../airflow/rows.ts';
import { wakeTis } from '../../airflow/scheduler/examineRuns.ts';
import { parseDag } from '../../airflow/scheduler/nextRun.ts';
import { eachTiOfRun } from '../../airflow/world/lookup.ts';
import { dagRun, DAG_RUN, DAG_RUN_EVENT, TI } from '../../machines/index.ts';
import { makeBench, type Bench } from '../bench/makeBench.ts';
import { NO_EXECUTOR, NO_WORKERS } from '../bench/noPlant.ts';
import { tiState } from '../bench/recorder.ts';
import { runTask, xcomsOf } from '../bench/scriptedTask.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { runsDagSpec, type RunsAction, type RunsGiven } from './runsSpecs.ts';

const ROUND_LIMIT = 60;
const DAY = 86_400_000_000;
const SECOND = 1_000_000;

type States = Record<string, Record<string, string | null>>;

interface Step {
  step: 'decide' | 'execute' | 'action';
  round: number;
  states?: States;
  gone?: Record<string, string[]>;
  run_state?: Record<string, string>;
  action?: number;
  accepted?: boolean;
}

export function check(oracle: OracleCase): Verdict {
  return judge(withoutOrder(oracle.expect), withoutOrder(new RunsCase(oracle).play()));
}

/** Airflow defines no order of the lists in skipmixin_key: both sides are sorted. */
function withoutOrder(value: unknown, inDecision = false): unknown {
  if (Array.isArray(value)) {
    const list = value.map((each) => withoutOrder(each));
    return inDecision ? list.sort((a, b) => (String(a) < String(b) ? -1 : 1)) : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, field]) => {
    const listed = inDecision || key === 'skipmixin_key';
    return [key, withoutOrder(field, listed)] as const;
  });
  return Object.fromEntries(entries);
}

class RunsCase {
  private readonly given: RunsGiven;
  private readonly bench: Bench;
  private readonly ctx: EngineContext;
  private readonly runs: number[];
  private readonly steps: Step[] = [];
  private readonly reasons: string[][];
  private readonly pending: number[];
  private before: { states: States; runs: Record<string, string> };

  constructor(oracle: OracleCase) {
    this.given = oracle.given as RunsGiven;
    this.bench = makeBench(
      {
        airflow: oracle.airflow,
        dags: [runsDagSpec(this.given, oracle.airflow)],
        start: this.given.now,
        config: {},
        pools: {},
        observer: { dagRun: (run, _, to, event) => this.noteEnd(run, to, event) },
      },
      () => ({ executor: NO_EXECUTOR, workers: NO_WORKERS }),
    );
    this.ctx = this.bench.ctx;
    parseDag(this.ctx, 0);
    this.reasons = this.given.runs.map(() => []);
    this.runs = this.given.runs.map((run) => this.newRun(run));
    this.pending = this.given.actions.map((_, i) => i);
    this.before = this.snapshot();
  }

  play(): unknown {
    const created = this.before.states;
    let round = 0;
    let ended = '';
    while (ended === '') {
      round += 1;
      const steps = this.steps.length;
      this.round(round);
      const quiet = this.steps.length === steps;
      const acted = this.act(round, quiet);
      if (!quiet || acted) {
        if (round >= ROUND_LIMIT) ended = 'round_limit';
        continue;
      }
      ended = this.runs.every((run) => this.isFinished(run)) ? 'finished' : 'stuck';
    }
    return { created, steps: this.steps, rounds: round, ended, final: this.final() };
  }

  private round(round: number): void {
    const { ctx } = this;
    this.bench.sim.moveTo(ctx.sim.now + SECOND);
    wakeTis(ctx);
    for (const run of this.runs) {
      if (ctx.world.dagRuns.state[run] === DAG_RUN.queued) changeRun(ctx, run, DAG_RUN_EVENT.start);
      if (ctx.world.dagRuns.state[run] === DAG_RUN.running) updateRun(ctx, run, true);
    }
    this.note({ step: 'decide', round });
    for (const ti of this.scheduled()) {
      if (ctx.world.taskInstances.state[ti] === TI.scheduled) runTask(ctx, this.given, ti);
    }
    this.note({ step: 'execute', round });
  }

  /** By run, position in the DAG, map index. */
  private scheduled(): number[] {
    const { taskInstances: tis } = this.ctx.world;
    const found: number[] = [];
    for (const run of this.runs) {
      eachTiOfRun(this.ctx, run, (ti) => {
        if (tis.state[ti] === TI.scheduled) found.push(ti);
      });
    }
    return found;
  }

  /** Actions of this round; when nothing moves, the next one is done at once. */
  private act(round: number, quiet: boolean): boolean {
    const due = this.pending.filter((i) => this.given.actions[i]!.when === round);
    const next = this.pending[0];
    const now = due.length > 0 ? due : quiet && next !== undefined ? [next] : [];
    for (const i of now) {
      this.pending.splice(this.pending.indexOf(i), 1);
      this.carryOut(this.given.actions[i]!);
      this.note({ step: 'action', round, action: i, accepted: true });
    }
    return now.length > 0;
  }

  private carryOut(action: RunsAction): void {
    const { ctx } = this;
    const run = this.runs[this.given.runs.findIndex((each) => each.run_id === action.run_id)]!;
    const runs = runsInRange(ctx, run, action.past === true, action.future === true);
    const { downstream = false, upstream = false } = action;
    const dag = ctx.plan.dags[0]!;
    switch (action.action) {
      case 'clear':
        return void clearRequest(ctx, {
          runs,
          upstream,
          downstream,
          tasks: [findTask(ctx.plan, dag, action.task_id!)],
          mapIndex: action.map_index ?? null,
          onlyFailed: action.only_failed === true,
        });
      case 'clear_run':
        return clearWholeRun(ctx, run, action.only_failed === true);
      case 'mark_task': {
        const task = findTask(ctx.plan, dag, action.task_id!);
        const state = action.state as MarkState;
        const mapIndex = action.map_index ?? null;
        return void markTask(ctx, { run, task, mapIndex, state, upstream, downstream }, runs);
      }
      case 'mark_run':
        return markRun(ctx, run, action.state as 'success' | 'failed');
    }
  }

  private newRun(run: RunsGiven['runs'][number]): number {
    const { ctx } = this;
    const date = isoToMicros(run.logical_date) - ctx.plan.origin;
    const row = createRun(ctx, {
      dag: 0,
      runId: run.run_id,
      type: run.run_type === 'manual' ? RUN_TYPE.manual : RUN_TYPE.scheduled,
      logicalDate: date,
      intervalStart: date,
      intervalEnd: date + DAY,
      runAfter: date + DAY,
    });
    changeRun(ctx, row, DAG_RUN_EVENT.start);
    return row;
  }

  private isFinished(run: number): boolean {
    const state = this.ctx.world.dagRuns.state[run];
    return state === DAG_RUN.success || state === DAG_RUN.failed;
  }

  private noteEnd(run: number, _to: number, event: number): void {
    const place = this.runs?.indexOf(run) ?? -1;
    const reason = REASONS[event];
    if (place >= 0 && reason !== undefined) this.reasons[place]!.push(reason);
  }

  /** Adds the step when something changed in it, or it is an action. */
  private note(step: Step): void {
    const after = this.snapshot();
    const { before } = this;
    this.before = after;
    for (const [run, keys] of Object.entries(after.states)) {
      const old = before.states[run] ?? {};
      for (const [key, state] of Object.entries(keys)) {
        if (old[key] === state && key in old) continue;
        ((step.states ??= {})[run] ??= {})[key] = state;
      }
      const gone = Object.keys(old).filter((key) => !(key in keys));
      if (gone.length > 0) (step.gone ??= {})[run] = gone.sort();
      const runState = after.runs[run]!;
      if (runState !== before.runs[run]) (step.run_state ??= {})[run] = runState;
    }
    if (step.step === 'action' || step.states || step.gone || step.run_state) this.steps.push(step);
  }

  private snapshot(): { states: States; runs: Record<string, string> } {
    const { taskInstances: tis, dagRuns } = this.ctx.world;
    const states: States = {};
    const runs: Record<string, string> = {};
    this.given.runs.forEach(({ run_id }, i) => {
      const run = this.runs[i]!;
      const keys: Record<string, string | null> = {};
      eachTiOfRun(this.ctx, run, (ti) => {
        keys[this.keyOf(ti)] = tiState(tis.state[ti]!);
      });
      states[run_id] = keys;
      runs[run_id] = dagRun.states[dagRuns.state[run]!]!;
    });
    return { states, runs };
  }

  private keyOf(ti: number): string {
    const { taskInstances: tis } = this.ctx.world;
    const index = tis.map_index[ti]!;
    return this.ctx.plan.taskIds[tis.task[ti]!]! + (index < 0 ? '' : `[${index}]`);
  }

  private final(): unknown {
    const { taskInstances: tis, dagRuns } = this.ctx.world;
    return Object.fromEntries(
      this.given.runs.map(({ run_id }, i) => {
        const run = this.runs[i]!;
        const rows: Record<string, unknown> = {};
        const xcom: Record<string, unknown> = {};
        eachTiOfRun(this.ctx, run, (ti) => {
          const { try_number, max_tries } = tis;
          rows[this.keyOf(ti)] = {
            state: tiState(tis.state[ti]!),
            try_number: try_number[ti],
            max_tries: max_tries[ti],
          };
          const pushed = xcomsOf(this.ctx, ti);
          if (pushed !== null) xcom[this.keyOf(ti)] = pushed;
        });
        const pushes = Object.keys(xcom).length > 0;
        const row = {
          state: dagRun.states[dagRuns.state[run]!],
          reasons: this.reasons[i],
          task_instances: rows,
          ...(pushes ? { xcom } : {}),
        };
        return [run_id, row];
      }),
    );
  }
}

/** What ended a run by itself. */
const REASONS: Readonly<Record<number, string>> = {
  [DAG_RUN_EVENT.succeed]: 'success',
  [DAG_RUN_EVENT.fail]: 'task_failure',
  [DAG_RUN_EVENT.deadlock]: 'all_tasks_deadlocked',
};
