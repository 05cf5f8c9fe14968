/**
 * How supervisors bear an outage (semantics 15.4). 3.x: a call is tried `execution_api_retries`
 * times with random waits; after `max_failed_heartbeats` heartbeats in a row the task is killed.
 * 2.x: one error ends a start or loses an end; heartbeats may fail for 300 s.
 */
import { keyOf, unit } from '../../kernel/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { keyOfWorkload, type PlantEnv } from './env.ts';
import { CALL } from './outage.ts';
import { NONE, STAGE } from './workloads.ts';

const SECOND = 1_000_000;
const WAIT = keyOf('api.retry_wait');
/** Exponents beyond it change nothing: retry_wait_max is 90 s. */
const MOST_WAIT_S = 90;

/**
 * The call that is attempt number `attempt` of at most `most` has failed: another one is planned,
 * as an event of the kind with the number of attempts so far. False: it is given up.
 */
export function triesCallAgain(
  env: PlantEnv,
  w: number,
  kind: number,
  attempt: number,
  most: number,
): boolean {
  const { config, context, workloads, outage } = env;
  const hangs = outage.modeOf(w) === CALL.silent ? config.apiTimeout : 0;
  if (!config.is3 || attempt > most || (attempt === most && hangs === 0)) return false;
  const span = attempt === most ? hangs : hangs + waitAfter(env, w, attempt, 0);
  workloads.rows.event[w] = context.after(span, kind, w, attempt);
  workloads.rows.until[w] = context.now + span;
  return true;
}

/** An outage begins: whoever runs in it gives up after a while, unless it is over before. */
export function planGivingUp(env: PlantEnv): void {
  const { rows } = env.workloads;
  for (let w = 0; w < rows.rows; w++) {
    const stage = rows.stage[w]!;
    const runs = rows.ti[w] !== NONE && (stage === STAGE.started || stage === STAGE.working);
    if (!runs || env.outage.modeOf(w) === CALL.answered) continue;
    const number = env.outage.numberOf(w);
    env.context.after(patience(env, w), PLANT_EVENT.giveUp, w, number, rows.ti[w]!);
  }
}

/** Last heartbeat before the outage of a workload that is in one. */
export function beatBefore(env: PlantEnv, w: number): number {
  const { heartbeat } = env.config;
  const started = env.workloads.rows.started[w]!;
  const beats = Math.floor((env.outage.sinceOf(w) - started) / heartbeat);
  return started + Math.max(0, beats) * heartbeat;
}

/** From now until the process gives up. */
function patience(env: PlantEnv, w: number): number {
  const { config, context, workloads, outage } = env;
  const sinceBeat = (context.now - workloads.rows.started[w]!) % config.heartbeat;
  if (!config.is3) return Math.max(0, config.jobPatience - sinceBeat);
  const hangs = outage.modeOf(w) === CALL.silent ? config.apiTimeout : 0;
  let span = config.heartbeat - sinceBeat;
  for (let beat = 1; beat <= config.failedBeats; beat++) {
    if (beat > 1) span += config.heartbeat;
    span += hangs * config.apiRetries;
    for (let n = 1; n < config.apiRetries; n++) span += waitAfter(env, w, n, beat);
  }
  return span;
}

/** Between 1 s and 2^(attempt - 1) s, at random. */
function waitAfter(env: PlantEnv, w: number, attempt: number, beat: number): number {
  const { task, run, part } = keyOfWorkload(env, w);
  const most = Math.min(MOST_WAIT_S, 1 << Math.min(attempt - 1, 10));
  const share = unit(env.context.seed, task, run, part, WAIT + 16 * beat + attempt);
  return Math.round((1 + share * (most - 1)) * SECOND);
}
