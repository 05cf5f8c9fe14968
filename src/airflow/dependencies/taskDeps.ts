/**
 * All task dependencies of one task instance (semantics 4.2), in a fixed order, because Airflow
 * leaves it open (22.1): retry period, reschedule date, previous run, previously skipped, trigger
 * rule, mapped upstream. All are asked; of several early states the last one stands, but the
 * mapped upstream leaves an upstream_failed alone.
 */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { likesSuccess, TASK } from '../plan/index.ts';
import { TI_FLAG } from '../rows.ts';
import { EARLY } from '../rules/index.ts';
import { newGate, reasonNumber, type Gate } from './gate.ts';
import { earlyOfMapped } from './mappedUpstream.ts';
import { checkPreviousRun } from './previousRun.ts';
import { checkPreviouslySkipped } from './previouslySkipped.ts';
import { checkReschedule, checkRetryPeriod } from './times.ts';
import { checkTriggerRule } from './triggerRule.ts';

export interface DepsAnswer {
  passes: boolean;
  /** Code of EARLY: the state that a check wants to write. It can come with `passes`. */
  early: number;
  /** Number of the first reason that is worth a note, 0 for none. */
  heldBy: number;
}

const gate: Gate = newGate();
const MAPPED = TASK.isMapped | TASK.inMappedGroup;

/** `ignoreTimes`: retry delay and reschedule date do not count (test for a deadlock). */
export function checkTaskDeps(
  ctx: EngineContext,
  ti: number,
  ignoreTimes: boolean,
  out: DepsAnswer,
): void {
  const { taskInstances: tis } = ctx.world;
  const flags = ctx.plan.tasks.flags[tis.task[ti]!]!;
  out.passes = true;
  out.early = EARLY.none;
  out.heldBy = 0;
  if (!ignoreTimes && isTimed(tis.state[ti]!, tis.flags[ti]!)) checkTimes(ctx, ti, out);
  if ((flags & TASK.countsUpstream) !== 0 && tis.upstreams[ti] === 0) {
    // All upstreams are successes, and no other dependency than times applies.
    if (likesSuccess(ctx.plan.tasks.rule[tis.task[ti]!]!)) return;
  }
  if ((flags & TASK.dependsOnPast) !== 0 && !checkPreviousRun(ctx, ti, gate)) {
    out.passes = false;
    out.heldBy = reasonNumber('past_wait');
  }
  if ((flags & TASK.afterSkipper) !== 0 && !checkPreviouslySkipped(ctx, ti, gate)) {
    out.passes = false;
    out.early = EARLY.skipped;
  }
  const verdict = checkTriggerRule(ctx, ti, true, gate);
  if (verdict.earlyState !== EARLY.none) out.early = verdict.earlyState;
  if (!verdict.passes) out.passes = false;
  if ((flags & MAPPED) !== 0) checkMapped(ctx, ti, out);
}

function isTimed(state: number, flags: number): boolean {
  return state !== TI.none || (flags & TI_FLAG.rescheduled) !== 0;
}

function checkTimes(ctx: EngineContext, ti: number, out: DepsAnswer): void {
  if (!checkRetryPeriod(ctx, ti, gate)) out.passes = false;
  if (!checkReschedule(ctx, ti, gate)) out.passes = false;
}

function checkMapped(ctx: EngineContext, ti: number, out: DepsAnswer): void {
  const early = earlyOfMapped(ctx, ti);
  if (early < 0) return;
  out.passes = false;
  if (early !== EARLY.none && out.early !== EARLY.upstreamFailed) out.early = early;
}
