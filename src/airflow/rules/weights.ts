/**
 * Effective priority weights (specification 13.4): what Airflow writes into a task instance's
 * priority_weight when the row is made. Source: task/priority_strategy.py; set `weights`.
 */
import type { Profile } from '../profile/index.ts';

export const WEIGHT_RULES = ['downstream', 'upstream', 'absolute'] as const;
export type WeightRule = (typeof WEIGHT_RULES)[number];

const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;

export interface WeightedTask {
  readonly priority_weight: number;
  readonly weight_rule: WeightRule;
  /** Positions of the direct neighbours in the list of tasks. */
  readonly upstream: readonly number[];
  readonly downstream: readonly number[];
}

/** Effective weight of every task, in the order given. Sums are not clamped, as in Airflow. */
export function priorityWeights(tasks: readonly WeightedTask[]): number[] {
  const seen = new Int32Array(tasks.length).fill(-1);
  return tasks.map((task, index) => {
    if (task.weight_rule === 'absolute') return task.priority_weight;
    const direction = task.weight_rule === 'upstream' ? 'upstream' : 'downstream';
    return task.priority_weight + sumOfRelatives(tasks, index, direction, seen);
  });
}

/** Own weights of all distinct tasks reachable in one direction, without the task itself. */
function sumOfRelatives(
  tasks: readonly WeightedTask[],
  start: number,
  direction: 'upstream' | 'downstream',
  seen: Int32Array,
): number {
  let sum = 0;
  const stack = [...(tasks[start]?.[direction] ?? [])];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const task = tasks[next];
    if (!task || seen[next] === start) continue;
    seen[next] = start;
    sum += task.priority_weight;
    for (const more of task[direction]) stack.push(more);
  }
  return sum;
}

/** The own weight that the version stores. Mapped operators keep any size. */
export function ownWeight(profile: Profile, weight: number, isMapped: boolean): number {
  if (!profile.ownWeightClamped || isMapped) return weight;
  return clampWeight(weight);
}

/** Held within a signed 32-bit integer. */
export function clampWeight(weight: number): number {
  return Math.max(INT32_MIN, Math.min(INT32_MAX, weight));
}

/**
 * The rule that holds for a task: what was written on it, as the version understands it, or
 * core.default_task_weight_rule. `undefined` = not written. null = Airflow refuses what was
 * written (`profile.unknownWeightRuleError`).
 */
export function weightRuleOf(
  profile: Profile,
  written: unknown,
  isMapped: boolean,
  configured: WeightRule,
): WeightRule | null {
  if (written === undefined) return configured;
  if (written === null) return profile.nullWeightRuleIsAbsolute ? 'absolute' : configured;
  // An empty text on a mapped operator of 3.x is falsy when read back and gets the built-in rule.
  if (written === '' && isMapped && profile.explicitDownstreamIsDefault) return 'downstream';
  const rule = namedRule(profile, written);
  return rule === 'downstream' && profile.explicitDownstreamIsDefault ? configured : rule;
}

function namedRule(profile: Profile, written: unknown): WeightRule | null {
  const named = WEIGHT_RULES.find((rule) => rule === written);
  if (named || !profile.weightRuleMayBeClassPath) return named ?? null;
  return WEIGHT_RULES.find((rule) => classPath(rule) === written) ?? null;
}

function classPath(rule: WeightRule): string {
  const name = rule.charAt(0).toUpperCase() + rule.slice(1);
  return `airflow.task.priority_strategy._${name}PriorityWeightStrategy`;
}

/**
 * Exception class with which Airflow refuses a priority_weight, or null. A mapped operator is not
 * checked when it is built: there the addition fails, and only for something that cannot be added.
 */
export function weightError(profile: Profile, written: unknown, isMapped: boolean): string | null {
  const isNumber = typeof written === 'number' || typeof written === 'boolean';
  if (isMapped) return isNumber ? null : 'TypeError';
  if (written === null) return 'TypeError';
  const isInteger = isNumber && Number.isInteger(Number(written));
  return isInteger ? null : profile.weightTypeError;
}
