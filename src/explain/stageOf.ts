/** Where a task instance stands in the tunnel, from its state and the slots that it holds. */
import { STAGES } from './frame.ts';
import type { Stage } from './frame.ts';

export const STAGE = Object.fromEntries(STAGES.map((name, at) => [name, at])) as Readonly<
  Record<Stage, number>
>;

const FINISHED = ['success', 'failed', 'skipped', 'upstream_failed', 'removed'];

/** By state number: is it one of Airflow's finished states? */
export function finishedStates(states: readonly string[]): Uint8Array {
  return Uint8Array.from(states, (name) => (FINISHED.includes(name) ? 1 : 0));
}

/** What is known of one task instance besides its state. */
export interface Holding {
  /** Slot of the try that is under way, -1 when it has none. */
  slot: number;
  /** Slot that an earlier try still occupies though the database calls it over, else -1. */
  lingering: number;
  /** The slot went while the task instance was still running: its process is gone. */
  lost: boolean;
  /** User code of the present try runs. */
  working: boolean;
}

export interface StateNumbers {
  readonly queued: number;
  readonly running: number;
  readonly restarting: number;
  readonly finished: Uint8Array;
}

export function stageOf(state: number, holding: Holding, numbers: StateNumbers): number {
  if (holding.slot >= 0) return holding.working ? STAGE.working : STAGE.starting;
  if (state === numbers.queued) return STAGE.queue;
  if (state === numbers.running || state === numbers.restarting) return STAGE.working;
  if (holding.lingering >= 0) return STAGE.ending;
  return numbers.finished[state] === 1 ? STAGE.heap : STAGE.chamber;
}
