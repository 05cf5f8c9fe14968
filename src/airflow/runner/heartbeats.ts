/** What the scheduler's check of silent tasks can know: beats are no events, they are computed. */
import type { PlantEnv } from './env.ts';
import { beatBefore } from './lostCalls.ts';
import { CALL } from './outage.ts';
import { FLAG, NONE, STAGE } from './workloads.ts';

/** What the supervisor of a running row does: ended is known to 2.x's check of zombies at once. */
export type SupervisorState = 'alive' | 'ended' | 'lost';

/** Last heartbeat of a running row; Infinity while its supervisor lives and can be heard. */
export function lastBeat(env: PlantEnv, ti: number): number {
  const { workloads } = env;
  if (supervisorOf(env, ti) === 'alive') return env.outage.on === 0 ? Infinity : heard(env, ti);
  return ti < workloads.tis.rows ? workloads.tis.beat[ti]! : NONE;
}

export function supervisorOf(env: PlantEnv, ti: number): SupervisorState {
  const { workloads, port } = env;
  const { rows } = workloads;
  const tryNumber = port.tryNumberOf(ti);
  let state: SupervisorState = 'ended';
  for (let w = workloads.newest(ti); w !== NONE; w = rows.next[w]!) {
    // A message that is delivered again has no supervisor until that has made the row running.
    if (rows.tryNumber[w] !== tryNumber || rows.started[w] === NONE) continue;
    if ((rows.flags[w]! & FLAG.lost) !== 0) state = 'lost';
    else if (rows.stage[w] !== STAGE.ended) return 'alive';
  }
  return state;
}

function heard(env: PlantEnv, ti: number): number {
  const { outage, workloads, port } = env;
  const { rows } = workloads;
  for (let w = workloads.newest(ti); w !== NONE; w = rows.next[w]!) {
    const runs = rows.tryNumber[w] === port.tryNumberOf(ti) && rows.started[w] !== NONE;
    if (runs && outage.modeOf(w) !== CALL.answered) return beatBefore(env, w);
  }
  return Infinity;
}
