/**
 * What each task does when it runs: one entry per task, put together from the operator's kind, the
 * person's defaults, what the DAG file says, and the person's rules, the later winning.
 */
import type {
  BehaviourKind,
  BehaviourSpec,
  DagSpec,
  HitlSpec,
  TargetSpec,
  TaskSpec,
} from '../spec.ts';
import type { BehaviourRule, BehaviourRules, DistributionSpec, TaskOutcome } from '../scenario.ts';
import { samplerOf, type Sampler } from '../latencies/sampler.ts';
import { DEFAULT_DURATIONS_S } from './defaults.ts';

export interface TaskBehaviour {
  readonly kind: BehaviourKind;
  /** User code of a try; sensors: from the first poke to the moment the condition holds. */
  readonly duration: Sampler;
  /** End per try, the last for all later ones; empty: success. */
  readonly outcomes: readonly TaskOutcome[];
  readonly failureChance: number;
  /** The sensor's condition never becomes true. */
  readonly never: boolean;
  /** Task or group ids that a branch follows; null: its first downstream task. */
  readonly branch: readonly string[] | null;
  /** Answer of a short circuit. */
  readonly condition: boolean;
  /** Length of the returned list, -1 when it returns none. */
  readonly returnsLength: number;
  readonly target: TargetSpec | null;
  /** A false short circuit skips all that follows, not the direct ones only. */
  readonly ignoresRules: boolean;
  /** Its trigger ends the task itself. */
  readonly endsInTrigger: boolean;
  readonly hitl: HitlSpec | null;
  /** One callback, microseconds. */
  readonly callback: number;
  /** Class of the exception of a failure, then its bases. */
  readonly raises: readonly string[];
  /** Somebody answers so long after the task has asked; Infinity: nobody does by himself. */
  readonly answerAfter: number;
  readonly answer: readonly string[];
  /** Share of a processor, 0 to 1. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
}

const ANY_EXCEPTION: readonly string[] = ['Exception', 'BaseException'];

interface Entry {
  readonly common: TaskBehaviour;
  /** Rules that name a run or an index: looked at when a try starts. */
  readonly special: readonly BehaviourRule[];
  readonly made: Map<string, TaskBehaviour>;
}

/** Entries by position: task `j` of dag `i` of the scenario. */
export class BehaviourBook {
  private readonly entries: readonly (readonly Entry[])[];

  constructor(dags: readonly DagSpec[], rules: BehaviourRules) {
    this.entries = dags.map((dag) => dag.tasks.map((task) => entryOf(dag, task, rules)));
  }

  /** The behaviour of one task instance. */
  of(dag: number, task: number, runId: string, mapIndex: number): TaskBehaviour {
    const entry = this.entries[dag]![task]!;
    if (entry.special.length === 0) return entry.common;
    const fitting = entry.special.filter((rule) => fits(rule, runId, mapIndex));
    if (fitting.length === 0) return entry.common;
    const key = fitting.map((rule) => entry.special.indexOf(rule)).join();
    let made = entry.made.get(key);
    if (made === undefined) {
      made = fitting.reduce(withRule, entry.common);
      entry.made.set(key, made);
    }
    return made;
  }

  /** The same where `isPlain`: no rule names a run or an index. */
  plain(dag: number, task: number): TaskBehaviour {
    return this.entries[dag]![task]!.common;
  }

  /** True when no rule can tell two instances of the task apart. */
  isPlain(dag: number, task: number): boolean {
    return this.entries[dag]![task]!.special.length === 0;
  }
}

