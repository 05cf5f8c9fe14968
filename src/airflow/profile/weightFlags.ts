/** Differences of priority weights (specification 13.4). */
import { flags } from './flag.ts';

export const WEIGHT_FLAGS = flags({
  ownWeightClamped: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      "A plain operator's own priority_weight is held within a signed 32-bit integer; 2.x clamps " +
      'only the total that it shows. Sums are clamped in neither.',
    source: 'weights/af3-hand-limit-2147483646-downstream-chain',
  },
  explicitDownstreamIsDefault: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'weight_rule="downstream" is the default of the stored form and left out of it, so that ' +
      'core.default_task_weight_rule takes its place when the DAG is loaded.',
    source: 'weights/af3-config-absolute-chain3-own',
  },
  nullWeightRuleIsAbsolute: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'weight_rule=None means absolute in 2.x and the default rule in 3.x.',
    source: 'weights/af2-hand-bad-rule-2-mapped',
  },
  weightRuleMayBeClassPath: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The full class path of a built-in strategy is accepted as a rule.',
    source: 'weights/af3-hand-bad-rule-4',
  },
  unknownWeightRuleError: {
    '2.11.2': 'AirflowException',
    '3.3.2': 'SerializationError',
    why: 'An unknown rule is refused when the task is made; in 3.x when the DAG is stored.',
    source: 'weights/af3-hand-bad-rule-1',
  },
  weightTypeError: {
    '2.11.2': 'AirflowException',
    '3.3.2': 'TypeError',
    why: 'A priority_weight that is no integer is refused under another name.',
    source: 'weights/af2-hand-bad-weight-1',
  },
});
