import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/airflow/engine.ts';
import type { BehaviourSpec, RetryPolicySpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const POLICY: RetryPolicySpec = {
  rules: [
    {
      exceptions: ['builtins.ValueError'],
      action: 'fail',
      retry_delay_s: null,
      match_subclasses: true,
    },
    { exceptions: ['OSError'], action: 'retry', retry_delay_s: 5, match_subclasses: true },
  ],
  default: 'default',
};

/** State and try after half a minute. */
function endOf(raises: string[], airflow: '3.3.2' | '2.11.2' = '3.3.2'): string {
  const behaviour: BehaviourSpec = {
    kind: 'python',
    duration_s: 1,
    duration_source: null,
    outcomes: ['failed', 'success'],
    retry_policy: POLICY,
    raises,
  };
  const task = taskSpec('t', [], { behaviour, retries: 2, retry_delay_s: 600 });
  const made = createEngine(scenarioOf([dagSpec('d', [task])], { airflow }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(40), events: Infinity });
  const { taskInstances: tis } = made.value.ctx.world;
  return `${taskInstance.states[tis.state[0]!]} ${tis.try_number[0]}`;
}

describe('retry policy', () => {
  it.each([
    ['a class that ends it', ['UnicodeError', 'ValueError', 'Exception'], 'failed 1'],
    ['a class with a delay of its own', ['ConnectionError', 'OSError'], 'success 2'],
    ['no rule fits: the normal delay', ['KeyError', 'LookupError'], 'up_for_retry 1'],
  ])('%s -> %s', (_, raises, end) => {
    expect(endOf(raises)).toBe(end);
  });

  it('2.11.2 has no policies -> the normal delay', () => {
    expect(endOf(['ValueError'], '2.11.2')).toBe('up_for_retry 1');
  });
});
