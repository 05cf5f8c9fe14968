/** What faults do to the processes of schedulers: F1 to F4, F33. */
import type { FaultHandlers } from '../faults/handler.ts';
import { CORE_RECORD } from '../records.ts';
import { killScheduler, stallScheduler, stopScheduler, wakeScheduler } from './processes.ts';
import { SCHEDULER } from './schedulers.ts';

export const schedulerHandlers: FaultHandlers = {
  'kill scheduler': ({ ctx }, hit) => {
    const { schedulers } = ctx.world;
    const { index } = hit.part;
    if (hit.word('moment', 'now') === 'now') {
      return killScheduler(ctx, index, hit.word('children', 'live') === 'die');
    }
    if (schedulers.state[index] === SCHEDULER.down) return false;
    schedulers.dies_at_hand_off[index] = 1;
    return true;
  },
  'stop scheduler': ({ ctx }, { part }) => stopScheduler(ctx, part.index),
  'stall scheduler': ({ ctx }, { part }) => stallScheduler(ctx, part.index),
  'restore scheduler': ({ ctx, start }, { part }) => {
    // Whoever is restored is not to die at the next hand-off any more.
    ctx.world.schedulers.dies_at_hand_off[part.index] = 0;
    if (wakeScheduler(ctx, part.index)) return true;
    if (ctx.world.schedulers.state[part.index] !== SCHEDULER.down) return false;
    ctx.sim.record(part.index, CORE_RECORD.schedulerStarts);
    start(part.index);
    return true;
  },
};