function entryOf(dag: DagSpec, task: TaskSpec, rules: BehaviourRules): Entry {
  const asked = rules.rules.filter(
    (rule) =>
      (rule.dag_id === undefined || rule.dag_id === dag.dag_id) &&
      (rule.task_id === undefined || rule.task_id === task.task_id),
  );
  const mine = [...byIndex(task), ...asked];
  const special = (rule: BehaviourRule): boolean =>
    rule.map_index !== undefined || rule.run_id !== undefined;
  // A general rule that stands behind a special one must win over it, so it is kept with them.
  const first = mine.findIndex(special);
  const plain = first < 0 ? mine : mine.slice(0, first);
  return {
    common: plain.reduce(withRule, fromFile(task, rules)),
    special: first < 0 ? [] : mine.slice(first),
    made: new Map(),
  };
}

/** What the file says of single indexes of a mapped task, as rules before the person's. */
function byIndex(task: TaskSpec): BehaviourRule[] {
  const ends = task.behaviour?.outcomes_by_index ?? [];
  return ends.map((end, map_index) => ({ map_index, outcomes: [end] }));
}

/** Ends per try as the file says them, [] when it does not. */
function endsOf(spec: BehaviourSpec | undefined): readonly TaskOutcome[] {
  return spec?.outcomes ?? (spec?.outcome === undefined ? [] : [spec.outcome]);
}

function fits(rule: BehaviourRule, runId: string, mapIndex: number): boolean {
  return (
    (rule.run_id === undefined || rule.run_id === runId) &&
    (rule.map_index === undefined || rule.map_index === mapIndex)
  );
}

/** Kind and file: what is known before any rule. */
function fromFile(task: TaskSpec, rules: BehaviourRules): TaskBehaviour {
  const kind = task.behaviour?.kind ?? kindByShape(task);
  const spec: Partial<BehaviourSpec> = task.behaviour ?? {};
  const {
    branch = null,
    condition = true,
    target = null,
    ignore_downstream_trigger_rules: ignoresRules = true,
    end_from_trigger: endsInTrigger = false,
    hitl = null,
    raises = ANY_EXCEPTION,
  } = spec;
  return {
    kind,
    duration: samplerOf(spec.duration_s ?? rules.by_kind[kind] ?? DEFAULT_DURATIONS_S[kind]),
    outcomes: endsOf(task.behaviour),
    failureChance: 0,
    never: false,
    branch,
    condition,
    returnsLength: spec.returns_length ?? -1,
    target,
    ignoresRules,
    endsInTrigger,
    hitl,
    raises,
    callback: 0,
    answerAfter: Infinity,
    answer: [],
    cpu: 0,
    memory: 0,
  };
}

/** A DAG that was not read from Python says only what the structure shows. */
function kindByShape(task: TaskSpec): BehaviourKind {
  if (task.sensor !== null) return 'sensor';
  if (task.is_empty) return 'empty';
  return 'unknown';
}

function withRule(base: TaskBehaviour, rule: BehaviourRule): TaskBehaviour {
  const condition = rule.condition_after_s;
  const duration: DistributionSpec | undefined = condition ?? rule.duration;
  return {
    ...base,
    duration: duration === undefined ? base.duration : samplerOf(duration),
    never: condition === undefined ? base.never : condition === null,
    outcomes: rule.outcomes ?? base.outcomes,
    failureChance: rule.failure_chance ?? base.failureChance,
    branch: rule.branch ?? base.branch,
    condition: rule.condition ?? base.condition,
    returnsLength: rule.returns_length ?? base.returnsLength,
    raises: rule.raises ?? base.raises,
    callback: Math.round((rule.callback_s ?? base.callback / 1_000_000) * 1_000_000),
    answer: rule.answer ?? base.answer,
    answerAfter: answerAfter(base, rule),
    cpu: rule.cpu ?? base.cpu,
    memory: rule.memory_mb ?? base.memory,
  };
}

/** A rule that gives an answer gives it at once unless it says when. */
function answerAfter(base: TaskBehaviour, rule: BehaviourRule): number {
  if (rule.answer_after_s !== undefined) return Math.round(rule.answer_after_s * 1_000_000);
  return rule.answer === undefined ? base.answerAfter : 0;
}
