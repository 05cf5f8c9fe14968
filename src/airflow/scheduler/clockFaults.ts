/** What faults do to clocks: F23. */
import { seconds } from '../../base/time.ts';
import type { EngineContext } from '../context.ts';
import type { FaultHandler, FaultHandlers } from '../faults/handler.ts';

/** `by_s` may be below 0: the clock is behind. */
const scheduler: FaultHandler = ({ ctx }, hit) => {
  ctx.world.schedulers.skew[hit.part.index] = seconds(hit.number('by_s', 0));
  return note(ctx);
};

/** The clock by which heartbeats of tasks are dated: 3.x that of the API server, 2.x the workers'. */
const workers: FaultHandler = ({ ctx }, hit) => {
  ctx.world.counters.workerSkew = seconds(hit.number('by_s', 0));
  return note(ctx);
};

function note(ctx: EngineContext): boolean {
  ctx.world.counters.skewed = 1;
  return true;
}

export const clockHandlers: FaultHandlers = {
  'skew scheduler': scheduler,
  'skew api-server': workers,
};
