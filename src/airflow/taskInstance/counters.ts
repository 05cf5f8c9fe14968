/** Counters over task instances, kept up to date from the states before and after a change. */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { broken } from '../invariants.ts';
import { TASK } from '../plan/index.ts';
import { NONE } from '../rows.ts';
import { refreshRun } from './ordering.ts';
import { ACTIVE, EXECUTION, IN_PROGRESS, isIn, moved, PARKED, UNFINISHED } from './states.ts';
import { storedDag } from '../world/versions.ts';

export function count(ctx: EngineContext, ti: number, from: number, to: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const flags = ctx.plan.tasks.flags[task]!;
  const moves = MOVES[from * STATES + to]!;
  if ((moves & MOVE.unfinished) !== 0)
    countUnfinished(ctx, run, flags, moved(UNFINISHED, from, to));
  if ((moves & MOVE.parked) !== 0) dagRuns.parked[run]! += moved(PARKED, from, to);
  if ((moves & MOVE.inProgress) !== 0) dagRuns.in_progress[run]! += moved(IN_PROGRESS, from, to);
  if ((moves & MOVE.execution) !== 0) countExecution(ctx, run, moved(EXECUTION, from, to));
  if ((flags & SPECIAL) === 0) return;
  if ((flags & TASK.countsActive) !== 0) countTask(ctx, run, task, from, to);
  const entry = ctx.world.runTasks.ti[dagRuns.first_task[run]! + ctx.plan.tasks.position[task]!]!;
  if (entry < NONE) countMapping(ctx, -2 - entry, from, to);
}

/** Tasks with more to count. */
const SPECIAL = TASK.countsActive | TASK.isMapped | TASK.inMappedGroup | TASK.hasVersions;

/** By the flags of its task: are there counters of its own besides those of every row? */
export function isCountedApart(flags: number): boolean {
  return (flags & SPECIAL) !== 0;
}

const STATES = 16;
const MOVE = { unfinished: 1, parked: 2, inProgress: 4, execution: 8 } as const;

/** [from * STATES + to] -> which counters change. */
const MOVES = Uint8Array.from({ length: STATES * STATES }, (_, i) => {
  const from = Math.floor(i / STATES);
  const to = i % STATES;
  const bit = (set: number, name: keyof typeof MOVE): number =>
    moved(set, from, to) === 0 ? 0 : MOVE[name];
  return (
    bit(UNFINISHED, 'unfinished') |
    bit(PARKED, 'parked') |
    bit(IN_PROGRESS, 'inProgress') |
    bit(EXECUTION, 'execution')
  );
});

/** A new row in state none. */
export function countNew(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  const task = tis.task[ti]!;
  countUnfinished(ctx, tis.dag_run[ti]!, ctx.plan.tasks.flags[task]!, 1);
}

/** Tasks whose unfinished rows a deadlock test does not look behind. */
export const HELD = TASK.dependsOnPast | TASK.hasTaskLimit;

export function countUnfinished(ctx: EngineContext, run: number, flags: number, by: number): void {
  const { dagRuns } = ctx.world;
  dagRuns.unfinished[run]! += by;
  if (dagRuns.unfinished[run]! < 0) broken(ctx, 'I6', 'unfinished task instances', run);
  if ((flags & HELD) !== 0) dagRuns.unfinished_held[run]! += by;
}

/** max_active_tasks: opens or closes the run when the limit is crossed (3.x). */
export function countExecution(ctx: EngineContext, run: number, by: number): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const before = dagRuns.active[run]!;
  dagRuns.active[run]! += by;
  dags.active[dag]! += by;
  if (dagRuns.active[run]! < 0) broken(ctx, 'I6', 'active task instances', run);
  if (!ctx.profile.queryLeavesOutFullRuns) return;
  const limit = storedDag(ctx, dag).maxActiveTasks;
  if (before < limit !== before + by < limit) refreshRun(ctx, run);
}

function countTask(ctx: EngineContext, run: number, task: number, from: number, to: number): void {
  const by = moved(ctx.profile.taskLimitsCountParked ? ACTIVE : EXECUTION, from, to);
  if (by !== 0) addToTask(ctx, run, task, by);
}

/** A row comes under another version of its task: counted (1) or not (-1) in that task's limits. */
export function countOwnLimit(ctx: EngineContext, ti: number, by: number): void {
  const { taskInstances: tis } = ctx.world;
  const states = ctx.profile.taskLimitsCountParked ? ACTIVE : EXECUTION;
  const task = tis.task[ti]!;
  const limited = (ctx.plan.tasks.flags[task]! & TASK.countsActive) !== 0;
  if (limited && isIn(states, tis.state[ti]!)) addToTask(ctx, tis.dag_run[ti]!, task, by);
}

function addToTask(ctx: EngineContext, run: number, task: number, by: number): void {
  const { taskCounts, runTaskActive, dagRuns } = ctx.world;
  taskCounts.active[ctx.plan.tasks.counter[task]!]! += by;
  if (ctx.plan.tasks.maxActivePerRun[task]! < 0) return;
  const key = dagRuns.first_task[run]! + ctx.plan.tasks.position[task]!;
  runTaskActive.set(key, runTaskActive.get(key, 0) + by);
}

function countMapping(ctx: EngineContext, mapping: number, from: number, to: number): void {
  addToMapping(ctx, mapping, from, -1);
  addToMapping(ctx, mapping, to, 1);
}

/** Adds to the counter of a final state; other states have none. */
export function addToMapping(ctx: EngineContext, mapping: number, state: number, by: number): void {
  const { mappings } = ctx.world;
  if (state === TI.success) mappings.success[mapping]! += by;
  else if (state === TI.skipped) mappings.skipped[mapping]! += by;
  else if (state === TI.failed) mappings.failed[mapping]! += by;
  else if (state === TI.upstream_failed) mappings.upstream_failed[mapping]! += by;
  else if (state === TI.removed) mappings.removed[mapping]! += by;
}
