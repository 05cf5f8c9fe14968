/** Carries a fault out: finds its code by verb and part, writes the record that names it. */
import { assert } from '../../base/assert.ts';
import { seconds } from '../../base/time.ts';
import { resizePool } from '../actions/onInstallation.ts';
import { dagFileHandlers } from '../dagFileFaults.ts';
import { EVENT } from '../eventKinds.ts';
import { celeryHandlers } from '../executors/celeryFaults.ts';
import { processHandlers } from '../executors/processFaults.ts';
import { kubernetesHandlers } from '../executors/kubernetesFaults.ts';
import { machineHandlers } from '../executors/machineFaults.ts';
import { CORE_RECORD } from '../records.ts';
import { NONE } from '../rows.ts';
import { triggererHandlers } from '../runner/triggererFaults.ts';
import { databaseHandlers } from '../scheduler/databaseFaults.ts';
import { clockHandlers } from '../scheduler/clockFaults.ts';
import { schedulerHandlers } from '../scheduler/schedulerFaults.ts';
import type { Fault } from '../scenario.ts';
import {
  tiOf,
  type FaultHandler,
  type FaultHandlers,
  type Hit,
  type Installation,
} from './handler.ts';
import { parsePart, type Part } from './partNames.ts';

const handlers: FaultHandlers = {
  'change pool': ({ ctx }, hit) => resizePool(ctx, hit.part.name, hit.number('slots', 0)),
  ...schedulerHandlers,
  ...clockHandlers,
  ...dagFileHandlers,
  ...databaseHandlers,
  ...triggererHandlers,
  ...celeryHandlers,
  ...processHandlers,
  ...kubernetesHandlers,
  ...machineHandlers(handlerOf),
};

export function handlerOf(what: string, part: string): FaultHandler | null {
  return handlers[`${what} ${part}`] ?? null;
}

/** What the reason of a fault's record says. */
export const FAULT_REASON = { happens: 0, nothingThere: 1, over: 2 } as const;

/** Fault number `index` of the scenario (-1: from outside) happens now. */
export function applyFault(at: Installation, fault: Fault, index: number): boolean {
  const { sim } = at.ctx;
  const seq = sim.record(index, CORE_RECORD.fault, FAULT_REASON.happens);
  sim.because(seq);
  const part = partOf(fault);
  const run = runOf(at, part);
  if (!carryOut(at, fault, fault.what, part)) {
    sim.record(index, CORE_RECORD.fault, FAULT_REASON.nothingThere);
    return false;
  }
  const lasts = Number(fault.args?.for_s ?? 0);
  // From outside there is nothing to end: whoever broke it restores it.
  if (lasts > 0 && index >= 0) sim.after(seconds(lasts), EVENT.faultOver, index, run);
  return true;
}

/**
 * Its `for_s` is over: what `restore` does to the part is done. `run`: of the task instance that it
 * met; `*` may mean a newer one by now.
 */
export function endFault(at: Installation, fault: Fault, index: number, run: number): void {
  const { sim, world } = at.ctx;
  sim.because(sim.record(index, CORE_RECORD.fault, FAULT_REASON.over));
  const part = partOf(fault);
  const ti =
    part.ti === null || run === NONE
      ? part.ti
      : { ...part.ti, run_id: world.texts.get(world.dagRuns.run_id[run]!) };
  carryOut(at, fault, 'restore', { ...part, ti });
}

function partOf({ part: name }: Fault): Part {
  const part = parsePart(name);
  assert(part, 'the part of a fault has a name', { part: name });
  return part;
}

/** Run of the task instance that the part names now, NONE when it names none. */
function runOf(at: Installation, part: Part): number {
  const ti = tiOf(at, part);
  return ti === NONE ? NONE : at.ctx.world.taskInstances.dag_run[ti]!;
}

function carryOut(at: Installation, fault: Fault, what: string, part: Part): boolean {
  const handler = handlerOf(what, part.kind);
  assert(handler, 'a fault has code', { what, part: part.kind });
  const { args = {} } = fault;
  const hit: Hit = {
    fault,
    part,
    number: (name, otherwise) => Number(args[name] ?? otherwise),
    word: (name, otherwise) => String(args[name] ?? otherwise),
  };
  return handler(at, hit);
}
