/**
 * How long user code takes when neither the DAG file nor the person says it, by operator kind.
 *
 * Plain constants: a learner can follow them with a pencil, and they differ enough to show which
 * kind of task a run spends its time in. For sensors the number is the time after the first poke at
 * which the condition becomes true: 0 means that it already holds.
 */
import type { BehaviourKind } from '../spec.ts';

export const DEFAULT_DURATIONS_S: Readonly<Record<BehaviourKind, number>> = {
  empty: 0,
  bash: 2,
  python: 2,
  branch: 0.2,
  short_circuit: 0.2,
  latest_only: 0.1,
  sensor: 0,
  external_task_sensor: 0,
  trigger_dag_run: 0.2,
  http: 1,
  sql: 5,
  container: 20,
  transfer: 10,
  notify: 0.5,
  hitl: 0.1,
  unknown: 5,
};

/** User code before a deferral, and after it: a request is sent, an answer is read. */
export const DEFERRAL_CODE_S = 0.1;
