/** Runs that an action with past or future reaches: by logical date, the run itself among them. */
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';

export function runsInRange(
  ctx: EngineContext,
  run: number,
  past: boolean,
  future: boolean,
): number[] {
  const { dagRuns } = ctx.world;
  const runs = [run];
  if (past)
    for (let at = dagRuns.earlier[run]!; at !== NONE; at = dagRuns.earlier[at]!) runs.push(at);
  if (future)
    for (let at = dagRuns.later[run]!; at !== NONE; at = dagRuns.later[at]!) runs.push(at);
  return runs.sort((a, b) => a - b);
}
