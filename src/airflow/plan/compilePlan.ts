/** DagSpecs -> Plan. */
import { keyOf } from '../../kernel/index.ts';
import { isoToMicros } from '../dates.ts';
import {
  backoffFactor,
  effectiveRule,
  ownWeight,
  priorityWeights,
  relevantSetups,
  teardownScope,
  triggerRuleCode,
  WEIGHT_RULES,
  type WeightRule,
} from '../rules/index.ts';
import type { DagSpec, TaskSpec } from '../spec.ts';
import { restrictionOf, type Dates } from '../timetables/index.ts';
import { Below } from './below.ts';
import { packLists, reversed } from './csr.ts';
import { compileAssets } from './assetPlan.ts';
import { leavesOf, type DagPlan, type LocalGraph } from './dagPlan.ts';
import { lengthOfExpand, sourcesOf, type LengthExpression } from './mapping.ts';
import { countsUpstream, decidingStates } from './lookOn.ts';
import { compileGroups } from './mappedGroups.ts';
import type { Plan, PlanInput, TaskPlan } from './plan.ts';
import { slotOrder, type SlotOrder } from './slots.ts';
import { flagsOfSpec, TASK } from './taskFlags.ts';
import { partitionPlanOf } from './partitionPlan.ts';
import { timetableOfSpec } from './timetableOfSpec.ts';

export const DEFAULT_POOL = 'default_pool';

/** The specs must be valid (parseSpec.ts): ids unique, edges known, no cycles. */
export function compilePlan(input: PlanInput): Plan {
  const builder = newBuilder(input);
  input.dags.forEach((spec, index) => addDag(builder, spec, index));
  const later = input.later ?? [];
  later.forEach(({ dag, spec }) => addDag(builder, spec, dag));
  const { versions, taskIds } = builder;
  const dags = versions.slice(0, input.dags.length);
  return {
    version: input.profile.version,
    profile: input.profile,
    origin: input.origin,
    dags,
    versions,
    slaDags: input.profile.hasSla ? slaDagsOf(input.dags) : [],
    dagIndex: new Map(dags.map((dag) => [dag.dagId, dag.index])),
    taskIds,
    tasks: packTasks(builder),
    poolNames: builder.pools.names,
    queueNames: builder.queues.names,
    ...compileAssets([...input.dags, ...later.map(({ spec }) => spec)]),
  };
}

function slaDagsOf(dags: readonly DagSpec[]): number[] {
  return dags.flatMap(({ schedule, tasks }, i) =>
    schedule.periodic && tasks.some((task) => typeof task.sla_s === 'number') ? [i] : [],
  );
}

interface Builder {
  readonly input: PlanInput;
  readonly versions: DagPlan[];
  readonly taskIds: string[];
  readonly rows: TaskRow[];
  readonly pools: Interner;
  readonly queues: Interner;
}

/** One task before it is packed into columns; neighbours by global number. */
interface TaskRow {
  readonly spec: TaskSpec;
  readonly dag: number;
  readonly version: number;
  readonly position: number;
  readonly key: number;
  readonly pool: number;
  readonly queue: number;
  readonly weight: number;
  readonly slot: number;
  readonly mappedSlot: number;
  readonly startDate: number;
  readonly endDate: number;
  readonly mappedGroup: number;
  readonly up: readonly number[];
  readonly down: readonly number[];
  readonly setups: readonly number[];
  readonly scope: readonly number[];
  readonly expand: LengthExpression | undefined;
  readonly mapSources: readonly number[];
  flags: number;
}

interface Interner {
  readonly names: string[];
  readonly put: (name: string) => number;
}

function newBuilder(input: PlanInput): Builder {
  const pools = interner([DEFAULT_POOL, ...input.pools]);
  return { input, versions: [], taskIds: [], rows: [], pools, queues: interner(['default']) };
}

