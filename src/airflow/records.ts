/** Codes of log records that are no transition of a machine. Those of the executors: +1000. */
import { transitionCount } from '../machines/index.ts';

const FIRST = transitionCount;

export const CORE_RECORD = {
  /** Entity: task instance. Its row exists from now on, in state none. */
  tiCreated: FIRST,
  /** Entity: task instance. The placeholder of a mapped task became index 0. */
  tiExpanded: FIRST + 1,
  /** Entity: run. It exists from now on, queued. */
  runCreated: FIRST + 2,
  /** Entity: task instance; reason: code of REASONS. What holds it has changed. */
  held: FIRST + 3,
  /** Entity: number of the loop. The scheduler's loop begins. */
  loopBegins: FIRST + 4,
  /** Entity: number of the loop. The scheduler's loop is through and sleeps. */
  loopEnds: FIRST + 5,
  /** Entity: DAG. */
  dagPaused: FIRST + 6,
  dagUnpaused: FIRST + 7,
  dagParsed: FIRST + 8,
  /** Entity: row of asset_event. */
  assetEvent: FIRST + 9,
  /** Entity: index of the action in the scenario. */
  userAction: FIRST + 10,
  /** Entity: pool; its slots were changed. */
  poolChanged: FIRST + 11,
  /** Entity: task instance. No heartbeat for longer than the time-out. */
  heartbeatTimeout: FIRST + 12,
  /** Entity: task instance. The executor's report does not fit its state. */
  stateMismatch: FIRST + 13,
  /** Entity: task instance. Stuck in queued: sent again, or given up. */
  stuckInQueued: FIRST + 14,
  /** Entity: number of the scheduler. Not for those that run from the beginning. */
  schedulerStarts: FIRST + 15,
  schedulerDies: FIRST + 16,
  /** Entity: task instance: adopted by another scheduler. */
  adopted: FIRST + 17,
  /** Entity: index of the fault in the scenario; reason: FAULT_REASON. */
  fault: FIRST + 18,
  /** Entity: index of the action; reason: position in REFUSALS. Nothing was done. */
  actionRefused: FIRST + 19,
  /** Entity: run. It and its task instances are gone. */
  runDeleted: FIRST + 20,
  /** Entity: number of the scheduler. Another one holds the pools, its loop goes on without. */
  criticalSectionBusy: FIRST + 21,
  /** Entity: run; reason: 1 + place in the DAG's deadline alerts. Its callback is queued. */
  deadlineMissed: FIRST + 22,
  /** Entity: run; reason: CALLBACK. The DAG processor is asked to run a callback of the DAG. */
  dagCallback: FIRST + 23,
  /** Entity: task instance; reason: CALLBACK. The DAG processor is asked for the task's. */
  callbackRequested: FIRST + 24,
  /** Entity: row of sla_miss (2.x). */
  slaMissed: FIRST + 25,
  /** Entity: DAG. Its file could not be read: an import error is stored. */
  importError: FIRST + 26,
  /** Entity: DAG. It is stale (2.x: inactive): its runs stand still. */
  dagStale: FIRST + 27,
  /** Entity: DAG. The DAG processor has stored a new version of it. */
  dagChanged: FIRST + 28,
  /** Entity: run. From now on it goes by the version that is stored. */
  runVersion: FIRST + 29,
} as const;
