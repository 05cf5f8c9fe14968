/**
 * Limits of the critical section (semantics 5.4, 16): each returns whether it lets a task instance
 * pass and fills the gate with the numbers it compared. `criticalSection.ts` decides with them,
 * `reasons.ts` explains with them.
 */
import type { EngineContext } from './context.ts';
import { put, type Gate } from './dependencies/gate.ts';
import { TASK } from './plan/index.ts';
import { storedDag } from './world/versions.ts';

/** Open slots of a pool; Infinity when it has no limit, 0 when there is no such pool. */
export function openSlots(ctx: EngineContext, pool: number): number {
  const { pools } = ctx.world;
  if (pools.exists[pool] === 0) return 0;
  const slots = pools.slots[pool]!;
  if (slots < 0) return Infinity;
  return slots - usedSlots(ctx, pool);
}

export function usedSlots(ctx: EngineContext, pool: number): number {
  const { pools } = ctx.world;
  const deferred = pools.include_deferred[pool] === 1 ? pools.deferred[pool]! : 0;
  return pools.occupied[pool]! + deferred;
}

function totalSlots(ctx: EngineContext, pool: number): number {
  const slots = ctx.world.pools.slots[pool]!;
  return slots < 0 ? Infinity : slots;
}

export function checkPoolExists(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const pool = ctx.plan.tasks.pool[ctx.world.taskInstances.task[ti]!]!;
  return put(gate, ctx.world.pools.exists[pool] === 1, 'pool_missing', 'pool');
}

/** `taken`: slots that this phase has given away already. */
export function checkPoolOpen(ctx: EngineContext, ti: number, taken: number, gate: Gate): boolean {
  const pool = ctx.plan.tasks.pool[ctx.world.taskInstances.task[ti]!]!;
  const open = openSlots(ctx, pool) - taken;
  return put(
    gate,
    open > 0,
    'pool_wait',
    'pool',
    usedSlots(ctx, pool) + taken,
    totalSlots(ctx, pool),
  );
}

export function checkPoolLargeEnough(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const { pool, poolSlots } = ctx.plan.tasks;
  const task = ctx.world.taskInstances.task[ti]!;
  const total = totalSlots(ctx, pool[task]!);
  return put(
    gate,
    poolSlots[task]! <= total,
    'pool_too_small',
    'pool_slots',
    poolSlots[task]!,
    total,
  );
}

export function checkPoolRoom(ctx: EngineContext, ti: number, taken: number, gate: Gate): boolean {
  const { pool, poolSlots } = ctx.plan.tasks;
  const task = ctx.world.taskInstances.task[ti]!;
  const open = openSlots(ctx, pool[task]!) - taken;
  const used = usedSlots(ctx, pool[task]!) + taken;
  return put(
    gate,
    poolSlots[task]! <= open,
    'pool_wait',
    'pool',
    used,
    totalSlots(ctx, pool[task]!),
  );
}

/** max_active_tasks of the run (2.x: of the DAG). `taken`: those that this phase has queued. */
export function checkActiveTasks(
  ctx: EngineContext,
  ti: number,
  taken: number,
  gate: Gate,
): boolean {
  const { dagRuns, dags, taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const dag = dagRuns.dag[run]!;
  const perRun = ctx.profile.maxActiveTasksPerRun;
  const active = (perRun ? dagRuns.active[run]! : dags.active[dag]!) + taken;
  const limit = storedDag(ctx, dag).maxActiveTasks;
  const code = perRun ? 'dagrun_tasks_wait' : 'dag_tasks_wait';
  return put(gate, active < limit, code, 'max_active_tasks', active, limit);
}

export function checkTaskPerDag(
  ctx: EngineContext,
  ti: number,
  taken: number,
  gate: Gate,
): boolean {
  const task = ctx.world.taskInstances.task[ti]!;
  const limit = ctx.plan.tasks.maxActivePerDag[task]!;
  if (limit < 0) return put(gate, true, 'task_limit_wait', 'max_active_tis_per_dag');
  const active = ctx.world.taskCounts.active[ctx.plan.tasks.counter[task]!]! + taken;
  return put(gate, active < limit, 'task_limit_wait', 'max_active_tis_per_dag', active, limit);
}

export function checkTaskPerRun(
  ctx: EngineContext,
  ti: number,
  taken: number,
  gate: Gate,
): boolean {
  const { taskInstances: tis, dagRuns, runTaskActive } = ctx.world;
  const task = tis.task[ti]!;
  const limit = ctx.plan.tasks.maxActivePerRun[task]!;
  if (limit < 0) return put(gate, true, 'task_limit_wait', 'max_active_tis_per_dagrun');
  const key = dagRuns.first_task[tis.dag_run[ti]!]! + ctx.plan.tasks.position[task]!;
  const active = runTaskActive.get(key, 0) + taken;
  return put(gate, active < limit, 'task_limit_wait', 'max_active_tis_per_dagrun', active, limit);
}

/** What earlier rows of a critical section took. */
export interface TakenSlots {
  poolSlotsTaken(pool: number): number;
  activeTaken(run: number, dag: number): number;
}

/**
 * All limits at once, without the reason: most task instances pass. False
 * when one of them holds, and for tasks with limits of their own: then the checks above decide.
 */
export function passesPlainly(ctx: EngineContext, ti: number, taken: TakenSlots): boolean {
  const { taskInstances: tis, dagRuns, dags } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  if ((tasks.flags[task]! & TASK.hasTaskLimit) !== 0) return false;
  const pool = tasks.pool[task]!;
  const open = openSlots(ctx, pool) - taken.poolSlotsTaken(pool);
  const wanted = tasks.poolSlots[task]!;
  if (open <= 0 || wanted > open || wanted > totalSlots(ctx, pool)) return false;
  const run = tis.dag_run[ti]!;
  const dag = tasks.dag[task]!;
  const active = ctx.profile.maxActiveTasksPerRun ? dagRuns.active[run]! : dags.active[dag]!;
  return active + taken.activeTaken(run, dag) < storedDag(ctx, dag).maxActiveTasks;
}

/** Slots of the scheduler over all its executors: core.parallelism. */
export function checkParallelism(ctx: EngineContext, gate: Gate): boolean {
  const occupied = ctx.executor.slotsOccupied();
  const limit = ctx.options.parallelism;
  const free = ctx.executor.slotsAvailable() > 0 && occupied < limit;
  return put(gate, free, 'parallelism_wait', 'core.parallelism', occupied, limit);
}

/** Most task instances that one critical section can take now. */
export function batchSize(ctx: EngineContext): number {
  const { options, executor } = ctx;
  const perQuery = options.maxTisPerQuery === 0 ? options.parallelism : options.maxTisPerQuery;
  const free = Math.min(perQuery, options.parallelism - executor.slotsOccupied());
  return Math.max(0, Math.min(free, openOverPools(ctx)));
}

/** Sum of the open slots of all pools; overfull pools count as 0. */
function openOverPools(ctx: EngineContext): number {
  let sum = 0;
  for (let pool = 0; pool < ctx.plan.poolNames.length; pool++) {
    sum += Math.max(0, openSlots(ctx, pool));
  }
  return sum;
}
