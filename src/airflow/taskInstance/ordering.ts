/**
 * The order of the critical section (semantics 5.4): scheduled task instances by priority_weight
 * descending, logical_date ascending with NULL last, map_index ascending; Airflow orders no
 * further, we add order of creation of the run, then of the row (22.1).
 *
 * Task instances of one run in one pool form a bucket. Inside it `world.waiting` keeps the order;
 * `world.openBuckets[pool]` keeps the buckets by their heads, but only those whose run may be
 * asked at all (running, DAG not paused, below max_active_tasks). A run at its limit thus costs
 * nothing, however much it has scheduled.
 */
import { DAG_RUN } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME } from '../rows.ts';

/** Map index and a row number in one exact double. */
const ROW_SPAN = 2 ** 31;

/** A task instance became scheduled. */
export function addScheduled(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, buckets, places, waiting } = ctx.world;
  const bucket = bucketOf(ctx, ti);
  const place = places.addRow();
  places.ti[place] = ti;
  places.bucket[place] = bucket;
  waiting.add(place, bucket, -tis.priority_weight[ti]!, indexKey(ctx, ti, ti));
  tis.due[ti] = place;
  buckets.count[bucket]! += 1;
  const head = buckets.head[bucket]!;
  if (head !== NONE && !goesFirst(ctx, ti, head)) return;
  buckets.head[bucket] = ti;
  refreshBucket(ctx, bucket);
}

/** A task instance leaves the state scheduled. */
export function removeScheduled(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, buckets, places, waiting } = ctx.world;
  const place = tis.due[ti]!;
  const bucket = places.bucket[place]!;
  const next = nextInBucket(ctx, ti);
  waiting.remove(place);
  places.freeRow(place);
  tis.due[ti] = NULL_TIME;
  buckets.count[bucket]! -= 1;
  if (buckets.head[bucket] !== ti) return;
  buckets.head[bucket] = next;
  refreshBucket(ctx, bucket);
}

/** The scheduled task instance that follows in the same bucket, -1 at its end. */
export function nextInBucket(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, places, waiting } = ctx.world;
  const place = tis.due[ti]!;
  const next = waiting.after(place);
  return next >= 0 && places.bucket[next] === places.bucket[place] ? places.ti[next]! : NONE;
}

/** Whether scheduled task instances of the run are asked at all. */
export function isRunOpen(ctx: EngineContext, run: number): boolean {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  if (dagRuns.state[run] !== DAG_RUN.running || dags.is_paused[dag] === 1) return false;
  return activeOf(ctx, run) < ctx.plan.dags[dag]!.maxActiveTasks;
}

/** What max_active_tasks is compared with: 3.x counts the run, 2.x the DAG. */
export function activeOf(ctx: EngineContext, run: number): number {
  const { dagRuns, dags } = ctx.world;
  if (ctx.profile.maxActiveTasksPerRun) return dagRuns.active[run]!;
  return dags.active[dagRuns.dag[run]!]!;
}

/** The run may have opened or closed. */
export function refreshRun(ctx: EngineContext, run: number): void {
  const { dagRuns, buckets } = ctx.world;
  let bucket = dagRuns.first_bucket[run]!;
  for (; bucket !== NONE; bucket = buckets.next[bucket]!) refreshBucket(ctx, bucket);
}

/** All running runs of a DAG may have opened or closed. */
export function refreshDag(ctx: EngineContext, dag: number): void {
  const { runningOf } = ctx.world;
  for (let run = runningOf.first(dag); run !== NONE; run = runningOf.after(run)) {
    refreshRun(ctx, run);
  }
}

/** Does `a` come before `b`? Both are scheduled. */
export function goesFirst(ctx: EngineContext, a: number, b: number): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const weight = tis.priority_weight[b]! - tis.priority_weight[a]!;
  if (weight !== 0) return weight < 0;
  const runA = tis.dag_run[a]!;
  const runB = tis.dag_run[b]!;
  const dateA = dagRuns.logical_date[runA]!;
  const dateB = dagRuns.logical_date[runB]!;
  if (dateA !== dateB) return dateA < dateB;
  const index = tis.map_index[a]! - tis.map_index[b]!;
  if (index !== 0) return index < 0;
  return runA !== runB ? runA < runB : a < b;
}

function refreshBucket(ctx: EngineContext, bucket: number): void {
  const { buckets, dagRuns, openBuckets, taskInstances: tis } = ctx.world;
  const set = openBuckets[buckets.pool[bucket]!]!;
  const head = buckets.head[bucket]!;
  const run = buckets.dag_run[bucket]!;
  if (head === NONE || !isRunOpen(ctx, run)) {
    set.remove(bucket);
    return;
  }
  const key = indexKey(ctx, head, run);
  set.add(bucket, -tis.priority_weight[head]!, dagRuns.logical_date[run]!, key);
}

function indexKey(ctx: EngineContext, ti: number, row: number): number {
  return (ctx.world.taskInstances.map_index[ti]! + 1) * ROW_SPAN + row;
}

function bucketOf(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, dagRuns, buckets } = ctx.world;
  const run = tis.dag_run[ti]!;
  const pool = ctx.plan.tasks.pool[tis.task[ti]!]!;
  let bucket = dagRuns.first_bucket[run]!;
  for (; bucket !== NONE; bucket = buckets.next[bucket]!) {
    if (buckets.pool[bucket] === pool) return bucket;
  }
  bucket = buckets.addRow();
  buckets.dag_run[bucket] = run;
  buckets.pool[bucket] = pool;
  buckets.next[bucket] = dagRuns.first_bucket[run]!;
  dagRuns.first_bucket[run] = bucket;
  return bucket;
}
