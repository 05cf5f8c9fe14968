/** Differences of the trigger rules, setups and teardowns (specification 3). */
import { flags } from './flag.ts';

const DEP = 'ti_deps/deps/trigger_rule_dep.py';

export const TRIGGER_RULE_FLAGS = flags({
  removedLeavesCount: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'A removed upstream is taken off the number of upstreams for every task; 2.x does so ' +
      'for mapped tasks only.',
    source: 'trigger-rules/plain/all_success/1/rem',
  },
  minOneSuccessFailsWithoutSuccess: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'none_failed_min_one_success with everything done and no success becomes ' +
      'upstream_failed; 2.x waits for ever.',
    source: 'trigger-rules/plain/none_failed_min_one_success/2/skip-rem',
  },
  minOneSuccessNeedsSuccessToPass: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'none_failed_min_one_success asks for a success also as pass condition.',
    source: 'trigger-rules/check_only/none_failed_min_one_success/2/skip-skip',
  },
  teardownWaitsForScope: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'A teardown also waits for tasks between its setup and itself that are not its direct ' +
      'upstreams.',
    source: 'trigger-rules/teardown_scope/ok-none-ok',
  },
  hasAllDoneMinOneSuccess: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The rule all_done_min_one_success came with 3.1.',
    source: 'af3-list-trigger_rules',
  },
  hasOldRuleNames: {
    '2.11.2': true,
    '3.3.2': false,
    why:
      'dummy and none_failed_or_skipped are old names of always and ' +
      'none_failed_min_one_success, gone in 3.0.',
    source: 'af2-list-trigger_rules',
  },
  fastRulesWideOnlyBeforeExpansion: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'In a mapped group one_success, one_failed and one_done look at every index of an ' +
      'upstream; since 3.3 only the task that is not expanded yet does.',
    source: DEP,
  },
  fastRulesWideAtAnyDepth: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'The wide look of the fast rules reaches through plain groups inside a mapped one; 2.x ' +
      'asks the direct parent group only.',
    source: DEP,
  },
  minOneSuccessIsFastRule: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'none_failed_min_one_success belongs to the rules that look at every index before the ' +
      'expansion.',
    source: DEP,
  },
});
