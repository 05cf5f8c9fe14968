/** Expansion of mapped tasks in a running run (semantics 12, 2.4). */
import { TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { EARLY } from '../rules/index.ts';
import { changeTi } from '../taskInstance/change.ts';
import { markReaders } from '../taskInstance/candidates.ts';
import { entryOf, findTi } from '../world/lookup.ts';
import { wantedLength } from '../world/lengths.ts';
import { expandPlaceholder, growTo } from './createTis.ts';

/**
 * Expands the placeholder: it becomes index 0, the other indexes are made. `looked` gets all of
 * them, to be looked at in the same pass. Returns the early state to write instead when there is
 * nothing to expand: length unknown (upstream_failed) or zero (skipped).
 */
export function expand(ctx: EngineContext, ti: number, looked: (ti: number) => void): number {
  const { taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const length = wantedLength(ctx, run, task);
  if (length < 0) return EARLY.noLength;
  if (length === 0) return EARLY.noItems;
  expandPlaceholder(ctx, ti);
  looked(ti);
  growTo(ctx, run, task, length, looked);
  // Who waits for this task now waits for more rows.
  markReaders(ctx, ti);
  return EARLY.none;
}

/**
 * 2.11.2 expands a placeholder even though its rule has just marked it: all indexes get that state
 * (runs/hand/map-group/from-source-one-index-fails-then-none_failed_min_one_success). `made` gets
 * the further rows. False when the length is zero or unknown: the placeholder stays.
 */
export function expandMarked(ctx: EngineContext, ti: number, made: (ti: number) => void): boolean {
  const { taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const length = wantedLength(ctx, run, task);
  if (length <= 0) return false;
  expandPlaceholder(ctx, ti);
  growTo(ctx, run, task, length, made);
  return true;
}

/**
 * The list to map over may have changed since the expansion (its source was cleared): indexes
 * beyond it are removed, missing ones made; `made` gets those, they are ready at once.
 */
export function revise(ctx: EngineContext, ti: number, made: (ti: number) => void): void {
  const { taskInstances: tis, mappings } = ctx.world;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const length = wantedLength(ctx, run, task);
  if (length < 0) return;
  const count = mappings.count[-2 - entryOf(ctx, run, task)]!;
  for (let index = length; index < count; index++) {
    const beyond = findTi(ctx, run, task, index);
    if (beyond !== ti || !ctx.profile.revisedStaysReady) changeTi(ctx, beyond, TI_EVENT.remove);
  }
  growTo(ctx, run, task, length, made);
}
