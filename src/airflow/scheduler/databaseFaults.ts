/** What faults do to the metadata database, the API server and the way to them: F13, F14, F24, F34. */
import { seconds } from '../../base/time.ts';
import { keyOf, unit } from '../../kernel/index.ts';
import type { EngineContext } from '../context.ts';
import { EVENT } from '../eventKinds.ts';
import type { FaultHandler, FaultHandlers, Installation } from '../faults/handler.ts';
import { CALL } from '../runner/outage.ts';
import { RESTART, stallScheduler, stopScheduler, wakeScheduler } from './processes.ts';
import { SCHEDULER, tokenOf } from './schedulers.ts';

/** max_db_retries = 3: two waits between three attempts, at random up to half a second and one. */
const DB_WAITS_S = [0.5, 1];
const EXIT_WAIT = keyOf('database.retry_wait');

/** Schedulers try three times and exit; triggerers exit; workers go on as long as they can. */
const killDatabase: FaultHandler = ({ ctx, plant }) => {
  const { counters, schedulers } = ctx.world;
  if (counters.databaseDown === 1) return false;
  counters.databaseDown = 1;
  plant.unheard.setCentral('database', CALL.refused);
  for (let each = 0; each < schedulers.rows; each++) {
    if (!stallScheduler(ctx, each)) continue;
    schedulers.lost_database[each] = 1;
    ctx.sim.after(retryWaits(ctx, each), EVENT.schedulerExit, tokenOf(ctx, each));
  }
  plant.triggerer.endAll();
  return true;
};

/** What its process manager does: whatever has exited for want of a database is started again. */
const restoreDatabase: FaultHandler = ({ ctx, plant }) => {
  const { counters, schedulers } = ctx.world;
  const slow = counters.slowness !== 1;
  counters.slowness = 1;
  plant.unheard.setDelay(0);
  const wasAway = plant.unheard.setCentral('database', CALL.answered);
  if (counters.databaseDown === 0) return wasAway || slow;
  counters.databaseDown = 0;
  for (let each = 0; each < schedulers.rows; each++) {
    if (schedulers.lost_database[each] === 0) continue;
    schedulers.lost_database[each] = 0;
    // Still trying: this attempt gets through.
    const waits = schedulers.state[each] === SCHEDULER.stalled;
    if (!(waits && wakeScheduler(ctx, each))) ctx.sim.after(RESTART, EVENT.schedulerStart, each);
  }
  plant.triggerer.restoreAll();
  return true;
};

/** A call that takes longer than workers.execution_api_timeout is a failed one (3.x). */
const slowDatabase: FaultHandler = ({ ctx, plant, scenario }, hit) => {
  if (ctx.world.counters.databaseDown === 1) return false;
  const delay = seconds(hit.number('call_s', 0));
  const fails = scenario.airflow === '3.3.2' && delay > plant.apiTimeout;
  ctx.world.counters.slowness = hit.number('factor', 10);
  plant.unheard.setDelay(fails ? 0 : delay);
  plant.unheard.setCentral('database', fails ? CALL.silent : CALL.answered);
  return true;
};

const apiServer =
  (mode: number): FaultHandler =>
  ({ plant }) =>
    plant.unheard.setCentral('api', mode);

export const databaseHandlers: FaultHandlers = {
  'kill database': killDatabase,
  'slow database': slowDatabase,
  'restore database': restoreDatabase,
  'kill api-server': apiServer(CALL.refused),
  'silent api-server': apiServer(CALL.silent),
  'restore api-server': apiServer(CALL.answered),
  'kill web-server': () => true,
  'restore web-server': () => true,
  'partition worker': ({ plant }, hit) =>
    plant.unheard.setPlace(
      hit.part.index,
      hit.word('mode', 'silent') === 'silent' ? CALL.silent : CALL.refused,
    ),
};

/** The event: it has tried three times. `end()` of its executor may still wait for tasks. */
export function exitScheduler({ ctx }: Installation, token: number): void {
  const { schedulers } = ctx.world;
  for (let each = 0; each < schedulers.rows; each++) {
    if (tokenOf(ctx, each) === token && schedulers.lost_database[each] === 1) {
      stopScheduler(ctx, each);
    }
  }
}

function retryWaits(ctx: EngineContext, scheduler: number): number {
  const { seed } = ctx.sim;
  const waits = DB_WAITS_S.map((most, i) => most * unit(seed, scheduler, i, 0, EXIT_WAIT));
  return waits.reduce((sum, wait) => sum + seconds(wait), 0);
}
