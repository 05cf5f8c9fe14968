/**
 * A row that is no longer its process's: cleared, marked, failed with its DAG run, reset (semantics
 * 15.4). The supervisor learns so at a beat and kills its task. While that is planned the plan of
 * user code is only put aside: a supervisor that dies before has killed nothing, and its task
 * process goes on as if nothing had been said (reliability F1, F6).
 */
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { forgetPlans, later, type PlantEnv } from './env.ts';
import { FLAG, isAtWork, NONE, STAGE } from './workloads.ts';

/** SIGTERM at the next beat (2.x: at the second one), SIGKILL later. */
export function planKill(env: PlantEnv, w: number): void {
  const { workloads, context, config } = env;
  const { rows } = workloads;
  if (!isAtWork(rows.stage[w]!)) return;
  // The first answer that says so is the one that counts.
  if ((rows.flags[w]! & FLAG.leaving) !== 0) return;
  rows.goesOn[w] = nextStep(env, w);
  rows.flags[w]! |= FLAG.leaving;
  forgetPlans(env, w);
  const hangs = (rows.flags[w]! & FLAG.hangs) !== 0;
  const beat = config.heartbeat;
  const passed = context.now - rows.started[w]!;
  const beats = config.is3 ? 1 : 2;
  const wait = (Math.floor(passed / beat) + beats) * beat - passed;
  // 2.x: SIGTERM raises inside Python code and ends it; 3.x: only on_kill runs.
  const grace = config.is3 || hangs ? config.killGrace : 0;
  later(env, w, wait + grace, PLANT_EVENT.kill);
}

/** Nobody is left who would kill it: user code, last seen in `stage`, goes on where it was. */
export function dropKill(env: PlantEnv, w: number, stage: number): void {
  const { rows } = env.workloads;
  if ((rows.flags[w]! & FLAG.leaving) === 0) return;
  rows.flags[w]! &= ~FLAG.leaving;
  forgetPlans(env, w);
  if (rows.goesOn[w] === Infinity) return;
  const span = Math.max(0, rows.goesOn[w]! - env.context.now);
  later(env, w, span, stage === STAGE.started ? PLANT_EVENT.body : PLANT_EVENT.report);
}

/** When user code begins, ends or looks again; Infinity while it hangs. */
function nextStep(env: PlantEnv, w: number): number {
  const { rows } = env.workloads;
  if ((rows.flags[w]! & FLAG.hangs) !== 0) return Infinity;
  if (rows.job[w] === NONE) return rows.until[w]!;
  return env.context.now + env.machines.left(rows.job[w]!);
}
