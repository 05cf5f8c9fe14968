/** Set `trigger-rules`: one look of a task instance at its upstreams. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  countUpstream,
  EARLY,
  EARLY_STATES,
  effectiveRule,
  emptyCounts,
  evaluateTriggerRule,
  newVerdict,
  relevantIndexes,
  relevantSetups,
  type TaskGraph,
  teardownScope,
  triggerRuleCode,
  type UpstreamCounts,
} from '../../airflow/rules/index.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';

interface Upstream {
  task_id: string;
  map_index: number;
  state: string | null;
  is_setup: boolean;
  direct: boolean;
}

interface Given {
  trigger_rule: string;
  upstream: Upstream[];
  task: { map_index: number; is_teardown: boolean };
  flag_upstream_failed: boolean;
  edges?: Record<string, string[]>;
  teardowns?: string[];
  group?: { group_id: string; length: number | null; source: string | null };
  wait_for_past_depends_before_skipping?: boolean;
  past_depends_met?: boolean;
}

export function check(oracle: OracleCase): Verdict {
  const given = oracle.given as Given;
  const profile = profileOf(oracle.airflow);
  const graph = graphOf(given);
  const verdict = newVerdict();
  const rule = ruleOf(profile, given);
  const between = graph.named(teardownScope(graph, graph.looking));
  evaluateTriggerRule(
    profile,
    {
      rule,
      mapIndex: given.task.map_index,
      isTeardown: given.task.is_teardown,
      flagUpstreamFailed: given.flag_upstream_failed,
      holdSkips: given.wait_for_past_depends_before_skipping === true && !given.past_depends_met,
      direct: directCounts(profile, rule, given),
      setups: countsOf(given, graph.named(relevantSetups(graph, graph.looking))),
      scopeUpstream: countsOf(given, between).upstream,
      scopeDone: countsOf(given, between).done,
    },
    verdict,
  );
  return judge(oracle.expect, answer(verdict.passes, verdict.earlyState));
}

function answer(passes: boolean, earlyState: number): object {
  if (earlyState !== EARLY.none) {
    return { decision: 'set_state', new_state: EARLY_STATES[earlyState], passes };
  }
  return { decision: passes ? 'ready' : 'wait', new_state: null, passes };
}

/** A task with a map index outside a mapped group is a mapped operator. */
function ruleOf(profile: Profile, given: Given): number {
  const isMapped = given.task.map_index >= 0 && given.group === undefined;
  return effectiveRule(triggerRuleCode(profile, given.trigger_rule), isMapped);
}

function directCounts(profile: Profile, rule: number, given: Given): UpstreamCounts {
  const counts = emptyCounts();
  const direct = given.upstream.filter((up) => up.direct);
  counts.tasks = new Set(direct.map((up) => up.task_id)).size;
  for (const up of direct) {
    if (isRelevant(profile, rule, given, up)) countUpstream(counts, up.state, up.is_setup);
  }
  return counts;
}

function isRelevant(profile: Profile, rule: number, given: Given, up: Upstream): boolean {
  if (given.group === undefined || up.map_index < 0) return true;
  const range = { all: true, from: 0, to: 0 };
  const length = given.group.length ?? 0;
  const query = {
    rule,
    mapIndex: given.task.map_index,
    directlyInMappedGroup: true,
    isExpansionSource: up.task_id === given.group.source,
    ownCount: length,
    ancestorCount: up.task_id.startsWith(`${given.group.group_id}.`) ? length : -1,
    isFurtherMapped: false,
  };
  relevantIndexes(profile, query, range);
  return range.all || (up.map_index >= range.from && up.map_index < range.to);
}

function countsOf(given: Given, tasks: ReadonlySet<string>): UpstreamCounts {
  const counts = emptyCounts();
  for (const up of given.upstream) {
    if (tasks.has(up.task_id)) countUpstream(counts, up.state, up.is_setup);
  }
  return counts;
}

interface NamedGraph extends TaskGraph {
  /** Number of the task that looks. */
  readonly looking: number;
  readonly named: (tasks: readonly number[]) => ReadonlySet<string>;
}

function graphOf(given: Given): NamedGraph {
  const me = given.task.is_teardown && given.edges?.['x'] === undefined ? 't' : 'x';
  const direct = given.upstream.filter((up) => up.direct).map((up) => up.task_id);
  const edges: Record<string, string[]> = given.edges ?? { [me]: [...new Set(direct)] };
  const names = taskNames(given, edges, me);
  const numberOf = (name: string): number => names.indexOf(name);
  const upstream = names.map((name) => (edges[name] ?? []).map(numberOf));
  const setups = new Set(given.upstream.filter((up) => up.is_setup).map((up) => up.task_id));
  const teardowns = new Set(given.teardowns ?? (given.task.is_teardown ? [me] : []));
  return {
    upstream,
    downstream: names.map((_, task) => names.map((__, i) => i).filter(after(upstream, task))),
    isSetup: names.map((name) => setups.has(name)),
    isTeardown: names.map((name) => teardowns.has(name)),
    looking: numberOf(me),
    named: (tasks) => new Set(tasks.map((task) => names[task] ?? '')),
  };
}

function after(upstream: readonly (readonly number[])[], task: number): (i: number) => boolean {
  return (i) => upstream[i]?.includes(task) === true;
}

function taskNames(given: Given, edges: Record<string, string[]>, me: string): string[] {
  const all = [me, ...given.upstream.map((up) => up.task_id)];
  return [...new Set([...all, ...Object.keys(edges), ...Object.values(edges).flat()])];
}
