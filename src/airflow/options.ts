/**
 * The options that the engine's core reads, resolved to numbers. Times are microseconds. Executors
 * read theirs where they need them.
 */
export interface Options {
  readonly parallelism: number;
  readonly maxTisPerQuery: number;
  readonly maxDagrunsToCreatePerLoop: number;
  readonly maxDagrunsPerLoopToSchedule: number;
  readonly maxActiveTasksPerDag: number;
  readonly maxActiveRunsPerDag: number;
  readonly maxConsecutiveFailedRuns: number;
  readonly defaultPoolSlots: number;
  readonly maxMapLength: number;
  readonly maxTaskRetryDelayS: number;
  readonly taskQueuedTimeout: number;
  readonly taskQueuedCheckInterval: number;
  readonly numStuckRetries: number;
  readonly triggerTimeoutCheckInterval: number;
  readonly orphanedTasksCheckInterval: number;
  readonly schedulerHealthCheckThreshold: number;
  readonly schedulerHeartbeat: number;
  readonly schedulerIdleSleep: number;
  readonly heartbeatTimeout: number;
  readonly heartbeatCheckInterval: number;
  readonly parsingCleanupInterval: number;
  readonly useJobSchedule: boolean;
  readonly allowTriggerInFuture: boolean;
  readonly createCronDataIntervals: boolean;
  readonly catchupByDefault: boolean;
  readonly scheduleAfterTaskExecution: boolean;
}
