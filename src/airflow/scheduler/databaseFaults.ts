/** Metadata database, API server, and the ways to them and to what a scheduler needs: F13, F14, F24, F25, F34. */
import { seconds } from '../../base/time.ts';
import { keyOf, unit } from '../../kernel/index.ts';
import type { EngineContext } from '../context.ts';
import { cutExecutor, cutResults } from '../executors/schedulerCuts.ts';
import { EVENT } from '../eventKinds.ts';
import type { FaultHandler, FaultHandlers, Hit, Installation } from '../faults/handler.ts';
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
    losesDatabase(ctx, each);
  }
  plant.triggerer.endAll();
  return true;
};

/** It tries three times and exits. */
function losesDatabase(ctx: EngineContext, scheduler: number): void {
  if (!stallScheduler(ctx, scheduler)) return;
  ctx.world.schedulers.lost_database[scheduler] = 1;
  ctx.sim.after(retryWaits(ctx, scheduler), EVENT.schedulerExit, tokenOf(ctx, scheduler));
}

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
    if (schedulers.cut_off[each] === 0) findsDatabase(ctx, each);
  }
  plant.triggerer.restoreAll();
  return true;
};

/** Where it still tries, this attempt gets through; else it is started again. */
export function findsDatabase(ctx: EngineContext, scheduler: number): void {
  const { schedulers } = ctx.world;
  if (schedulers.lost_database[scheduler] === 0) return;
  schedulers.lost_database[scheduler] = 0;
  const waits = schedulers.state[scheduler] === SCHEDULER.stalled;
  if (waits && wakeScheduler(ctx, scheduler)) return;
  ctx.sim.after(RESTART, EVENT.schedulerStart, scheduler);
}

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
  ({ ctx, plant }) => {
    ctx.world.counters.serverDown = mode === CALL.answered ? 0 : 1;
    return plant.unheard.setCentral('api', mode);
  };

/** 2.x: tasks need it for nothing; people do. */
const webServer =
  (down: number): FaultHandler =>
  ({ ctx }) => {
    const { counters } = ctx.world;
    if (counters.serverDown === down) return false;
    counters.serverDown = down;
    return true;
  };

function modeOf(hit: Hit): number {
  return hit.word('mode', 'silent') === 'silent' ? CALL.silent : CALL.refused;
}

/** F25: what it sends work to, its results, or its rows; everybody else goes on. */
const cutScheduler: FaultHandler = ({ ctx, plant }, hit) => {
  const { index } = hit.part;
  const from = hit.word('from', 'executor');
  if (from === 'executor') return cutExecutor(plant, index, modeOf(hit));
  if (from === 'result-backend') return cutResults(plant, index, true);
  const { schedulers, counters } = ctx.world;
  if (schedulers.cut_off[index] === 1) return false;
  schedulers.cut_off[index] = 1;
  if (counters.databaseDown === 0) losesDatabase(ctx, index);
  return true;
};

export const databaseHandlers: FaultHandlers = {
  'kill database': killDatabase,
  'slow database': slowDatabase,
  'restore database': restoreDatabase,
  'kill api-server': apiServer(CALL.refused),
  'silent api-server': apiServer(CALL.silent),
  'restore api-server': apiServer(CALL.answered),
  'kill web-server': webServer(1),
  'restore web-server': webServer(0),
  'partition worker': ({ plant }, hit) => {
    if (hit.word('from', 'api-server') === 'broker') {
      return plant.celery?.parts.cutWorker(hit.part.index) ?? false;
    }
    return plant.unheard.setPlace(hit.part.index, modeOf(hit));
  },
  'partition scheduler': cutScheduler,
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
