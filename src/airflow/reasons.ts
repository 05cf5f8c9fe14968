/**
 * Why a task instance does not go on: all gates on its way, in the order in which they are
 * examined (semantics 4.5), asked with the very functions that decide. Changes nothing; may be
 * asked at any moment between two events.
 */
import { DAG_RUN, TI } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { newGate, put, type Gate, type ReasonCode } from './dependencies/gate.ts';
import { checkMappedUpstream } from './dependencies/mappedUpstream.ts';
import { checkPreviousRun } from './dependencies/previousRun.ts';
import { checkPreviouslySkipped } from './dependencies/previouslySkipped.ts';
import { checkReschedule, checkRetryPeriod } from './dependencies/times.ts';
import { checkTriggerRule } from './dependencies/triggerRule.ts';
import * as limits from './limits.ts';
import { TASK } from './plan/index.ts';
import { NONE, NULL_TIME } from './rows.ts';
import { EARLY, TRIGGER_RULES } from './rules/index.ts';
import { forecast } from './scheduler/criticalSection.ts';
import { aheadInRun, rowsAhead } from './scheduler/rowsAhead.ts';
import { isSchedulerUp, JOB } from './scheduler/schedulers.ts';
import { isIn, SCHEDULABLE } from './taskInstance/states.ts';
import { waitingFor } from './world/waitingFor.ts';
import { wantedLength } from './world/lengths.ts';
import { storedDag } from './world/versions.ts';

export interface GateResult {
  /** `later`: it is not asked yet, because an earlier gate of another step holds. */
  readonly result: 'passed' | 'holds' | 'later';
  readonly reason: {
    readonly code: string;
    readonly option: string | null;
    readonly actual: number | null;
    readonly limit: number | null;
    /** SimTime since when it holds, where the gate knows it; else that of the row's last change. */
    readonly since: number;
    readonly params: Record<string, string | number>;
  };
}

type Params = Record<string, string | number>;
type Check = (gate: Gate) => boolean;

/** One gate: its check, and the names that its sentence needs. */
interface Step {
  readonly check: Check;
  readonly params?: (gate: Gate) => Params;
}

/** What the executor says of a task instance that it holds; null when it holds it not. */
export type PlantReasons = (ti: number) => GateResult['reason'] | null;

/**
 * All gates of the task instance's present state; empty when it has ended or runs. A row that stays
 * running although nobody hears its process waits for a scheduler, if none is there.
 */
export function gatesOf(ctx: EngineContext, ti: number, ofPlant: PlantReasons): GateResult[] {
  const { taskInstances: tis } = ctx.world;
  const state = tis.state[ti]!;
  if (state === TI.queued || state === TI.deferred) return fromPlant(ctx, ti, ofPlant);
  if (state === TI.restarting) return ofCleared(ctx, ti);
  if (state === TI.awaiting_input) return [plain('holds', 'input_wait')];
  if (state === TI.running) return fromSilence(ctx, ti);
  const unscheduled = isIn(SCHEDULABLE, state);
  if (!unscheduled && state !== TI.scheduled) return [];
  const first = [...runSteps(ctx, ti), ...(unscheduled ? dependencySteps(ctx, ti) : [])];
  const results = first.map((step) => ask(step));
  const held = results.some((each) => each.result === 'holds');
  // Whatever else holds it: without a scheduler's loop nothing moves.
  if ((unscheduled && !held) || !isLooping(ctx)) results.push(loopGate(ctx));
  const later = unscheduled;
  for (const step of limitSteps(ctx, ti)) {
    const result = ask(step);
    results.push(later ? { ...result, result: 'later' } : result);
  }
  if (state === TI.scheduled && !results.some((each) => each.result === 'holds')) {
    results.push(outlook(ctx, ti));
  }
  return results;
}

/** Nothing of its own holds it: the next loop takes it, unless those before it leave no room. */
function outlook(ctx: EngineContext, ti: number): GateResult {
  if (!isSchedulerUp(ctx)) return loopGate(ctx);
  const gate = newGate();
  const fate = forecast(ctx, ti, gate);
  if (fate === 'taken') return loopGate(ctx);
  const params = { ...poolParams(ctx, ti), ahead: aheadInRun(ctx, ti) };
  if (fate === 'held') return resultOf(false, gate, params);
  put(gate, false, 'starved_wait', 'max_active_tasks', params.ahead, maxActiveTasks(ctx, ti));
  return resultOf(false, gate, params);
}

function maxActiveTasks(ctx: EngineContext, ti: number): number {
  return storedDag(ctx, ctx.plan.tasks.dag[ctx.world.taskInstances.task[ti]!]!).maxActiveTasks;
}

