/**
 * A gate: one condition that a task instance or a run has to pass. Every function that decides
 * fills a Gate with the numbers that it decided on, so that an explanation can never differ from
 * the decision. Codes are those of semantics 4.5.
 */

/** Position = number in the log and in task_instance.held_by; 0 is "nothing holds it". */
export const REASONS = [
  '',
  'retry_wait',
  'poke_wait',
  'past_wait',
  'map_wait',
  'skipped_by_branch',
  'upstream_wait',
  'setup_wait',
  'why_not_run',
  'future_logical_date',
  'dag_paused',
  'run_waits_runs',
  'run_waits_time',
  'dagrun_tasks_wait',
  'dag_tasks_wait',
  'pool_missing',
  'pool_wait',
  'pool_too_small',
  'task_limit_wait',
  'parallelism_wait',
  'order_wait',
  'starved_wait',
  'trigger_wait',
  'input_wait',
  'scheduler_down',
  'scheduler_busy',
  'scheduler_loop',
  'dag_missing',
  'run_order_wait',
  'run_ended',
  'run_turn_wait',
  'orphan_wait',
  'restarting_lost',
  'running_lost',
  'orphan_unseen',
  'heartbeat_wait',
  'queued_wait',
  'processor_down',
  'slots_lost',
  'upstream_removed',
] as const;
export type ReasonCode = (typeof REASONS)[number];

const numbers = new Map<string, number>(REASONS.map((code, i) => [code, i]));

export function reasonNumber(code: ReasonCode): number {
  return numbers.get(code) ?? 0;
}

export interface Gate {
  /** What holds when it does not pass. */
  code: ReasonCode;
  /** Airflow's option or dependency that decides, '' for none. */
  option: string;
  /** Numbers that were compared; NaN when there are none. */
  actual: number;
  limit: number;
  /** SimTime at which it passes by itself, Infinity when unknown. */
  until: number;
  /** Task (global number) that is waited for first, -1 for none. */
  task: number;
}

export function newGate(): Gate {
  return { code: '', option: '', actual: NaN, limit: NaN, until: Infinity, task: -1 };
}

/** Fills a gate in place and returns `passes`, so that a check can end with it. */
export function put(
  gate: Gate,
  passes: boolean,
  code: ReasonCode,
  option: string,
  actual = NaN,
  limit = NaN,
): boolean {
  gate.code = code;
  gate.option = option;
  gate.actual = actual;
  gate.limit = limit;
  gate.until = Infinity;
  gate.task = -1;
  return passes;
}
