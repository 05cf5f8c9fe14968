/** Trigger Rule: gathers the counters for rules/triggerRule.ts from the tables (semantics 3). */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { type Csr, dagOfTask, TASK } from '../plan/index.ts';
import { NONE } from '../rows.ts';
import {
  emptyCounts,
  evaluateTriggerRule,
  newVerdict,
  relevantIndexes,
  resetCounts,
  RULE,
  type TriggerRuleQuery,
  type TriggerRuleVerdict,
  type UpstreamCounts,
} from '../rules/index.ts';
import { FINISHED, isIn } from '../taskInstance/states.ts';
import { entryOf } from '../world/lookup.ts';
import { groupLength, wantedLength } from '../world/lengths.ts';
import type { Gate } from './gate.ts';
import { put } from './gate.ts';

const query: TriggerRuleQuery = {
  rule: 0,
  mapIndex: NONE,
  isTeardown: false,
  flagUpstreamFailed: true,
  holdSkips: false,
  direct: emptyCounts(),
  setups: emptyCounts(),
  scopeUpstream: 0,
  scopeDone: 0,
};
const scope = emptyCounts();
const verdict = newVerdict();
const range = { all: true, from: 0, to: 0 };
const relevance = {
  rule: 0,
  mapIndex: NONE,
  directlyInMappedGroup: false,
  isExpansionSource: false,
  ownCount: 0,
  ancestorCount: NONE,
  isFurtherMapped: false,
};

/**
 * The answer lives until the next call. `early` false: a mere check, no state is asked for. The
 * states read are those of the tables: the caller must not write marks while it still looks.
 */
export function checkTriggerRule(
  ctx: EngineContext,
  ti: number,
  early: boolean,
  gate: Gate,
): TriggerRuleVerdict {
  const { taskInstances: tis } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const flags = tasks.flags[task]!;
  query.rule = tasks.rule[task]!;
  query.mapIndex = tis.map_index[ti]!;
  query.isTeardown = (flags & TASK.isTeardown) !== 0;
  query.flagUpstreamFailed = early;
  gather(ctx, ti, task, flags);
  evaluateTriggerRule(ctx.profile, query, verdict);
  explain(gate);
  return verdict;
}

function gather(ctx: EngineContext, ti: number, task: number, flags: number): void {
  const { up, setups, scope: between } = ctx.plan.tasks;
  resetCounts(query.direct);
  resetCounts(query.setups);
  resetCounts(scope);
  const from = up.from[task]!;
  const end = up.from[task + 1]!;
  query.direct.tasks = end - from;
  let mapped = false;
  for (let i = from; i < end; i++) {
    if (countTask(ctx, ti, up.to[i]!, query.direct)) mapped = true;
  }
  if (!mapped) query.direct.upstream = end - from;
  countAll(ctx, ti, setups, task, query.setups);
  if ((flags & TASK.isTeardown) !== 0) countAll(ctx, ti, between, task, scope);
  query.scopeUpstream = scope.upstream;
  query.scopeDone = scope.done;
}

function countAll(ctx: EngineContext, ti: number, of: Csr, task: number, to: UpstreamCounts): void {
  for (let i = of.from[task]!; i < of.from[task + 1]!; i++) countTask(ctx, ti, of.to[i]!, to);
}

/** Adds the relevant task instances of one upstream; true when rows count instead of tasks. */
function countTask(ctx: EngineContext, ti: number, up: number, to: UpstreamCounts): boolean {
  const { taskInstances: tis } = ctx.world;
  const { flags } = ctx.plan.tasks;
  const isSetup = (flags[up]! & TASK.isSetup) !== 0;
  const entry = entryOf(ctx, tis.dag_run[ti]!, up);
  if (entry >= 0) countTi(ctx, entry, isSetup, to);
  else if (entry !== NONE) countMapping(ctx, ti, up, -2 - entry, isSetup, to);
  return (flags[up]! & (TASK.isMapped | TASK.inMappedGroup)) !== 0;
}