function poolParams(ctx: EngineContext, ti: number): { pool: string; needs: number } {
  const { tasks, poolNames } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  return { pool: poolNames[tasks.pool[task]!]!, needs: tasks.poolSlots[task]! };
}

function isLooping(ctx: EngineContext): boolean {
  return isSchedulerUp(ctx) && ctx.world.counters.blockedSince < 0;
}

/** The scheduler itself: it will look in its next loop, unless something blocks it. */
function loopGate(ctx: EngineContext): GateResult {
  const { counters } = ctx.world;
  if (!isSchedulerUp(ctx)) return plain('holds', 'scheduler_down');
  if (counters.blockedSince < 0) return plain('holds', 'scheduler_loop');
  const busy = ctx.sim.now - counters.blockedSince;
  return plain('holds', 'scheduler_busy', { busy_us: busy }, counters.blockedSince);
}

function fromPlant(ctx: EngineContext, ti: number, ofPlant: PlantReasons): GateResult[] {
  const reason = ofPlant(ti);
  if (reason !== null) return [{ result: 'holds', reason }];
  if (ctx.world.taskInstances.state[ti] === TI.deferred) return [plain('holds', 'trigger_wait')];
  // Queued, and no executor has it: it is an orphan of a scheduler that died.
  if (!isSchedulerUp(ctx)) return [plain('holds', 'scheduler_down')];
  return [orphanGate()];
}

function orphanGate(): GateResult {
  const gate = newGate();
  put(gate, false, 'orphan_wait', 'scheduler.orphaned_tasks_check_interval');
  return resultOf(false, gate, {});
}

/**
 * Cleared, and its process was lost before it had noticed. 2.x looks for zombies among running rows
 * and for mismatches among queued ones: only the orphan check of another scheduler can reset it.
 */
function ofCleared(ctx: EngineContext, ti: number): GateResult[] {
  const { workers, options, profile, world } = ctx;
  const silent = workers.lastBeat(ti) < ctx.sim.now - options.heartbeatTimeout;
  if (!profile.mismatchOnlyQueued || !(silent || workers.hasEnded(ti))) return [];
  if (!isSchedulerUp(ctx)) return [plain('holds', 'scheduler_down')];
  const job = world.taskInstances.queued_by_job_id[ti]!;
  if (world.jobs.state[job] === JOB.running) return [plain('holds', 'restarting_lost')];
  return [orphanGate()];
}

/** Who looks for heartbeats that do not come is the scheduler (semantics 15.2, 15.3). */
function fromSilence(ctx: EngineContext, ti: number): GateResult[] {
  const heard = ctx.workers.lastBeat(ti) === Infinity;
  return heard || isSchedulerUp(ctx) ? [] : [plain('holds', 'scheduler_down')];
}

/** DAG and run: the same for all task instances of the run. */
function runSteps(ctx: EngineContext, ti: number): Step[] {
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
    ...(dagRuns.backfill[run] === NONE
      ? []
      : [{ check: (gate: Gate) => orderOfRuns(ctx, run, gate) }]),
    {
      check: (gate) => {
        const date = dagRuns.logical_date[run]!;
        return timeGate(gate, 'future_logical_date', date === NULL_TIME ? -1 : date, ctx.sim.now);
      },
      params: until,
    },
  ];
}

