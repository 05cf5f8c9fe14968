/**
 * The simulated installation: tables, the indexes over them, and a few counters. All of it is
 * Saveable; nothing that changes during a run lies anywhere else in src/airflow.
 *
 * Indexes are derived from the tables and kept up to date at every change, so that no step of the
 * scheduler looks at more rows than it acts on:
 *
 *     dueDags        unpaused DAGs by next_dagrun_create_after           create runs
 *     assetDags      DAGs with rows in asset_dag_run_queue               create runs
 *     startableDags  DAGs with queued runs and room below their limit    start queued runs
 *     runningRuns    by last_scheduling_decision, run_after              examine running runs
 *     wakes          up_for_retry, up_for_reschedule by time             examine running runs
 *     openBuckets    scheduled task instances by pool, run, order        critical section
 *     queuedSince, deferredUntil, runningTis                             timers
 *
 * The queues by time here are lazy: an entry counts only if the row still has that time and state.
 */
import {
  BitSets,
  EventQueue,
  group,
  IntSet,
  JsonPool,
  KeyedHeap,
  LinkedLists,
  OrderedSet,
  scalars,
  TextPool,
  TimedQueue,
  type Saveable,
} from '../../kernel/index.ts';
import type { Plan } from '../plan/index.ts';
import * as rows from '../rows.ts';
import { IntMap } from './intMap.ts';

export type World = ReturnType<typeof makeWorld>;

type Parts = Readonly<Record<string, Saveable<never>>>;

/** Tables with no rows but the DAGs, pools and tasks of the plan. */
export function makeWorld(plan: Plan) {
  const tables = makeTables(plan);
  const indexes = makeIndexes(plan);
  const { openBuckets, ...single } = indexes;
  const pools = Object.fromEntries(openBuckets.map((set, pool) => [`openBuckets${pool}`, set]));
  const counters = {
    /** The scheduler whose step is the present one, and the subject of its events. */
    scheduler: 0,
    token: -1,
    /** A critical section holds the locks of the pools until then. */
    sectionUntil: -Infinity,
    // From here to `blockedSince`, but the lists: of the present scheduler (schedulers.ts).
    /** Number of its job, -1 when it does not run. */
    job: -1,
    loops: 0,
    lastHeartbeat: -Infinity,
    /** Raised whenever a run comes into or leaves the runs to examine. */
    runningList: 0,
    /** Its value when all of them were examined in one loop, -1 when the last loop did not. */
    sweptList: -1,
    /** Task instances queued in the present loop. */
    queued: 0,
    /** The executor holds the loop since then (SequentialExecutor), -1: it does not. */
    blockedSince: -1,
  };
  const parts = { ...tables, ...single, ...pools, counters: scalars(counters) };
  const state: Saveable = group(parts as unknown as Parts);
  return { ...tables, ...indexes, counters, state };
}

function makeTables(plan: Plan) {
  const tables = {
    taskInstances: rows.newTaskInstances(),
    dagRuns: rows.newDagRuns(),
    runTasks: rows.newRunTasks(),
    mappings: rows.newMappings(),
    mappedTis: rows.newMappedTis(),
    dags: rows.newDags(),
    pools: rows.newPools(),
    taskCounts: rows.newTaskCounts(),
    jobs: rows.newJobs(),
    assetEvents: rows.newAssetEvents(),
    aliasAssets: rows.newAliasAssets(),
    assetQueue: rows.newAssetQueue(),
    xcoms: rows.newXComs(),
    reschedules: rows.newTaskReschedules(),
    deadlines: rows.newDeadlines(),
    slaMisses: rows.newSlaMisses(),
    backfills: rows.newBackfills(),
    buckets: rows.newBuckets(),
    places: rows.newPlaces(),
    timers: rows.newTimers(),
    schedulers: rows.newSchedulers(),
    texts: new TextPool(),
    json: new JsonPool(),
  };
  tables.dags.addRows(plan.dags.length);
  tables.pools.addRows(plan.poolNames.length);
  tables.taskCounts.addRows(plan.tasks.count);
  return tables;
}

function makeIndexes(plan: Plan) {
  return {
    dueDags: new OrderedSet(),
    assetDags: new IntSet(),
    startableDags: new IntSet(),
    /** Queued runs of each DAG; list number = DAG. */
    queuedRuns: new LinkedLists(Math.max(1, plan.dags.length)),
    /** Runs to examine, in order, and those that stand before its end (dagRun/runningOrder.ts). */
    runningRuns: new LinkedLists(),
    runningOthers: new OrderedSet(),
    /** Running runs of each DAG; list number = DAG. */
    runningOf: new LinkedLists(Math.max(1, plan.dags.length)),
    wakes: new EventQueue(),
    /** By pool; rows are buckets. */
    openBuckets: plan.poolNames.map(() => new KeyedHeap()),
    /** Slots of the scheduled task instances of each bucket; set number = bucket. */
    slotsTaken: new BitSets(),
    /** Scheduled mapped ones by bucket, slot and index; rows are places. */
    mappedWaiting: new OrderedSet(),
    queuedSince: new TimedQueue(),
    deferredUntil: new EventQueue(),
    /** Rows of `deadlines` by their time. */
    deadlineTimes: new EventQueue(),
    runningTis: new IntSet(),
    /** Runs of paused DAGs that changed since their last examination. */
    pausedTouched: new IntSet(),
    /** Task instance -> first row of `xcoms`. */
    xcomsOf: new IntMap(),
    /** Task instance -> length of the list it pushed last (task_map). */
    taskMaps: new IntMap(),
    /** Task instance -> newest row of `reschedules` of its try. */
    rescheduleOf: new IntMap(),
    /** Task instance -> how often it was found stuck in queued since it last ran. */
    stuckCount: new IntMap(),
    /** Task instance -> delay that a retry policy gave its next retry, microseconds. */
    retryDelays: new IntMap(),
    /** Task instance -> number in `json` of the options that a person chose. */
    answers: new IntMap(),
    /** Task instances that have asked a person in their present try. */
    asked: new IntSet(),
    /** Row of `runTasks` -> active task instances, where max_active_tis_per_dagrun asks. */
    runTaskActive: new IntMap(),
    /** Asset -> last row of `assetEvents`. */
    lastAssetEvent: new IntMap(),
    /** DAG -> first row of `assetQueue`. */
    assetQueueOf: new IntMap(),
  };
}
