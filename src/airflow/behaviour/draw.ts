/**
 * Draws for one try, keyed by what they are for: dag and task, run, try and index, purpose. Nothing
 * of the executor is in the key, so lanes that differ in the executor see the same durations and
 * the same failures (common random numbers).
 */
import { unit } from '../../kernel/index.ts';
import type { TaskOutcome } from '../scenario.ts';
import type { Sampler } from '../latencies/sampler.ts';
import type { TaskBehaviour } from './book.ts';

/** What a draw is for; latencies draw with the hash of their names. */
export const PURPOSE = { duration: 1, failure: 2, deferral: 3 } as const;

/** Names the try of a task instance: the three words that all its draws share. */
export interface TryKey {
  /** Hash of dag and task. */
  task: number;
  /** Key of the run, equal in all lanes. */
  run: number;
  /** Index and try. */
  part: number;
}

const TRIES_MAX = 4096;

export function setTryKey(
  key: TryKey,
  task: number,
  run: number,
  mapIndex: number,
  tryNumber: number,
): void {
  key.task = task;
  key.run = run;
  key.part = partOf(mapIndex, tryNumber);
}

/** Index and try in one word. */
export function partOf(mapIndex: number, tryNumber: number): number {
  return (mapIndex + 1) * TRIES_MAX + (tryNumber % TRIES_MAX);
}

/** A span for this try, microseconds. Constants cost no draw. */
export function spanOf(seed: number, key: TryKey, sampler: Sampler, purpose: number): number {
  if (sampler.constant >= 0) return sampler.constant;
  return sampler.draw(unit(seed, key.task, key.run, key.part, purpose));
}

/** How the user code of a try ends, before retries and timeouts are looked at. */
export function outcomeOf(
  seed: number,
  key: TryKey,
  behaviour: TaskBehaviour,
  tryNumber: number,
): TaskOutcome {
  const { outcomes, failureChance } = behaviour;
  if (outcomes.length > 0) {
    const listed = outcomes[Math.min(Math.max(tryNumber, 1), outcomes.length) - 1]!;
    if (listed !== 'success') return listed;
  }
  if (failureChance <= 0) return 'success';
  const draw = unit(seed, key.task, key.run, key.part, PURPOSE.failure);
  return draw < failureChance ? 'failed' : 'success';
}
