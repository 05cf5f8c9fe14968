/** Gates of a DAG and of a run, the same for all its task instances (semantics 4.5, 5.2). */
import { DAG_RUN } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { put, type Gate, type ReasonCode } from './dependencies/gate.ts';
import { ask, until, type GateResult, type Step } from './gateResult.ts';
import { comesBefore } from './dagRun/runningOrder.ts';
import { isLive } from './live.ts';
import { NONE, NULL_TIME } from './rows.ts';
import { storedDag } from './world/versions.ts';

/** In the order in which they are asked. */
export function runSteps(ctx: EngineContext, ti: number): Step[] {
  const { dagRuns, dags, taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const dag = dagRuns.dag[run]!;
  const queued = dagRuns.state[run] === DAG_RUN.queued;
  const { running, limit } = roomForRuns(ctx, run);
  const full = queued && running >= limit;
  return [
    { check: (gate) => put(gate, dags.is_stale[dag] === 0, 'dag_missing', 'is_stale') },
    { check: (gate) => put(gate, dags.is_paused[dag] === 0, 'dag_paused', 'is_paused') },
    {
      check: (gate) => timeGate(gate, 'run_waits_time', dagRuns.run_after[run]!, ctx.sim.now),
      params: until,
    },
    {
      check: (gate) => put(gate, !full, 'run_waits_runs', 'max_active_runs', running, limit),
    },
    ...turnOf(ctx, run),
    {
      check: (gate) => {
        const date = dagRuns.logical_date[run]!;
        return timeGate(gate, 'future_logical_date', date === NULL_TIME ? -1 : date, ctx.sim.now);
      },
      params: until,
    },
  ];
}

/**
 * A loop looks at some running runs only. Those outside of backfills take turns: the one that was
 * looked at goes behind the others. Runs of backfills come last and in their own order, so that
 * those before can use up all looks (get_running_dag_runs_to_examine).
 */
function turnOf(ctx: EngineContext, run: number): Step[] {
  const { dagRuns } = ctx.world;
  if (dagRuns.state[run] !== DAG_RUN.running) return [];
  const isFirst = (other: number): boolean =>
    dagRuns.backfill[run] === NONE
      ? comesBefore(ctx, other, run)
      : dagRuns.backfill[other] === NONE ||
        dagRuns.sort_ordinal[other]! < dagRuns.sort_ordinal[run]!;
  const limit = ctx.options.maxDagrunsPerLoopToSchedule;
  let ahead = 0;
  for (let other = 0; other < dagRuns.rows; other++) {
    const on = dagRuns.state[other] === DAG_RUN.running && isLive(ctx, dagRuns.dag[other]!);
    if (on && dagRuns.run_after[other]! <= ctx.sim.now && isFirst(other)) ahead += 1;
  }
  if (ahead < limit) return [];
  const code = dagRuns.backfill[run] === NONE ? 'run_turn_wait' : 'run_order_wait';
  const option = 'scheduler.max_dagruns_per_loop_to_schedule';
  return [{ check: (gate) => put(gate, false, code, option, ahead, limit) }];
}

/** Runs of a backfill have its own limit. */
function roomForRuns(ctx: EngineContext, run: number): { running: number; limit: number } {
  const { dagRuns, dags, backfills } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const backfill = dagRuns.backfill[run]!;
  if (backfill === NONE) {
    return { running: dags.running_regular[dag]!, limit: storedDag(ctx, dag).maxActiveRuns };
  }
  const limit = backfills.is_paused[backfill] === 1 ? 0 : backfills.max_active_runs[backfill]!;
  return { running: backfills.running_runs[backfill]!, limit };
}

function timeGate(gate: Gate, code: ReasonCode, at: number, now: number): boolean {
  put(gate, at <= now, code, '');
  gate.until = at;
  return at <= now;
}

/** What keeps a queued run from starting; empty when it is on. */
export function startGates(ctx: EngineContext, ti: number): GateResult[] {
  const { dagRuns, taskInstances: tis } = ctx.world;
  if (dagRuns.state[tis.dag_run[ti]!] !== DAG_RUN.queued) return [];
  return runSteps(ctx, ti)
    .map((step) => ask(step))
    .filter(({ result }) => result === 'holds');
}
