/** Event of the task-instance machine for each state that a rule or an expansion may write. */
import { TI_EVENT } from '../../machines/index.ts';
import { EARLY } from '../rules/index.ts';

export const EARLY_EVENT: Readonly<Record<number, number>> = {
  [EARLY.skipped]: TI_EVENT.rule_skip,
  [EARLY.upstreamFailed]: TI_EVENT.rule_upstream_failed,
  [EARLY.removed]: TI_EVENT.rule_remove,
  [EARLY.noItems]: TI_EVENT.expand_skip,
  [EARLY.noLength]: TI_EVENT.expand_upstream_failed,
};
