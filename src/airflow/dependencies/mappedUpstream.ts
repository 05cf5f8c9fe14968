/** Mapped dependencies have succeeded: the list to map over will never come (semantics 4.2). */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { EARLY } from '../rules/index.ts';
import { FINISHED, isIn } from '../taskInstance/states.ts';
import { entryOf } from '../world/lookup.ts';
import { put, type Gate } from './gate.ts';
import { stateInPass } from './passMarks.ts';

/** Passing, or the early state that the check writes. A finished source that is a success passes. */
export function checkMappedUpstream(ctx: EngineContext, ti: number, gate: Gate): boolean {
  return put(gate, earlyOfMapped(ctx, ti) < 0, 'map_wait', '');
}

/** -1 when the dependency passes; else the code of EARLY to write (EARLY.none: only fail). */
export function earlyOfMapped(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis } = ctx.world;
  const { mapSources } = ctx.plan.tasks;
  const task = tis.task[ti]!;
  const run = tis.dag_run[ti]!;
  let found = 0;
  for (let i = mapSources.from[task]!; i < mapSources.from[task + 1]!; i++) {
    const entry = entryOf(ctx, run, mapSources.to[i]!);
    if (entry < 0) continue;
    const state = stateInPass(entry, tis.state[entry]!);
    if (isIn(FINISHED, state)) found |= 1 << state;
  }
  if (found === 0 || found === 1 << TI.success) return -1;
  if ((found & ((1 << TI.failed) | (1 << TI.upstream_failed))) !== 0) return EARLY.upstreamFailed;
  return (found & (1 << TI.skipped)) !== 0 ? EARLY.skipped : EARLY.none;
}
