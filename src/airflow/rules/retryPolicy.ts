/**
 * ExceptionRetryPolicy (3.x, specification 7.6): rules in order, the first that fits decides. It
 * can end the tries early or change one delay; it can never add a try.
 */

const RETRY_ACTIONS = ['retry', 'fail', 'default'] as const;
export type RetryAction = (typeof RETRY_ACTIONS)[number];

export interface RetryRule {
  /** Class names or dotted paths; `builtins.X` and `X` are the same. One is enough. */
  readonly exceptions: readonly string[];
  readonly action: RetryAction;
  readonly retryDelayUs: number | null;
  /** True: a subclass fits too. */
  readonly matchSubclasses: boolean;
}

export interface RetryPolicy {
  readonly rules: readonly RetryRule[];
  /** When no rule fits. */
  readonly otherwise: RetryAction;
}

export interface RetryDecision {
  readonly action: RetryAction;
  readonly retryDelayUs: number | null;
}

/**
 * What the policy says. `raised` is the class of the exception and then its bases, nearest first.
 */
export function decideRetry(policy: RetryPolicy, raised: readonly string[]): RetryDecision {
  const classes = raised.map(plainName);
  const rule = policy.rules.find(({ exceptions, matchSubclasses }) => {
    const fitting = matchSubclasses ? classes : classes.slice(0, 1);
    return exceptions.some((name) => fitting.includes(plainName(name)));
  });
  if (!rule) return { action: policy.otherwise, retryDelayUs: null };
  return { action: rule.action, retryDelayUs: rule.retryDelayUs };
}

/** What becomes of the failed task instance. `triesLeft`: the server says that it may retry. */
export function applyRetryDecision(
  decision: RetryDecision,
  triesLeft: boolean,
): { state: 'up_for_retry' | 'failed'; overrideUs: number | null } {
  if (decision.action === 'fail' || !triesLeft) return { state: 'failed', overrideUs: null };
  const overrideUs = decision.action === 'retry' ? decision.retryDelayUs : null;
  return { state: 'up_for_retry', overrideUs };
}

function plainName(name: string): string {
  return name.startsWith('builtins.') ? name.slice('builtins.'.length) : name;
}
