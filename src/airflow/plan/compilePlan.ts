/** DagSpecs -> Plan. */
import { keyOf } from '../../kernel/index.ts';
import { isoToMicros } from '../dates.ts';
import {
  ownWeight,
  priorityWeights,
  relevantSetups,
  teardownScope,
  WEIGHT_RULES,
  type WeightRule,
} from '../rules/index.ts';
import type { DagSpec, TaskSpec } from '../spec.ts';
import { restrictionOf, type Dates } from '../timetables/index.ts';
import { packTasks, type TaskRow } from './packTasks.ts';
import { reversed } from './csr.ts';
import { compileAssets } from './assetPlan.ts';
import { leavesOf, type DagPlan, type LocalGraph } from './dagPlan.ts';
import { lengthOfExpand, sourcesOf } from './mapping.ts';
import { compileGroups } from './mappedGroups.ts';
import type { Plan, PlanInput } from './plan.ts';
import { slotOrder, type SlotOrder } from './slots.ts';
import {
  keptFields,
  storedBook,
  storedFields,
  storedKey,
  type KeptFields,
  type StoredBook,
  type StoredFields,
} from './stored.ts';
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
    git: input.git === true,
    slaDags: input.profile.hasSla ? slaDagsOf(input.dags) : [],
    dagIndex: new Map(dags.map((dag) => [dag.dagId, dag.index])),
    taskIds,
    tasks: packTasks(input.profile, builder.rows),
    poolNames: builder.pools.names,
    queueNames: builder.queues.names,
    ...compileAssets(
      versions.map(({ spec }) => spec),
      builder.rows.map(({ spec }) => spec),
    ),
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
  /** Fields that rows keep, each combination once. */
  readonly stored: Interner;
  /** Of DAGs with several versions, by number of the DAG. */
  readonly kept: ReadonlyMap<number, StoredBook>;
}

interface Interner {
  readonly names: string[];
  readonly put: (name: string) => number;
}

function newBuilder(input: PlanInput): Builder {
  const pools = interner([DEFAULT_POOL, ...input.pools]);
  const lists = { versions: [], taskIds: [], rows: [] };
  const kept = keptBooks(input);
  return { input, ...lists, pools, queues: interner(['default']), stored: interner([]), kept };
}

function keptBooks(input: PlanInput): ReadonlyMap<number, StoredBook> {
  const { dags, later = [] } = input;
  const books = new Map<number, StoredBook>();
  for (const { dag } of later) {
    const versions = [dags[dag]!, ...later.filter((each) => each.dag === dag).map((e) => e.spec)];
    books.set(
      dag,
      storedBook(versions, (spec) => weightsOf(input, spec, graphOf(spec))),
    );
  }
  return books;
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
  const graph = graphOf(spec);
  const flags = spec.tasks.map((task) => flagsOfSpec(task, builder.input.profile));
  const groups = compileGroups(spec, (id) => firstTask + local(id));
  const weights = weightsOf(builder.input, spec, graph);
  const book = builder.kept.get(index);
  const kept = keptFields(book, spec, weights);
  const mapped = flags.map(
    (bits, i) => (bits & TASK.isMapped) !== 0 || groups.ofTask[i]!.innermost >= 0,
  );
  const order = orderOf(weights, mapped, kept, book !== undefined);
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
      own: firstTask + position,
      stored: book ? storedIn(builder, storedFields(task, weights[position]!)) : 0,
      executor: task.executor,
      key: keyOf(`${spec.dag_id}\u0000${task.task_id}`),
      pool: builder.pools.put(task.pool),
      poolSlots: task.pool_slots,
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
      flags: flags[position]! | group.flags | (book ? TASK.hasVersions : 0),
    });
  });
  addKeptRows(builder, firstTask, kept, order);
  builder.versions.push(
    dagPlanOf(builder, spec, index, firstTask, graph, flags, order, groups.plans, dates),
  );
}

/** The version's rows again, with the fields that other versions have stored. */
function addKeptRows(
  builder: Builder,
  firstTask: number,
  kept: readonly KeptFields[],
  order: SlotOrder,
): void {
  const place = builder.taskIds.length - firstTask;
  kept.forEach(({ position, fields }, i) => {
    const own = builder.rows[firstTask + position]!;
    builder.taskIds.push(own.spec.task_id);
    builder.rows.push({
      ...own,
      stored: storedIn(builder, fields),
      executor: fields.executor,
      pool: builder.pools.put(fields.pool),
      poolSlots: fields.poolSlots,
      queue: builder.queues.put(fields.queue),
      weight: fields.weight,
      slot: order.slot[place + i]!,
      mappedSlot: order.mappedSlot[place + i]!,
    });
  });
}

/** The order of the critical section over the version's tasks, then over the rows with kept fields. */
function orderOf(
  weights: readonly number[],
  mapped: readonly boolean[],
  kept: readonly KeptFields[],
  several: boolean,
): SlotOrder {
  return slotOrder(
    [...weights, ...kept.map(({ fields }) => fields.weight)].map((weight) => weight | 0),
    // Another version may have mapped it.
    several ? [...weights, ...kept].map(() => true) : mapped,
    [...weights.keys(), ...kept.map(({ position }) => position)],
  );
}

function storedIn(builder: Builder, fields: StoredFields): number {
  return builder.stored.put(storedKey(fields));
}

function graphOf(spec: DagSpec): LocalGraph {
  const positions = new Map(spec.tasks.map((task, i) => [task.task_id, i]));
  const upstream = spec.tasks.map((task) =>
    task.upstream_task_ids.map((id) => positions.get(id) ?? -1).sort((a, b) => a - b),
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
    pinsRuns: builder.input.pinsRuns === true && spec.disable_bundle_versioning !== true,
    leaves: global(leavesOf(graph, flags)),
    teardowns: global(flags.flatMap((bits, i) => ((bits & TASK.isTeardown) !== 0 ? [i] : []))),
    looksByTaskId: builder.input.profile.looksByTaskId && orderCanMatter(spec, flags),
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

/** Only mapped tasks see what a pass has written; the order of rows is that of the file. */
function orderCanMatter(spec: DagSpec, flags: readonly number[]): boolean {
  if (!flags.some((bits) => (bits & (TASK.isMapped | TASK.inMappedGroup)) !== 0)) return false;
  return spec.tasks.some((task, i) => i > 0 && task.task_id < spec.tasks[i - 1]!.task_id);
}