function countMapping(
  ctx: EngineContext,
  ti: number,
  up: number,
  mapping: number,
  isSetup: boolean,
  to: UpstreamCounts,
): void {
  const { mappings, mappedTis } = ctx.world;
  const count = mappings.count[mapping]!;
  findRange(ctx, ti, up);
  if (range.all) return countWhole(ctx, mapping, isSetup, to);
  const first = mappings.first[mapping]!;
  for (let i = Math.max(0, range.from); i < Math.min(count, range.to); i++) {
    countTi(ctx, mappedTis.ti[first + i]!, isSetup, to);
  }
}

function findRange(ctx: EngineContext, ti: number, up: number): void {
  const { taskInstances: tis } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  range.all = true;
  if ((tasks.flags[task]! & TASK.inMappedGroup) === 0) return;
  const run = tis.dag_run[ti]!;
  const group = commonGroup(ctx, task, up);
  const ancestor = group < 0 ? NONE : groupLength(ctx, run, task, group);
  relevance.rule = query.rule;
  relevance.mapIndex = tis.map_index[ti]!;
  relevance.directlyInMappedGroup = (tasks.flags[task]! & TASK.directlyInMappedGroup) !== 0;
  relevance.isExpansionSource = isSource(ctx, task, up);
  relevance.ownCount = Math.max(0, wantedLength(ctx, run, task));
  relevance.ancestorCount = ancestor;
  relevance.isFurtherMapped =
    (tasks.flags[up]! & TASK.isMapped) !== 0 || tasks.mappedGroup[up] !== group;
  relevantIndexes(ctx.profile, relevance, range);
}

/** Innermost mapped group that holds both tasks, -1 for none. */
function commonGroup(ctx: EngineContext, task: number, up: number): number {
  const { tasks } = ctx.plan;
  const groups = dagOfTask(ctx.plan, task).mappedGroups;
  for (let mine = tasks.mappedGroup[task]!; mine >= 0; mine = groups[mine]!.parent) {
    for (let its = tasks.mappedGroup[up]!; its >= 0; its = groups[its]!.parent) {
      if (mine === its) return mine;
    }
  }
  return NONE;
}

function isSource(ctx: EngineContext, task: number, up: number): boolean {
  const { mapSources } = ctx.plan.tasks;
  for (let i = mapSources.from[task]!; i < mapSources.from[task + 1]!; i++) {
    if (mapSources.to[i] === up) return true;
  }
  return false;
}

/** All indexes of a mapping, from its counters. */
function countWhole(
  ctx: EngineContext,
  mapping: number,
  isSetup: boolean,
  to: UpstreamCounts,
): void {
  const { mappings } = ctx.world;
  const success = mappings.success[mapping]!;
  const skipped = mappings.skipped[mapping]!;
  const failed = mappings.failed[mapping]!;
  const upstreamFailed = mappings.upstream_failed[mapping]!;
  const removed = mappings.removed[mapping]!;
  const count = mappings.count[mapping]!;
  to.upstream += count;
  to.success += success;
  to.skipped += skipped;
  to.failed += failed;
  to.upstreamFailed += upstreamFailed;
  to.removed += removed;
  const done = success + skipped + failed + upstreamFailed + removed;
  to.done += done;
  if (!isSetup) return;
  to.setups += count;
  to.setupSuccess += success;
  to.setupSkipped += skipped;
}

function countTi(ctx: EngineContext, ti: number, isSetup: boolean, to: UpstreamCounts): void {
  const state = ctx.world.taskInstances.state[ti]!;
  to.upstream += 1;
  if (isSetup) to.setups += 1;
  if (!isIn(FINISHED, state)) return;
  to.done += 1;
  if (state === TI.success) {
    to.success += 1;
    if (isSetup) to.setupSuccess += 1;
  } else if (state === TI.skipped) {
    to.skipped += 1;
    if (isSetup) to.setupSkipped += 1;
  } else if (state === TI.failed) to.failed += 1;
  else if (state === TI.upstream_failed) to.upstreamFailed += 1;
  else to.removed += 1;
}

function explain(gate: Gate): void {
  const held = verdict.setup.why !== 0 ? verdict.setup : verdict.rule;
  const code = verdict.setup.why !== 0 ? 'setup_wait' : 'upstream_wait';
  const pass = query.rule === RULE.always || verdict.passes;
  put(gate, pass, code, 'trigger_rule', held.actual, held.needed);
}
