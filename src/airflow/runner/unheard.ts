/** What supervisors do whose calls find nobody: F14, F24, F32, F34 (semantics 15.4). */
import { forgetPlans, type PlantEnv } from './env.ts';
import { beatBefore, planGivingUp, triesCallAgain } from './lostCalls.ts';
import { CALL } from './outage.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { isAtWork, NONE } from './workloads.ts';

/** The ways in which a supervisor then ends. */
interface Ends {
  endUnstarted(w: number, failed: boolean): void;
  endUntold(w: number, reported: boolean): void;
  endByItself(w: number): void;
  vanish(w: number, lastBeat: number): void;
  abandon(w: number): void;
}

export class Unheard {
  private readonly env: PlantEnv;
  private readonly ends: Ends;

  constructor(env: PlantEnv, ends: Ends) {
    this.env = env;
    this.ends = ends;
  }

  /** A scheduler and where its executor sends work; false when that is so already. */
  setExecutor(scheduler: number, mode: number): boolean {
    return this.env.outage.setExecutor(scheduler, mode);
  }

  /** A scheduler and the result backend; false when that is so already. */
  setResults(scheduler: number, cut: boolean): boolean {
    return this.env.outage.setResults(scheduler, cut);
  }

  /** Its calls are not answered now. */
  is(w: number): boolean {
    const { outage } = this.env;
    return outage.on > 0 && outage.modeOf(w) !== CALL.answered;
  }

  startFails(w: number, attempts: number): void {
    const { config } = this.env;
    if (triesCallAgain(this.env, w, PLANT_EVENT.start, attempts, config.apiRetries)) return;
    this.ends.endUnstarted(w, true);
  }

  /** The end is told again, and once more when the supervisor ends; then it is only logged. */
  reportFails(w: number, kind: number, attempts: number): void {
    const { config } = this.env;
    if (triesCallAgain(this.env, w, kind, attempts, 2 * config.apiRetries)) return;
    if (config.is3) this.ends.endUntold(w, kind === PLANT_EVENT.reap);
    else this.ends.vanish(w, beatBefore(this.env, w));
  }

  /** Heartbeats have failed for too long in outage number `number`; `ti`: its row then. */
  givesUp(w: number, number: number, ti: number): void {
    const { rows } = this.env.workloads;
    if (!isAtWork(rows.stage[w]!) || rows.ti[w] !== ti || this.env.outage.numberOf(w) !== number)
      return;
    forgetPlans(this.env, w);
    if (this.env.config.is3) this.ends.endByItself(w);
    else this.ends.vanish(w, beatBefore(this.env, w));
  }

  /** The API server or the database is away, or back; false when that is so already. */
  setCentral(part: 'api' | 'database', mode: number): boolean {
    const { env } = this;
    if (!env.outage.setCentral(part, mode, env.context.now)) return false;
    if (mode !== CALL.answered) planGivingUp(env);
    else this.heardAgain();
    return true;
  }

  /** A worker or a node is cut off from what it calls, or no longer. */
  setPlace(place: number, mode: number): boolean {
    const { env } = this;
    if (!env.outage.setPlace(place, mode, env.context.now)) return false;
    if (mode !== CALL.answered) planGivingUp(env);
    else this.heardAgain();
    return true;
  }

  /** Microseconds by which each call of a worker is slower. */
  setDelay(delay: number): void {
    this.env.outage.delay = delay;
  }

  /** Whose row was taken away meanwhile (heartbeat timeout, a user) learns so at the next beat. */
  private heardAgain(): void {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    for (let w = 0; w < rows.rows; w++) {
      const ti = rows.ti[w]!;
      if (ti === NONE || !isAtWork(rows.stage[w]!)) continue;
      if (!port.isRunning(ti, rows.tryNumber[w]!)) this.ends.abandon(w);
    }
  }
}
