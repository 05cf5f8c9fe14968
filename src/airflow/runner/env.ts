/** What every part of the plant shares, and the ways in which time passes for a workload. */
import type { SimulationContext } from '../../kernel/index.ts';
import { NO_EVENT, unit } from '../../kernel/index.ts';
import { partOf, type TryKey } from '../behaviour/draw.ts';
import type { BehaviourBook } from '../behaviour/book.ts';
import type { PlantConfig } from '../executors/plantConfig.ts';
import type { Machines } from '../fleet/machines.ts';
import type { Memory } from '../fleet/memory.ts';
import type { Sampler } from '../latencies/sampler.ts';
import type { Port } from './port.ts';
import type { Outage } from './outage.ts';
import type { Step, Timings } from './timings.ts';
import { FLAG, NONE, OUTCOME, STAGE, type Workloads } from './workloads.ts';

export interface PlantEnv {
  readonly context: SimulationContext;
  readonly port: Port;
  readonly config: PlantConfig;
  readonly timings: Timings;
  /** Machines whose cores are shared. */
  readonly machines: Machines;
  readonly workloads: Workloads;
  readonly book: BehaviourBook;
  /** Calls of workers that find nobody. */
  readonly outage: Outage;
  /** Null when nobody counts memory; set when the plant is put together. */
  memory: Memory | null;
  /** Draws of the workload that is looked at. */
  readonly key: TryKey;
  /** The executors of all schedulers, by number; filled when the plant is put together. */
  readonly executors: KeyHolder[];
  /** Position of this executor among those of the lane, and the first of its lines. */
  readonly part: number;
  readonly firstLine: number;
}

/** What executors of several schedulers ask of each other. */
export interface KeyHolder {
  /** Another scheduler adopts the workload while this one's process lives. */
  yield(w: number): void;
  /** The result of a workload that another one has adopted is read. */
  yieldedEnds(w: number): void;
}

/** A workload of a try, with what names the try in random draws. */
export function addWorkload(env: PlantEnv, ti: number, tryNumber: number): number {
  const { workloads, port, context } = env;
  const { rows } = workloads;
  const w = workloads.add(ti, tryNumber, context.now);
  rows.drawTask[w] = port.taskKeyOf(ti);
  rows.drawRun[w] = port.runKeyOf(ti);
  rows.drawPart[w] = partOf(port.mapIndexOf(ti), tryNumber);
  return w;
}

/** Names the try of a workload for the draws that follow. */
export function keyOfWorkload(env: PlantEnv, w: number): TryKey {
  const { rows } = env.workloads;
  const { key } = env;
  key.task = rows.drawTask[w]!;
  key.run = rows.drawRun[w]!;
  key.part = rows.drawPart[w]!;
  return key;
}

/** Draws a span for the try of a workload, in microseconds. */
export function drawSpan(env: PlantEnv, w: number, sampler: Sampler, purpose: number): number {
  if (sampler.constant >= 0) return sampler.constant;
  const { drawTask, drawRun, drawPart } = env.workloads.rows;
  const u = unit(env.context.seed, drawTask[w]!, drawRun[w]!, drawPart[w]!, purpose);
  return sampler.draw(u);
}

/** After the step the workload gets the event; a busy processor stretches it. */
export function spend(env: PlantEnv, step: Step, w: number, kind: number, before = 0): void {
  const span = drawSpan(env, w, step.sampler, step.purpose);
  const { rows } = env.workloads;
  const machine = step.usesCpu && env.machines.shared ? env.machines.under(w) : NONE;
  if (machine !== NONE) rows.job[w] = env.machines.start(machine, span, kind, w);
  else later(env, w, before + span, kind);
}

/** The workload gets the event after so many microseconds. */
export function later(env: PlantEnv, w: number, span: number, kind: number): void {
  const { rows } = env.workloads;
  rows.event[w] = env.context.after(span, kind, w);
  rows.until[w] = env.context.now + span;
}

/** Takes back what the workload waits for. */
export function forgetPlans(env: PlantEnv, w: number): void {
  const { rows } = env.workloads;
  env.context.cancel(rows.event[w]!);
  if (rows.job[w] !== NONE) env.machines.cancel(rows.job[w]!);
  rows.event[w] = NO_EVENT;
  rows.job[w] = NONE;
}

/** Nobody waits for the workload any more: it goes, at the latest with its orphaned user code. */
export function dropWorkload(env: PlantEnv, w: number): void {
  const { rows } = env.workloads;
  if ((rows.flags[w]! & FLAG.orphan) !== 0) rows.flags[w]! |= FLAG.over;
  else {
    forgetPlans(env, w);
    env.workloads.remove(w);
  }
}

/** The executor has given a task instance up: what was lost of it is waited for no longer. */
export function dropLost(env: PlantEnv, ti: number): void {
  const { rows } = env.workloads;
  for (let w = env.workloads.newest(ti); w !== NONE;) {
    const next = rows.next[w]!;
    if ((rows.flags[w]! & (FLAG.lost | FLAG.childGone)) === FLAG.lost) dropWorkload(env, w);
    w = next;
  }
}

/**
 * A workload has ended that is in no executor's memory: the result is kept for whoever adopts the
 * task instance, as long as that is possible.
 */
export function keepUnread(env: PlantEnv, w: number): void {
  const { workloads, port } = env;
  const { rows } = workloads;
  const ti = rows.ti[w]!;
  const tryNumber = rows.tryNumber[w]!;
  const adoptable = port.isRunning(ti, tryNumber) || port.isQueued(ti, tryNumber);
  if (adoptable && rows.outcome[w] !== OUTCOME.refused) workloads.rest(w);
  else dropWorkload(env, w);
}

/** A slot is held, be it by the supervisor only. */
export function holdsSlot(env: PlantEnv, w: number): boolean {
  const stage = env.workloads.rows.stage[w]!;
  return stage >= STAGE.slot && stage < STAGE.ended;
}
