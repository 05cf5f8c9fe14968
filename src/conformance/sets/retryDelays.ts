/** Set `retry-delays`: the wait before a retry, and what a retry policy decides. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  applyRetryDecision,
  backoffFactor,
  decideRetry,
  type RetryAction,
  retryDelay,
  retryHashText,
  type RetryQuery,
} from '../../airflow/rules/index.ts';
import { formatIso, parseIso } from '../../airflow/timetables/isoText.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';

interface Given {
  dag_id: string;
  task_id: string;
  logical_date: string | null;
  map_index: number;
  try_number: number;
  end_date: string;
  retry_delay?: number;
  max_retry_delay?: number | null;
  retry_exponential_backoff?: unknown;
  retry_delay_override?: number | null;
  'core.max_task_retry_delay': number;
  'core.default_task_retry_delay': number;
}

interface PolicyGiven {
  rules: {
    exception: string | string[];
    action?: RetryAction;
    retry_delay?: number;
    match_subclasses?: boolean;
  }[];
  default?: RetryAction;
  raised_classes: string[];
  should_retry: boolean;
}

export function check(oracle: OracleCase): Verdict {
  const { op } = oracle.given as { op: string };
  if (op === 'retry_policy') return judge(oracle.expect, decide(oracle.given as PolicyGiven));
  const given = oracle.given as Given;
  return judge(oracle.expect, nextRetry(profileOf(oracle.airflow), given));
}

function nextRetry(profile: Profile, given: Given): object {
  const backoff = given.retry_exponential_backoff ?? false;
  const refused = backoffError(profile, given.retry_exponential_backoff, given.map_index >= 0);
  if (refused !== null) return failed(refused);
  const query = queryOf(given, typeof backoff === 'boolean' ? backoff : usable(profile, backoff));
  const delay = retryDelay(profile, query);
  if (delay === null) return failed('OverflowError');
  const hashed = query.overrideUs === null && backoffFactor(profile, query.backoff) !== null;
  const end = parseIso(given.end_date) ?? 0;
  return {
    delay_s: delay / 1_000_000,
    error: null,
    hash_input: hashed ? retryHashText(query) : null,
    next_retry: formatIso(end + delay),
  };
}

function queryOf(given: Given, backoff: number | boolean): RetryQuery {
  const override = given.retry_delay_override ?? null;
  return {
    dag_id: given.dag_id,
    task_id: given.task_id,
    logicalDateUs: given.logical_date === null ? null : parseIso(given.logical_date),
    tryNumber: given.try_number,
    retryDelayUs: micros(given.retry_delay ?? given['core.default_task_retry_delay']),
    backoff,
    maxRetryDelayUs: micros(given.max_retry_delay ?? 0),
    maxTaskRetryDelayS: given['core.max_task_retry_delay'],
    overrideUs: override === null ? null : micros(override),
  };
}

/**
 * A plain operator refuses what is not of the declared type. A mapped one takes anything: 2.x
 * asks whether it is true, 3.x turns it into a number.
 */
function backoffError(profile: Profile, written: unknown, isMapped: boolean): string | null {
  if (written === undefined || written === null || typeof written === 'boolean') return null;
  if (isMapped) {
    return profile.backoffTakesMultiplier && Number.isNaN(Number(written)) ? 'ValueError' : null;
  }
  return profile.backoffTakesMultiplier && typeof written === 'number' ? null : 'TypeError';
}

function usable(profile: Profile, written: unknown): number | boolean {
  return profile.backoffTakesMultiplier ? Number(written) : Boolean(written);
}

function failed(error: string): object {
  return { delay_s: null, error, hash_input: null, next_retry: null };
}

function decide(given: PolicyGiven): object {
  const rules = given.rules.map((rule) => ({
    exceptions: [rule.exception].flat(),
    action: rule.action ?? 'retry',
    retryDelayUs: rule.retry_delay === undefined ? null : micros(rule.retry_delay),
    matchSubclasses: rule.match_subclasses ?? true,
  }));
  const decision = decideRetry(
    { rules, otherwise: given.default ?? 'default' },
    given.raised_classes,
  );
  const { state, overrideUs } = applyRetryDecision(decision, given.should_retry);
  return {
    action: decision.action,
    error: null,
    policy_retry_delay_s: seconds(decision.retryDelayUs),
    retry_delay_override: seconds(overrideUs),
    state,
  };
}

function micros(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}

function seconds(us: number | null): number | null {
  return us === null ? null : us / 1_000_000;
}
