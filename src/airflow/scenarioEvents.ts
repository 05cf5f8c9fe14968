/** What a scenario says will happen at its time: user actions, faults, the start of schedulers. */
import { keyOf, unit } from '../kernel/index.ts';
import { carryOut } from './actions/userActions.ts';
import { arrivalsOf } from './behaviour/arrivals.ts';
import { readFile, scanStale } from './dagFiles.ts';
import { EVENT, type HandlerRegistry } from './eventKinds.ts';
import { applyFault, endFault } from './faults/apply.ts';
import type { Installation } from './faults/handler.ts';
import { NONE } from './rows.ts';
import { exitScheduler } from './scheduler/databaseFaults.ts';
import { jobOf, RESTART, restartScheduler } from './scheduler/processes.ts';
import { SCHEDULER } from './scheduler/schedulers.ts';

/** Puts everything into the queue of events, and starts the first scheduler now. */
export function scheduleScenario(at: Installation, handlers: HandlerRegistry): void {
  const { ctx, scenario } = at;
  const { actions, faults } = scenario;
  handlers.register(EVENT.action, EVENT.action, (_, i) => void carryOut(ctx, actions[i]!, i));
  handlers.register(EVENT.fault, EVENT.fault, (_, i) => void applyFault(at, faults[i]!, i));
  handlers.register(EVENT.faultOver, EVENT.faultOver, (_, i, run) =>
    endFault(at, faults[i]!, i, run),
  );
  handlers.register(EVENT.schedulerStart, EVENT.schedulerStart, (_, s) => begin(at, s));
  handlers.register(EVENT.fileRead, EVENT.fileRead, (_, dag) => readFile(ctx, dag));
  handlers.register(EVENT.staleScan, EVENT.staleScan, (_, dag) => scanStale(ctx, dag));
  handlers.register(EVENT.schedulerExit, EVENT.schedulerExit, (_, token) =>
    exitScheduler(at, token),
  );
  actions.forEach(({ at_s }, i) => ctx.sim.at(Math.round(at_s * 1_000_000), EVENT.action, i));
  faults.forEach(({ at_s }, i) => ctx.sim.at(Math.round(at_s * 1_000_000), EVENT.fault, i));
  const arrivals = arrivalsOf(scenario);
  handlers.register(EVENT.arrival, EVENT.arrival, (_, i) => {
    carryOut(ctx, arrivals[i]!.action, -1);
  });
  arrivals.forEach(({ at: time }, i) => ctx.sim.at(time, EVENT.arrival, i));
  ctx.executors.forEach((_, scheduler) => startScheduler(at, scheduler));
}

/** For the first time without a record of it: then it belongs to the installation. */
function begin({ ctx, start }: Installation, scheduler: number): void {
  const { schedulers } = ctx.world;
  // It would exit at once: its process manager tries until its database can be reached.
  if (schedulers.cut_off[scheduler] === 1) {
    schedulers.lost_database[scheduler] = 1;
    return;
  }
  const stopping = ctx.world.schedulers.state[scheduler] === SCHEDULER.stopping;
  if (jobOf(ctx, scheduler) === NONE) start(scheduler);
  else if (stopping) ctx.sim.after(RESTART, EVENT.schedulerStart, scheduler);
  else restartScheduler(ctx, scheduler, start);
}

/** The first scheduler starts with the clock, each further one at a moment of its own. */
function startScheduler({ ctx, start }: Installation, scheduler: number): void {
  if (scheduler === 0) return start(0);
  const share = unit(ctx.sim.seed, scheduler, 0, 0, keyOf('scheduler.start'));
  ctx.sim.at(Math.floor(share * 1_000_000), EVENT.schedulerStart, scheduler);
}
