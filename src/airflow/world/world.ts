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
import * as assetRows from '../assetRows.ts';
import * as rows from '../rows.ts';
import { IntMap } from './intMap.ts';

type Parts = Readonly<Record<string, Saveable<never>>>;

/**
 * Tables with no rows but the DAGs, pools and tasks of the plan. A class and not a literal put
 * together from others: those lie outside the object from some size on, and their hidden class
 * changes when the function that makes them is compiled, which costs all that reads them.
 */
export class World {
  readonly taskInstances = rows.newTaskInstances();
  readonly dagRuns = rows.newDagRuns();
  readonly runTasks = rows.newRunTasks();
  readonly mappings = rows.newMappings();
  readonly mappedTis = rows.newMappedTis();
  readonly dags = rows.newDags();
  readonly pools = rows.newPools();
  readonly taskCounts = rows.newTaskCounts();
  readonly jobs = rows.newJobs();
  readonly assetEvents = assetRows.newAssetEvents();
  readonly aliasAssets = assetRows.newAliasAssets();
  readonly partitionRuns = assetRows.newPartitionRuns();
  readonly partitionLog = assetRows.newPartitionLog();
  readonly assetQueue = assetRows.newAssetQueue();
  readonly xcoms = rows.newXComs();
  readonly reschedules = rows.newTaskReschedules();
  readonly deadlines = rows.newDeadlines();
  readonly slaMisses = rows.newSlaMisses();
  readonly backfills = rows.newBackfills();
  readonly buckets = rows.newBuckets();
  readonly places = rows.newPlaces();
  readonly timers = rows.newTimers();
  readonly schedulers = rows.newSchedulers();
  readonly texts = new TextPool();
  readonly json = new JsonPool();

  readonly dueDags = new OrderedSet();
  readonly assetDags = new IntSet();
  readonly startableDags = new IntSet();
  /** Queued runs of each DAG; list number = DAG. */
  readonly queuedRuns: LinkedLists;
  /** Runs to examine, in order, and those that stand before its end (dagRun/runningOrder.ts). */
  readonly runningRuns = new LinkedLists();
  readonly runningOthers = new OrderedSet();
  /** Running runs of each DAG; list number = DAG. */
  readonly runningOf: LinkedLists;
  readonly wakes = new EventQueue();
  /** By pool; rows are buckets. */
  readonly openBuckets: readonly KeyedHeap[];
  /** Slots of the scheduled task instances of each bucket; set number = bucket. */
  readonly slotsTaken = new BitSets();
  /** Scheduled mapped ones by bucket, slot and index; rows are places. */
  readonly mappedWaiting = new OrderedSet();
  readonly queuedSince = new TimedQueue();
  readonly deferredUntil = new EventQueue();
  /** Rows of `deadlines` by their time. */
  readonly deadlineTimes = new EventQueue();
  readonly runningTis = new IntSet();
  /** Runs of paused DAGs that changed since their last examination. */
  readonly pausedTouched = new IntSet();
  /** 2.x: task instances whose end a DAG processor that is away must carry out. */
  readonly awaitProcessor = new IntSet();
  /** Task instance -> first row of `xcoms`. */
  readonly xcomsOf = new IntMap();
  /** Task instance -> length of the list it pushed last (task_map). */
  readonly taskMaps = new IntMap();
  /** Task instance -> newest row of `reschedules` of its try. */
  readonly rescheduleOf = new IntMap();
  /** Task instance -> how often it was found stuck in queued since it last ran. */
  readonly stuckCount = new IntMap();
  /** Task instance -> try that the history had when it was last cleared (2.x). */
  readonly clearedTry = new IntMap();
  /** Task instance -> delay that a retry policy gave its next retry, microseconds. */
  readonly retryDelays = new IntMap();
  /** Task instance -> number in `json` of the options that a person chose. */
  readonly answers = new IntMap();
  /** Task instances that have asked a person in their present try. */
  readonly asked = new IntSet();
  /** Rows of `partitionRuns` without a run yet. */
  readonly partitionRunsPending = new IntSet();
  /** DAG and key (waiting.ts) -> its row in partitionRunsPending. */
  readonly pendingPartition = new IntMap();
  /** Run and task id -> entry of `runTasks` that its version of the DAG lacks. */
  readonly goneTasks = new IntMap();
  /** Row of `runTasks` -> active task instances, where max_active_tis_per_dagrun asks. */
  readonly runTaskActive = new IntMap();
  /** Asset -> last row of `assetEvents`. */
  readonly lastAssetEvent = new IntMap();
  /** Alias -> first row of `aliasAssets`. */
  readonly assetsOfAlias = new IntMap();
  /** Task -> last row of `slaMisses`. */
  readonly lastSlaMiss = new IntMap();
  /** DAG -> first row of `assetQueue`. */
  readonly assetQueueOf = new IntMap();

  readonly counters = {
    /** The scheduler whose step is the present one, and the subject of its events. */
    scheduler: 0,
    token: -1,
    /** 1 while the metadata database is away. */
    databaseDown: 0,
    /** 1 while pages and API cannot be reached: API server, 2.x web server. */
    serverDown: 0,
    /** 1 while no DAG processor runs. */
    processorDown: 0,
    /** Clocks differ: how far that of the API server (2.x: of the workers) is ahead, us. */
    skewed: 0,
    workerSkew: 0,
    /** How many times longer the steps of schedulers take: a slow database. */
    slowness: 1,
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
  readonly state: Saveable;

  constructor(plan: Plan) {
    this.queuedRuns = new LinkedLists(Math.max(1, plan.dags.length));
    this.runningOf = new LinkedLists(Math.max(1, plan.dags.length));
    this.openBuckets = plan.poolNames.map(() => new KeyedHeap());
    this.dags.addRows(plan.dags.length);
    for (const { index } of plan.dags) {
      this.dags.dag_version[index] = index;
      this.dags.content[index] = index;
    }
    this.pools.addRows(plan.poolNames.length);
    this.taskCounts.addRows(plan.tasks.count);
    this.state = group(this.parts());
  }

  /** By name, in the order in which they are hashed. */
  private parts(): Parts {
    const single = Object.entries(this).filter(([name]) => !APART.includes(name));
    const pools = this.openBuckets.map((set, pool) => [`openBuckets${pool}`, set]);
    const counters = ['counters', scalars(this.counters)];
    return Object.fromEntries([...single, ...pools, counters]) as Parts;
  }
}

/** Fields that are no part of their own. */
const APART: readonly string[] = ['openBuckets', 'counters', 'state'];

export function makeWorld(plan: Plan): World {
  return new World(plan);
}