/** Runs of backfills are examined after all others: these can use up what a loop looks at. */
function orderOfRuns(ctx: EngineContext, run: number, gate: Gate): boolean {
  const { dagRuns, dags } = ctx.world;
  const limit = ctx.options.maxDagrunsPerLoopToSchedule;
  let ahead = 0;
  for (let dag = 0; dag < dags.rows; dag++) {
    if (dags.is_paused[dag] === 0) ahead += dags.running_regular[dag]!;
  }
  const waits = dagRuns.state[run] === DAG_RUN.running && ahead >= limit;
  const option = 'scheduler.max_dagruns_per_loop_to_schedule';
  return put(gate, !waits, 'run_order_wait', option, ahead, limit);
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

/** Task dependencies (semantics 4.2). Those that the task does not have are left out. */
function dependencySteps(ctx: EngineContext, ti: number): Step[] {
  const { taskInstances: tis } = ctx.world;
  const { tasks, taskIds } = ctx.plan;
  const task = tis.task[ti]!;
  const flags = tasks.flags[task]!;
  const steps: Step[] = [];
  if (tis.state[ti] === TI.up_for_retry) {
    const params = (gate: Gate): Params => ({ ...until(gate), try: tis.try_number[ti]! });
    steps.push({ check: (gate) => checkRetryPeriod(ctx, ti, gate), params });
  }
  if (tis.state[ti] === TI.up_for_reschedule) {
    steps.push({ check: (gate) => checkReschedule(ctx, ti, gate), params: until });
  }
  if ((flags & TASK.dependsOnPast) !== 0) {
    steps.push({ check: (gate) => checkPreviousRun(ctx, ti, gate) });
  }
  if ((flags & (TASK.isMapped | TASK.inMappedGroup)) !== 0) {
    const waiting = (): Params => ({ waiting: waitingFor(ctx, ti, tasks.mapSources) });
    steps.push({ check: (gate) => checkLength(ctx, ti, gate), params: waiting });
  }
  if ((flags & TASK.afterSkipper) !== 0) {
    const parent = (gate: Gate): Params => ({ waiting: taskIds[gate.task] ?? '' });
    steps.push({ check: (gate) => checkPreviouslySkipped(ctx, ti, gate), params: parent });
  }
  const rule = TRIGGER_RULES[tasks.rule[task]!]!;
  const open = (gate: Gate): Params => ({
    rule,
    waiting: waitingFor(ctx, ti, gate.code === 'setup_wait' ? tasks.setups : tasks.up),
  });
  steps.push({ check: (gate) => ruleDecides(ctx, ti, gate), params: open });
  return steps;
}

/** The rule lets it run, or writes a state: either is the next loop's business. */
function ruleDecides(ctx: EngineContext, ti: number, gate: Gate): boolean {
  if (checkTriggerRule(ctx, ti, false, gate).passes) return true;
  return checkTriggerRule(ctx, ti, true, newGate()).earlyState !== EARLY.none;
}

/** The length of the mapping is known, and its sources have not failed. */
function checkLength(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const { taskInstances: tis } = ctx.world;
  if (!checkMappedUpstream(ctx, ti, gate)) return false;
  const known = tis.map_index[ti]! >= 0 || wantedLength(ctx, tis.dag_run[ti]!, tis.task[ti]!) >= 0;
  return put(gate, known, 'map_wait', '');
}

/** Limits of the critical section, in its order (semantics 5.4). */
function limitSteps(ctx: EngineContext, ti: number): Step[] {
  const { tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  const pool = (): Params => poolParams(ctx, ti);
  const steps: Step[] = [
    { check: (gate) => limits.checkPoolExists(ctx, ti, gate), params: pool },
    { check: (gate) => limits.checkPoolLargeEnough(ctx, ti, gate), params: pool },
    { check: (gate) => limits.checkPoolRoom(ctx, ti, 0, gate), params: pool },
    { check: (gate) => limits.checkActiveTasks(ctx, ti, 0, gate) },
  ];
  if (tasks.maxActivePerDag[task]! >= 0) {
    steps.push({ check: (gate) => limits.checkTaskPerDag(ctx, ti, 0, gate) });
  }
  if (tasks.maxActivePerRun[task]! >= 0) {
    steps.push({ check: (gate) => limits.checkTaskPerRun(ctx, ti, 0, gate) });
  }
  steps.push({ check: (gate) => limits.checkParallelism(ctx, gate) });
  if (ctx.world.taskInstances.state[ti] !== TI.scheduled) return steps;
  if (ctx.profile.queryWindowPerRun) steps.push(windowStep(ctx, ti));
  steps.push(orderStep(ctx, ti));
  return steps;
}

/** 3.x reads max_active_tasks rows of a run; those before it can all be held themselves. */
function windowStep(ctx: EngineContext, ti: number): Step {
  const limit = maxActiveTasks(ctx, ti);
  const ahead = aheadInRun(ctx, ti);
  return {
    check: (gate) => put(gate, ahead < limit, 'starved_wait', 'max_active_tasks', ahead, limit),
    params: () => ({ ahead }),
  };
}

/** Behind others in the order, when one loop does not take them all. */
function orderStep(ctx: EngineContext, ti: number): Step {
  const batch = limits.batchSize(ctx);
  const ahead = rowsAhead(ctx, ti, batch);
  return {
    check: (gate) => put(gate, ahead < batch, 'order_wait', 'priority_weight', ahead, batch),
    params: () => ({ ahead }),
  };
}

function until(gate: Gate): Params {
  return gate.until === Infinity ? {} : { until_us: gate.until };
}

function ask(step: Step): GateResult {
  const gate = newGate();
  const passes = step.check(gate);
  return resultOf(passes, gate, step.params?.(gate) ?? {});
}

function resultOf(passes: boolean, gate: Gate, params: Params): GateResult {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    result: passes ? 'passed' : 'holds',
    reason: {
      code: gate.code,
      option: gate.option === '' ? null : gate.option,
      actual: finite(gate.actual),
      limit: finite(gate.limit),
      since: -1,
      params,
    },
  };
}

function plain(
  result: GateResult['result'],
  code: ReasonCode,
  params: Params = {},
  since = -1,
): GateResult {
  const reason = { code, option: null, actual: null, limit: null, since, params };
  return { result, reason };
}
