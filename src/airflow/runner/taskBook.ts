/** What user code needs to know of its task, in microseconds: derived once from the DagSpecs. */
import { US_PER_SECOND } from '../../base/time.ts';
import type { RetryPolicy } from '../rules/index.ts';
import type { DagSpec, RetryPolicySpec, SensorSpec, TaskSpec } from '../spec.ts';

export interface TaskTraits {
  readonly sensor: SensorTraits | null;
  readonly deferrable: boolean;
  /** Infinity when there is none. */
  readonly executionTimeout: number;
  /** Between two looks of an operator that waits for a run. */
  readonly pollInterval: number;
  readonly retryPolicy: RetryPolicy | null;
  /** How many there are per argument; null: none at all. */
  readonly callbacks: Readonly<Record<string, readonly string[]>> | null;
}

export interface SensorTraits extends SensorSpec {
  readonly interval: number;
  readonly timeout: number;
  readonly maxWait: number;
  readonly backs_off: boolean;
}

/** TriggerDagRunOperator's own default for poke_interval. */
const POLL_S = 60;

export class TaskBook {
  private readonly traits: readonly (readonly TaskTraits[])[];

  constructor(dags: readonly DagSpec[]) {
    this.traits = dags.map((dag) => dag.tasks.map(traitsOf));
  }

  of(dag: number, task: number): TaskTraits {
    return this.traits[dag]![task]!;
  }
}

function traitsOf(task: TaskSpec): TaskTraits {
  const poll = task.behaviour?.target?.poke_interval_s ?? task.sensor?.poke_interval_s;
  return {
    sensor: task.sensor === null ? null : sensorTraits(task.sensor),
    deferrable: task.deferrable === true || task.behaviour?.defers === true,
    executionTimeout: us(task.execution_timeout_s),
    pollInterval: us(poll ?? POLL_S),
    callbacks: callbacksOf(task),
    retryPolicy: policyOf(task.behaviour?.retry_policy),
  };
}

function callbacksOf(task: TaskSpec): TaskTraits['callbacks'] {
  const given = task.callbacks ?? {};
  return Object.values(given).some((names) => names.length > 0) ? given : null;
}

function policyOf(spec: RetryPolicySpec | undefined): RetryPolicy | null {
  if (!spec) return null;
  const rules = spec.rules.map((rule) => ({
    exceptions: rule.exceptions,
    action: rule.action,
    retryDelayUs: rule.retry_delay_s === null ? null : us(rule.retry_delay_s),
    matchSubclasses: rule.match_subclasses,
  }));
  return { rules, otherwise: spec.default };
}

function sensorTraits(sensor: SensorSpec): SensorTraits {
  return {
    ...sensor,
    interval: us(sensor.poke_interval_s),
    timeout: us(sensor.timeout_s),
    maxWait: us(sensor.max_wait_s),
    backs_off: Boolean(sensor.exponential_backoff),
  };
}

function us(seconds: number | null): number {
  return seconds === null ? Infinity : Math.round(seconds * US_PER_SECOND);
}
