/** Tasks of the plan: rows put together by compilePlan.ts, packed into columns. */
import type { Profile } from '../profile/index.ts';
import { backoffFactor, effectiveRule, triggerRuleCode } from '../rules/index.ts';
import type { TaskSpec } from '../spec.ts';
import { packLists, reversed } from './csr.ts';
import { countsUpstream, decidingStates } from './lookOn.ts';
import type { LengthExpression } from './mapping.ts';
import type { TaskPlan } from './plan.ts';
import { TASK } from './taskFlags.ts';

/** One task before it is packed into columns; neighbours by global number. */
export interface TaskRow {
  readonly spec: TaskSpec;
  readonly dag: number;
  readonly version: number;
  readonly position: number;
  /** The version's own row of the task: itself, or that whose kept fields this one has. */
  readonly own: number;
  readonly stored: number;
  readonly executor: string | null;
  readonly key: number;
  readonly pool: number;
  readonly poolSlots: number;
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

/** The rows of all versions, in the order of their numbers, as columns. */
export function packTasks(profile: Profile, rows: TaskRow[]): TaskPlan {
  linkFlags(rows);
  const counter = countersOf(rows);
  markCounted(rows, counter);
  const ints = (pick: (row: TaskRow) => number): Int32Array =>
    filled(new Int32Array(rows.length), rows, pick);
  const doubles = (pick: (row: TaskRow) => number): Float64Array =>
    filled(new Float64Array(rows.length), rows, pick);
  const rule = filled(new Uint8Array(rows.length), rows, (row) => ruleOf(profile, row));
  const down = packLists(rows.map((row) => row.down));
  const watchers = watchersOf(rows);
  return {
    count: rows.length,
    dag: ints((row) => row.dag),
    version: ints((row) => row.version),
    stored: ints((row) => row.stored),
    counter,
    executor: rows.map((row) => row.executor),
    position: ints((row) => row.position),
    flags: ints((row) => row.flags),
    idRank: profile.looksByTaskId ? idRanks(rows) : new Int32Array(0),
    rule,
    lookOn: Int32Array.from(rule, decidingStates),
    retries: ints((row) => row.spec.retries),
    pool: ints((row) => row.pool),
    poolSlots: ints((row) => row.poolSlots),
    queue: ints((row) => row.queue),
    weight: doubles((row) => row.weight),
    slot: ints((row) => row.slot),
    mappedSlot: ints((row) => row.mappedSlot),
    retryDelay: doubles((row) => constantDelay(profile, row.spec)),
    maxActivePerDag: ints((row) => row.spec.max_active_tis_per_dag ?? -1),
    maxActivePerRun: ints((row) => row.spec.max_active_tis_per_dagrun ?? -1),
    startDate: doubles((row) => row.startDate),
    endDate: doubles((row) => row.endDate),
    mappedGroup: ints((row) => row.mappedGroup),
    key: ints((row) => row.key),
    up: packLists(rows.map((row) => row.up)),
    down,
    setups: packLists(rows.map((row) => row.setups)),
    scope: packLists(rows.map((row) => row.scope)),
    watchers: packLists(watchers),
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

/** Who looks at each task; a row with kept fields is looked at as the version's own. */
function watchersOf(rows: readonly TaskRow[]): number[][] {
  const watched = rows.map((row, i) =>
    row.own === i ? [...row.setups, ...row.scope, ...row.mapSources] : [],
  );
  const watchers = reversed(watched, rows.length);
  return rows.map((row) => watchers[row.own]!);
}

/** A row under a version without the limit counts for one under a version that has it. */
function markCounted(rows: readonly TaskRow[], counter: Int32Array): void {
  const counted = new Set<number>();
  rows.forEach((row, i) => {
    if ((row.flags & TASK.hasTaskLimit) !== 0) counted.add(counter[i]!);
  });
  if (counted.size === 0) return;
  rows.forEach((row, i) => {
    if (counted.has(counter[i]!)) row.flags |= TASK.countsActive;
  });
}

/** max_active_tis_per_dag counts a task id over all versions: the first row that has it. */
function countersOf(rows: readonly TaskRow[]): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(rows, (row, i) => {
    if ((row.flags & TASK.hasVersions) === 0) return i;
    const name = `${row.dag}\u0000${row.spec.task_id}`;
    const known = first.get(name) ?? i;
    first.set(name, known);
    return known;
  });
}

function constantDelay(profile: Profile, task: TaskSpec): number {
  const factor = backoffFactor(profile, task.retry_exponential_backoff);
  return factor === null ? Math.round(task.retry_delay_s * 1_000_000) : -1;
}

function ruleOf(profile: Profile, row: TaskRow): number {
  const code = triggerRuleCode(profile, row.spec.trigger_rule);
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
  for (const row of rows) row.flags |= rows[row.own]!.flags;
  for (const row of rows) {
    // The count holds for rows of one version only.
    const single = (row.flags & TASK.hasVersions) === 0;
    const counts = single && countsUpstream(row, (up) => rows[up]!.flags);
    if (counts) row.flags |= TASK.countsUpstream;
  }
}

/** By version, then by task id as the database orders texts. */
function idRanks(rows: readonly TaskRow[]): Int32Array {
  const before = (a: TaskRow, b: TaskRow): number =>
    a.version - b.version || (a.spec.task_id < b.spec.task_id ? -1 : 1);
  const order = rows.map((_, i) => i).sort((a, b) => before(rows[a]!, rows[b]!));
  const ranks = new Int32Array(rows.length);
  for (let place = 0; place < order.length; place++) ranks[order[place]!] = place;
  return ranks;
}
