/**
 * How long a failed task instance waits for its next try, to the microsecond (specification 7.1;
 * set `retry-delays`; TaskInstance.next_retry_datetime of both versions). The jitter comes from a
 * hash of names and try number, so it is the same in every run.
 */
import type { Profile } from '../profile/index.ts';
import { pythonText } from '../timetables/isoText.ts';
import { exactPower } from './exactPower.ts';
import { sha1AsNumber } from './sha1.ts';

const US = 1_000_000;

export interface RetryQuery {
  readonly dag_id: string;
  readonly task_id: string;
  /** Microseconds since the epoch; null = the run has no logical date (3.x). */
  readonly logicalDateUs: number | null;
  /** The try that just failed, from 1. */
  readonly tryNumber: number;
  readonly retryDelayUs: number;
  /** As in TaskSpec.retry_exponential_backoff: a factor, true (2), false or 0 (no backoff). */
  readonly backoff: number | boolean;
  /** 0 or null = no limit. Only a backoff is limited, never a constant delay. */
  readonly maxRetryDelayUs: number | null;
  /** core.max_task_retry_delay, whole seconds. */
  readonly maxTaskRetryDelayS: number;
  /** Delay of a retry policy for this failure (3.x); wins over everything. null = none. */
  readonly overrideUs: number | null;
}

/**
 * Microseconds between the end of the failed try and the moment after which the next one may be
 * scheduled. null = Airflow cannot compute it and the retry never comes (2.11.2, OverflowError).
 */
export function retryDelay(profile: Profile, query: RetryQuery): number | null {
  if (query.overrideUs !== null) return query.overrideUs;
  const factor = backoffFactor(profile, query.backoff);
  if (factor === null) return query.retryDelayUs;
  const base = backoffBase(profile, query, factor);
  if (base === null) return null;
  const jittered = base + (sha1AsNumber(retryHashText(query)) % base);
  const most = BigInt(query.maxTaskRetryDelayS);
  const delayUs = Number(jittered < most ? jittered : most) * US;
  const limit = query.maxRetryDelayUs ?? 0;
  return limit === 0 ? delayUs : Math.min(limit, delayUs);
}

/** Factor from try to try, or null when the delay is constant and has no jitter. */
export function backoffFactor(profile: Profile, backoff: number | boolean): number | null {
  if (!profile.backoffTakesMultiplier) return backoff ? 2 : null;
  const factor = backoff === true ? 2 : Number(backoff);
  return factor > 0 && factor !== 1 ? factor : null;
}

/** The text whose SHA-1 spreads the retries; map index and run id are not part of it. */
export function retryHashText(query: RetryQuery): string {
  const date = query.logicalDateUs === null ? 'None' : pythonText(query.logicalDateUs);
  return `${query.dag_id}#${query.task_id}#${date}#${query.tryNumber}`;
}

/** Whole seconds before the jitter, at least 1. */
function backoffBase(profile: Profile, query: RetryQuery, factor: number): bigint | null {
  const seconds = (query.retryDelayUs / US) * exactPower(factor, query.tryNumber - 1);
  if (Number.isFinite(seconds)) return atLeastOne(BigInt(Math.ceil(seconds)));
  return profile.backoffOverflowIsMaximum ? atLeastOne(BigInt(query.maxTaskRetryDelayS)) : null;
}

function atLeastOne(value: bigint): bigint {
  return value < 1n ? 1n : value;
}
