/** Callbacks that the task's own process runs (semantics 7.4, 17.1). They change no state. */
import { CALLBACK, type CallbackName } from '../callbacks.ts';
import { PLANT_RECORD } from '../executors/records.ts';
import { US_PER_SECOND } from '../../base/time.ts';
import type { PlantEnv } from './env.ts';
import type { TaskTraits } from './taskBook.ts';
import { OUTCOME } from './workloads.ts';

/** core.task_success_overtime of 3.x: callbacks that take longer are killed with their process. */
const OVERTIME_US = 20 * US_PER_SECOND;

/** The callback of an end, null for ends that call nothing. `final`: no further try follows. */
export function callbackOf(outcome: number, final: boolean): CallbackName | null {
  switch (outcome) {
    case OUTCOME.success:
      return 'on_success_callback';
    case OUTCOME.skipped:
      return 'on_skipped_callback';
    case OUTCOME.failed:
    case OUTCOME.failNoRetry:
      return final ? 'on_failure_callback' : 'on_retry_callback';
    default:
      return null;
  }
}

/** Runs them; returns how long the process goes on because of that, microseconds. */
export function runCallbacks(
  env: PlantEnv,
  ti: number,
  { callbacks }: TaskTraits,
  name: CallbackName | null,
  each: number,
): number {
  if (callbacks === null || name === null) return 0;
  const count = callbacks[name]?.length ?? 0;
  if (count === 0) return 0;
  env.context.record(ti, PLANT_RECORD.callback, CALLBACK[name]);
  const span = count * each;
  return env.config.is3 ? Math.min(span, OVERTIME_US) : span;
}
