/**
 * Arguments of every operator that partial() fills in by itself, so that expand() refuses them as
 * "unmappable or already specified" (read from the installed releases).
 */
import type { Profile } from '../profile/index.ts';

const words = (text: string): readonly string[] => text.split(' ');

const IN_BOTH = words(
  'allow_nested_operators dag depends_on_past execution_timeout executor_config ' +
    'ignore_first_depends_on_past inlets map_index_template max_retry_delay ' +
    'on_execute_callback on_failure_callback on_retry_callback on_skipped_callback ' +
    'on_success_callback outlets owner pool_slots priority_weight queue retries ' +
    'retry_delay retry_exponential_backoff task_group task_id trigger_rule ' +
    'wait_for_downstream wait_for_past_depends_before_skipping weight_rule',
);

const ONLY_OLD = words(
  'doc doc_json doc_md doc_rst doc_yaml email end_date executor logger_name ' +
    'max_active_tis_per_dag max_active_tis_per_dagrun pool resources run_as_user sla ' +
    'start_date task_display_name',
);

const ONLY_NEW = words('email_on_failure email_on_retry retry_policy');

const OLD: ReadonlySet<string> = new Set([...IN_BOTH, ...ONLY_OLD]);
const NEW: ReadonlySet<string> = new Set([...IN_BOTH, ...ONLY_NEW]);

/** These are kept apart by the mapped operator, so that expand_kwargs() may still give them. */
const KEPT_APART: ReadonlySet<string> = new Set(
  words('task_id dag task_group start_date end_date'),
);

/** Arguments of every operator that partial() leaves open. */
const OPEN_OLD: ReadonlySet<string> = new Set(
  words(
    'default_args do_xcom_push email_on_failure email_on_retry multiple_outputs params ' +
      'post_execute pre_execute task_concurrency',
  ),
);

const OPEN_NEW: ReadonlySet<string> = new Set(
  words(
    'default_args do_xcom_push doc doc_json doc_md doc_rst doc_yaml email end_date ' +
      'executor logger_name max_active_tis_per_dag max_active_tis_per_dagrun ' +
      'multiple_outputs params pool post_execute pre_execute render_template_as_native_obj ' +
      'resources run_as_user sla start_date task_display_name',
  ),
);

/** True for an argument that every operator has. */
export function isOperatorArgument(profile: Profile, argument: string): boolean {
  const open = profile.expandTakesUnsetArguments ? OPEN_NEW : OPEN_OLD;
  return open.has(argument) || isFilledByPartial(profile, argument);
}

/** True when expand() refuses the argument. */
export function isFilledByPartial(profile: Profile, argument: string): boolean {
  return (profile.expandTakesUnsetArguments ? NEW : OLD).has(argument);
}

/** True when a strict expand_kwargs() refuses the argument. */
export function isHeldByPartial(profile: Profile, argument: string): boolean {
  return isFilledByPartial(profile, argument) && !KEPT_APART.has(argument);
}
