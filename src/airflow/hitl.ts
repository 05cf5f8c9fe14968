/**
 * Human in the loop (3.1 and later, here 3.3's state awaiting_input; semantics 8.7): a task asks,
 * parks without slot or trigger, and goes on when a person has answered or the time is up.
 * Source: providers/standard/operators/hitl.py, jobs/scheduler_job_runner.py.
 */
import { TI, TI_EVENT } from '../machines/index.ts';
import type { Refusal } from './actions/refusals.ts';
import type { EngineContext } from './context.ts';
import { TI_FLAG } from './rows.ts';
import type { HitlSpec } from './spec.ts';
import { changeTi } from './taskInstance/change.ts';
import { specOfTask } from './plan/index.ts';

/** What the task asks; null for tasks that do not. */
export function questionOf(ctx: EngineContext, ti: number): HitlSpec | null {
  const task = ctx.world.taskInstances.task[ti]!;
  const spec = specOfTask(ctx.plan, task);
  return spec.behaviour?.hitl ?? null;
}

/** The task begins to ask: an answer of an earlier try does not count. */
export function openQuestion(ctx: EngineContext, ti: number): void {
  ctx.world.answers.delete(ti);
  ctx.world.asked.add(ti);
}

/** It parks until `timeout` (Infinity: for ever); answered already, it goes on at once. */
export function park(ctx: EngineContext, ti: number, timeout: number): boolean {
  if (ctx.world.answers.get(ti) >= 0) {
    return changeTi(ctx, ti, TI_EVENT.answered_before_parking);
  }
  return changeTi(ctx, ti, TI_EVENT.await_input, timeout);
}

/** The chosen options, null when the time was up without a default. */
export function answerOf(ctx: EngineContext, ti: number): readonly string[] | null {
  const value = ctx.world.answers.get(ti);
  return value < 0 ? null : (ctx.world.json.get(value) as string[]);
}

/** A person's answer (HTTP 404, 409 and 400 of the API). */
export function giveAnswer(ctx: EngineContext, ti: number, chosen: readonly string[]): Refusal {
  const { answers, asked, taskInstances: tis } = ctx.world;
  const question = questionOf(ctx, ti);
  if (question === null || !asked.has(ti)) return 'answer_not_asked';
  if (answers.get(ti) >= 0) return 'answer_given';
  const known = chosen.every((option) => question.options.includes(option));
  if (!known || (chosen.length > 1 && !question.multiple)) return 'answer_option_unknown';
  store(ctx, ti, chosen);
  if (tis.state[ti] === TI.awaiting_input) changeTi(ctx, ti, TI_EVENT.answer);
  return '';
}

/** The time is up: defaults become the answer; without any it resumes with an error. */
export function answerTimedOut(ctx: EngineContext, ti: number): void {
  const defaults = questionOf(ctx, ti)?.defaults ?? null;
  if (defaults !== null) store(ctx, ti, defaults);
  changeTi(ctx, ti, TI_EVENT.answer_timeout);
  if (defaults === null) ctx.world.taskInstances.flags[ti]! |= TI_FLAG.resumeFailed;
}

function store(ctx: EngineContext, ti: number, chosen: readonly string[]): void {
  ctx.world.answers.set(ti, ctx.world.json.put([...chosen]));
}
