/** Set `weights`: the wiring of a DAG and the effective priority weight of each task. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  clampWeight,
  type Edge,
  ownWeight,
  priorityWeights,
  weightError,
  type WeightRule,
  weightRuleOf,
  wire,
  type WiredGroup,
  type WiredTask,
} from '../../airflow/rules/index.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';

interface GivenTask extends WiredTask {
  priority_weight?: unknown;
  weight_rule?: unknown;
  mapped?: number;
}

interface Given {
  tasks: GivenTask[];
  groups: WiredGroup[];
  edges: Edge[];
  default_args: { priority_weight?: unknown; weight_rule?: unknown };
  'core.default_task_weight_rule': WeightRule;
}

interface Declared {
  weight: number;
  rule: WeightRule;
}

export function check(oracle: OracleCase): Verdict {
  const given = oracle.given as Given;
  const profile = profileOf(oracle.airflow);
  const declared = given.tasks.map((task) => declare(profile, given, task));
  const error = declared.find((one) => typeof one === 'string');
  if (error !== undefined) return judge(oracle.expect, { edges: null, error, weights: null });
  const edges = wire(given.tasks, given.groups, given.edges);
  const totals = weigh(given.tasks, declared as Declared[], edges);
  return judge(oracle.expect, answer(profile, given.tasks, edges, totals));
}

/** What Airflow holds for a task, or the class of the exception with which it refuses it. */
function declare(profile: Profile, given: Given, task: GivenTask): Declared | string {
  const isMapped = task.mapped !== undefined;
  const written = { ...given.default_args, ...task };
  const weight = 'priority_weight' in written ? written.priority_weight : 1;
  const error = weightError(profile, weight, isMapped);
  if (error !== null) return error;
  const configured = given['core.default_task_weight_rule'];
  const rule = weightRuleOf(profile, written.weight_rule, isMapped, configured);
  if (rule === null) return profile.unknownWeightRuleError;
  return { weight: ownWeight(profile, Number(weight), isMapped), rule };
}

function weigh(
  tasks: readonly GivenTask[],
  declared: readonly Declared[],
  edges: readonly Edge[],
): number[] {
  const position = new Map(tasks.map((task, index) => [task.task_id, index]));
  const nodes = declared.map(({ weight, rule }) => ({
    priority_weight: weight,
    weight_rule: rule,
    upstream: [] as number[],
    downstream: [] as number[],
  }));
  for (const [from, to] of edges) {
    const [tail = -1, head = -1] = [position.get(from), position.get(to)];
    nodes[tail]?.downstream.push(head);
    nodes[head]?.upstream.push(tail);
  }
  return priorityWeights(nodes);
}

function answer(
  profile: Profile,
  tasks: readonly GivenTask[],
  edges: readonly Edge[],
  totals: readonly number[],
): object {
  const named = (change: (weight: number) => number): object =>
    Object.fromEntries(tasks.map((task, index) => [task.task_id, change(totals[index] ?? 0)]));
  const result = { edges, error: null, weights: named((weight) => weight) };
  // 2.x also shows a clamped total; 3.x has no such number.
  return profile.ownWeightClamped ? result : { ...result, weights_clamped: named(clampWeight) };
}
