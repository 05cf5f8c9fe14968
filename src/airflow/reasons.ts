/**
 * Why a task instance does not go on: all gates on its way, in the order in which they are
 * examined (semantics 4.5), asked with the very functions that decide. Changes nothing; may be
 * asked at any moment between two events.
 */
import { DAG_RUN, TI } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { newGate, put, type Gate } from './dependencies/gate.ts';
import { checkMappedUpstream } from './dependencies/mappedUpstream.ts';
import { checkPreviousRun } from './dependencies/previousRun.ts';
import { checkPreviouslySkipped } from './dependencies/previouslySkipped.ts';
import { checkReschedule, checkRetryPeriod } from './dependencies/times.ts';
import { checkTriggerRule } from './dependencies/triggerRule.ts';
import {
  ask,
  loopGate,
  plain,
  resultOf,
  until,
  type GateResult,
  type Params,
  type Step,
} from './gateResult.ts';
import * as limits from './limits.ts';
import { TASK, type Csr } from './plan/index.ts';
import { EARLY, TRIGGER_RULES } from './rules/index.ts';
import { runSteps } from './runGates.ts';
import { forecast } from './scheduler/criticalSection.ts';
import { aheadInRun, rowsAhead } from './scheduler/rowsAhead.ts';
import { isSchedulerUp, roomiest } from './scheduler/schedulers.ts';
import { ownerlessGates, silentGates } from './silentGates.ts';
import { IN_HAND, isIn, SCHEDULABLE } from './taskInstance/states.ts';
import { openOf, waitingFor } from './world/waitingFor.ts';
import { wantedLength } from './world/lengths.ts';
import { storedDag } from './world/versions.ts';

/** What the executor says of a task instance that it holds; null when it holds it not. */
export type PlantReasons = (ti: number) => GateResult['reason'] | null;

/** All gates of the task instance's present state; empty when it has ended, or its process runs. */
export function gatesOf(ctx: EngineContext, ti: number, ofPlant: PlantReasons): GateResult[] {
  const { taskInstances: tis } = ctx.world;
  const state = tis.state[ti]!;
  if (state === TI.queued || state === TI.deferred) return fromPlant(ctx, ti, ofPlant);
  if (state === TI.awaiting_input) return [plain('holds', 'input_wait')];
  if (state === TI.running || state === TI.restarting) return silentGates(ctx, ti);
  if (!isIn(SCHEDULABLE, state) && state !== TI.scheduled) return [];
  const runState = ctx.world.dagRuns.state[tis.dag_run[ti]!]!;
  if (runState !== DAG_RUN.queued && runState !== DAG_RUN.running) {
    return [plain('holds', 'run_ended')];
  }
  // Any scheduler may take it: the limits are asked of the one with most room.
  const present = ctx.executor;
  ctx.executor = roomiest(ctx);
  const results = gatesOfWaiting(ctx, ti);
  ctx.executor = present;
  return results;
}

function gatesOfWaiting(ctx: EngineContext, ti: number): GateResult[] {
  const state = ctx.world.taskInstances.state[ti]!;
  const unscheduled = isIn(SCHEDULABLE, state);
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

function fromPlant(ctx: EngineContext, ti: number, ofPlant: PlantReasons): GateResult[] {
  const reason = ofPlant(ti);
  if (reason !== null) return [{ result: 'holds', reason }];
  if (ctx.world.taskInstances.state[ti] === TI.deferred) return [plain('holds', 'trigger_wait')];
  return ownerlessGates(ctx, ti);
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
    waiting: waitingFor(ctx, ti, meant(ctx, ti, gate)),
  });
  steps.push({ check: (gate) => ruleDecides(ctx, ti, gate), params: open });
  return steps;
}

/**
 * The rule lets it run, or writes a state: either is the next loop's business. When all upstreams
 * have ended it does neither only if one of them was removed.
 */
function ruleDecides(ctx: EngineContext, ti: number, gate: Gate): boolean {
  if (checkTriggerRule(ctx, ti, false, gate).passes) return true;
  if (checkTriggerRule(ctx, ti, true, newGate()).earlyState !== EARLY.none) return true;
  const { up, scope } = ctx.plan.tasks;
  const open = openOf(ctx, ti, up).length + openOf(ctx, ti, scope).length;
  if (gate.code === 'upstream_wait' && open === 0) gate.code = 'upstream_removed';
  return false;
}

/** Whom the rule waits for: setups, upstreams, or what a teardown's setups are there for (3.x). */
function meant(ctx: EngineContext, ti: number, gate: Gate): Csr {
  const { up, setups, scope } = ctx.plan.tasks;
  if (gate.code === 'setup_wait') return setups;
  return openOf(ctx, ti, up).length === 0 && openOf(ctx, ti, scope).length > 0 ? scope : up;
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
  steps.push({ check: (gate) => checkSlots(ctx, gate) });
  if (ctx.world.taskInstances.state[ti] !== TI.scheduled) return steps;
  if (ctx.profile.queryWindowPerRun) steps.push(windowStep(ctx, ti));
  steps.push(orderStep(ctx, ti));
  return steps;
}

/** Held by keys of which the executor will never hear: nothing but a new scheduler helps. */
function checkSlots(ctx: EngineContext, gate: Gate): boolean {
  if (limits.checkParallelism(ctx, gate)) return true;
  const { taskInstances: tis } = ctx.world;
  const isWanted = (ti: number, tryNumber: number): boolean =>
    tis.try_number[ti] === tryNumber && isIn(IN_HAND, tis.state[ti]!);
  const scheduler = ctx.executors.findIndex((each) => each === ctx.executor);
  const lost = ctx.workers.lostSlots(scheduler, isWanted);
  if (lost >= gate.limit) put(gate, false, 'slots_lost', gate.option, lost, gate.limit);
  return false;
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
  // A loop that takes nothing at all is the business of the gates before.
  const reached = batch === 0 || ahead < batch;
  return {
    check: (gate) => put(gate, reached, 'order_wait', 'priority_weight', ahead, batch),
    params: () => ({ ahead }),
  };
}
