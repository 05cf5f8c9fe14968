/** Differences of retries (specification 7.1, 7.6). */
import { flags } from './flag.ts';

export const RETRY_FLAGS = flags({
  backoffTakesMultiplier: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'retry_exponential_backoff is a number, the factor from try to try; in 2.x it is a bool ' +
      'and the factor is 2.',
    source: 'retry-delays/af3-hand-multiplier-float-0.5-3',
  },
  backoffOverflowIsMaximum: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'A backoff too large to compute falls to core.max_task_retry_delay; 2.x raises ' +
      'OverflowError and the retry never comes.',
    source: 'retry-delays/af2-hand-huge-try-1100',
  },
  hasRetryPolicy: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'retry_policy decides per exception and can give one retry its own delay.',
    source: 'specification 7.6',
  },
});