function interner(first: readonly string[]): Interner {
  const names = [...new Set(first)];
  const numbers = new Map(names.map((name, i) => [name, i]));
  return {
    names,
    put(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}

function addDag(builder: Builder, spec: DagSpec, index: number): void {
  const firstTask = builder.taskIds.length;
  const positions = new Map(spec.tasks.map((task, i) => [task.task_id, i]));
  const local = (id: string): number => positions.get(id) ?? -1;
  const graph = graphOf(spec, local);
  const flags = spec.tasks.map((task) => flagsOfSpec(task, builder.input.profile));
  const groups = compileGroups(spec, (id) => firstTask + local(id));
  const weights = weightsOf(builder.input, spec, graph);
  const order = slotOrder(
    weights.map((weight) => weight | 0),
    flags.map((bits, i) => (bits & TASK.isMapped) !== 0 || groups.ofTask[i]!.innermost >= 0),
  );
  const isSetup = spec.tasks.map((task) => task.is_setup);
  const setupGraph = { ...graph, isSetup, isTeardown: spec.tasks.map((task) => task.is_teardown) };
  const hasSetups = isSetup.includes(true);
  const dates = datesOf(spec);
  const { ofDag } = dates;
  const { origin } = builder.input;
  spec.tasks.forEach((task, position) => {
    const expand = task.expand
      ? lengthOfExpand(task.expand, (id) => firstTask + local(id))
      : undefined;
    const global = (list: readonly number[]): number[] => list.map((i) => firstTask + i);
    const group = groups.ofTask[position]!;
    const ofTask = dates.ofTasks[position]!;
    builder.taskIds.push(task.task_id);
    builder.rows.push({
      spec: task,
      dag: index,
      version: builder.versions.length,
      position,
      key: keyOf(`${spec.dag_id}\u0000${task.task_id}`),
      pool: builder.pools.put(task.pool),
      queue: builder.queues.put(task.queue),
      weight: weights[position]!,
      slot: order.slot[position]!,
      mappedSlot: order.mappedSlot[position]!,
      startDate: Math.max(ofDag.start ?? -Infinity, ofTask.start ?? -Infinity) - origin,
      endDate: Math.min(ofDag.end ?? Infinity, ofTask.end ?? Infinity) - origin,
      mappedGroup: group.innermost,
      up: global(graph.upstream[position]!),
      down: global(graph.downstream[position]!),
      setups: task.is_teardown || !hasSetups ? [] : global(relevantSetups(setupGraph, position)),
      scope: task.is_teardown && hasSetups ? global(teardownScope(setupGraph, position)) : [],
      expand,
      mapSources: [...new Set([...(expand ? sourcesOf(expand) : []), ...group.sources])],
      flags: flags[position]! | group.flags,
    });
  });
  builder.versions.push(
    dagPlanOf(builder, spec, index, firstTask, graph, flags, order, groups.plans, dates),
  );
}

function graphOf(spec: DagSpec, local: (id: string) => number): LocalGraph {
  const upstream = spec.tasks.map((task) =>
    task.upstream_task_ids.map(local).sort((a, b) => a - b),
  );
  return { upstream, downstream: reversed(upstream, upstream.length) };
}

function weightsOf(input: PlanInput, spec: DagSpec, graph: LocalGraph): number[] {
  return priorityWeights(
    spec.tasks.map((task, i) => ({
      priority_weight: ownWeight(input.profile, task.priority_weight, task.is_mapped),
      weight_rule: isWeightRule(task.weight_rule) ? task.weight_rule : 'absolute',
      upstream: graph.upstream[i]!,
      downstream: graph.downstream[i]!,
    })),
  );
}

/** Strategies of one's own cannot be computed: the task keeps its own weight. */
function isWeightRule(name: string): name is WeightRule {
  return (WEIGHT_RULES as readonly string[]).includes(name);
}

function dagPlanOf(
  builder: Builder,
  spec: DagSpec,
  index: number,
  firstTask: number,
  graph: LocalGraph,
  flags: readonly number[],
  order: SlotOrder,
  mappedGroups: DagPlan['mappedGroups'],
  dates: DagDates,
): DagPlan {
  const global = (list: readonly number[]): Int32Array =>
    Int32Array.from(list, (i) => firstTask + i);
  const { origin } = builder.input;
  return {
    index,
    version: builder.versions.length,
    dagId: spec.dag_id,
    spec,
    firstTask,
    taskCount: spec.tasks.length,
    maxActiveRuns: spec.max_active_runs,
    maxActiveTasks: spec.max_active_tasks,
    maxConsecutiveFailedRuns: spec.max_consecutive_failed_dag_runs,
    dagrunTimeout: spec.dagrun_timeout_s === null ? Infinity : spec.dagrun_timeout_s * 1_000_000,
    failFast: spec.fail_fast,
    catchup: spec.catchup,
    leaves: global(leavesOf(graph, flags)),
    teardowns: global(flags.flatMap((bits, i) => ((bits & TASK.isTeardown) !== 0 ? [i] : []))),
    dependsOnPast: flags.some((bits) => (bits & TASK.dependsOnPast) !== 0),
    hasTaskLimits: flags.some((bits) => (bits & TASK.hasTaskLimit) !== 0),
    slots: order.positionOf,
    slotWeights: order.weightOf,
    mappedGroups,
    startDate: (dates.ofDag.start ?? -Infinity) - origin,
    endDate: (dates.ofDag.end ?? Infinity) - origin,
    assetCondition: spec.schedule.asset_condition,
    partitions: partitionPlanOf(spec.schedule),
    timetable: timetableOfSpec(spec.schedule) ?? { kind: 'null' },
    restriction: restrictionOf(dates.ofDag, dates.ofTasks, spec.catchup),
  };
}

interface DagDates {
  readonly ofDag: Dates;
  /** By position. */
  readonly ofTasks: readonly Dates[];
}

/** Most tasks carry their DAG's dates, so each text is read once. */
function datesOf(spec: DagSpec): DagDates {
  const read = new Map<string | null, number | null>([[null, null]]);
  const at = (text: string | null): number | null => {
    let micros = read.get(text);
    if (micros === undefined) read.set(text, (micros = text === null ? null : isoToMicros(text)));
    return micros;
  };
  const both = (of: DagSpec | TaskSpec): Dates => ({
    start: at(of.start_date),
    end: at(of.end_date),
  });
  return { ofDag: both(spec), ofTasks: spec.tasks.map(both) };
}

function packTasks(builder: Builder): TaskPlan {
  const { rows } = builder;
  linkFlags(rows);
  const ints = (pick: (row: TaskRow) => number): Int32Array =>
    filled(new Int32Array(rows.length), rows, pick);
  const doubles = (pick: (row: TaskRow) => number): Float64Array =>
    filled(new Float64Array(rows.length), rows, pick);
  const rule = filled(new Uint8Array(rows.length), rows, (row) => ruleOf(builder.input, row));
  const down = packLists(rows.map((row) => row.down));
  const watched = rows.map((row) => [...row.setups, ...row.scope, ...row.mapSources]);
  return {
    count: rows.length,
    dag: ints((row) => row.dag),
    version: ints((row) => row.version),
    position: ints((row) => row.position),
    flags: ints((row) => row.flags),
    rule,
    lookOn: Int32Array.from(rule, decidingStates),
    retries: ints((row) => row.spec.retries),
    pool: ints((row) => row.pool),
    poolSlots: ints((row) => row.spec.pool_slots),
    queue: ints((row) => row.queue),
    weight: doubles((row) => row.weight),
    slot: ints((row) => row.slot),
    mappedSlot: ints((row) => row.mappedSlot),
    retryDelay: doubles((row) => constantDelay(builder.input, row.spec)),
    maxActivePerDag: ints((row) => row.spec.max_active_tis_per_dag ?? -1),
    maxActivePerRun: ints((row) => row.spec.max_active_tis_per_dagrun ?? -1),
    startDate: doubles((row) => row.startDate),
    endDate: doubles((row) => row.endDate),
    mappedGroup: ints((row) => row.mappedGroup),
    key: ints((row) => row.key),
    up: packLists(rows.map((row) => row.up)),
    down,
    below: new Below(down),
    setups: packLists(rows.map((row) => row.setups)),
    scope: packLists(rows.map((row) => row.scope)),
    watchers: packLists(reversed(watched, rows.length)),
    expand: rows.map((row) => row.expand),
    mapSources: packLists(rows.map((row) => row.mapSources)),
  };
}

/** What `from(rows, pick)` of a typed array gives, without its iterator: plans are made often. */
function filled<T extends Int32Array | Float64Array | Uint8Array>(
  column: T,
  rows: readonly TaskRow[],
  pick: (row: TaskRow) => number,
): T {
  rows.forEach((row, i) => (column[i] = pick(row)));
  return column;
}

function constantDelay(input: PlanInput, task: TaskSpec): number {
  const factor = backoffFactor(input.profile, task.retry_exponential_backoff);
  return factor === null ? Math.round(task.retry_delay_s * 1_000_000) : -1;
}

function ruleOf(input: PlanInput, row: TaskRow): number {
  const code = triggerRuleCode(input.profile, row.spec.trigger_rule);
  return effectiveRule(code, row.spec.is_mapped);
}

/** Bits that depend on the neighbours. */
function linkFlags(rows: readonly TaskRow[]): void {
  for (const row of rows) {
    for (const up of row.up) {
      if (rows[up]!.flags & TASK.skipsDownstream) row.flags |= TASK.afterSkipper;
      if (rows[up]!.flags & TASK.waitForDownstream) row.flags |= TASK.watchedByNextRun;
    }
    for (const source of row.mapSources) rows[source]!.flags |= TASK.isMapSource;
  }
  for (const row of rows) {
    if (countsUpstream(row, (up) => rows[up]!.flags)) row.flags |= TASK.countsUpstream;
  }
}
