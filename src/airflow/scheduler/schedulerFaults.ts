/** What faults do to the processes of schedulers: F1 to F4, F25, F33. */
import type { EngineContext } from '../context.ts';
import { cutExecutor, cutResults } from '../executors/schedulerCuts.ts';
import { EVENT } from '../eventKinds.ts';
import type { FaultHandlers, Installation } from '../faults/handler.ts';
import { CALL } from '../runner/outage.ts';
import { findsDatabase } from './databaseFaults.ts';
import { inContainer } from '../fleet/placement.ts';
import {
  killScheduler,
  RESTART,
  restartScheduler,
  stallScheduler,
  stopScheduler,
  wakeScheduler,
} from './processes.ts';
import { SCHEDULER } from './schedulers.ts';

export const schedulerHandlers: FaultHandlers = {
  'kill scheduler': ({ ctx, scenario }, hit) => {
    const { schedulers } = ctx.world;
    const { index } = hit.part;
    if (hit.word('moment', 'now') === 'now') {
      const children = inContainer(scenario, 'scheduler', index) ? 'die' : 'live';
      return killScheduler(ctx, index, hit.word('children', children) === 'die');
    }
    if (schedulers.state[index] === SCHEDULER.down) return false;
    schedulers.dies_at_hand_off[index] = 1;
    return true;
  },
  'stop scheduler': ({ ctx }, { part }) => stopScheduler(ctx, part.index),
  'stall scheduler': ({ ctx }, { part }) => stallScheduler(ctx, part.index),
  'restore scheduler': (at, { part }) => {
    const { ctx, start } = at;
    if (endCuts(at, part.index)) return true;
    // Whoever is restored is not to die at the next hand-off any more.
    ctx.world.schedulers.dies_at_hand_off[part.index] = 0;
    const { counters, schedulers } = ctx.world;
    // Without its database it would exit at once; its process manager tries until that is back.
    if (counters.databaseDown === 1) schedulers.lost_database[part.index] = 1;
    if (counters.databaseDown === 1) return false;
    if (schedulers.state[part.index] === SCHEDULER.stopping) return startLater(ctx, part.index);
    return wakeScheduler(ctx, part.index) || restartScheduler(ctx, part.index, start);
  },
};

/** F25: all that it was cut off from is there again; false when nothing was missing. */
function endCuts({ ctx, plant }: Installation, scheduler: number): boolean {
  const { schedulers, counters } = ctx.world;
  const executor = cutExecutor(plant, scheduler, CALL.answered);
  const results = cutResults(plant, scheduler, false);
  if (schedulers.cut_off[scheduler] === 0) return executor || results;
  schedulers.cut_off[scheduler] = 0;
  if (counters.databaseDown === 0) findsDatabase(ctx, scheduler);
  return true;
}

/** Its executor still waits for tasks: its process manager starts it when it has exited. */
function startLater(ctx: EngineContext, scheduler: number): boolean {
  ctx.sim.after(RESTART, EVENT.schedulerStart, scheduler);
  return true;
}
