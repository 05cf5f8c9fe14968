/**
 * Counters that a trigger rule looks at (specification 3.2). The engine keeps them up to date and
 * lends them to the check, so that looking at a task instance allocates nothing.
 */

/** How many relevant upstream task instances there are, and how many ended in which state. */
export interface UpstreamCounts {
  /** Direct upstream tasks; 0 means that there is no upstream at all and every rule passes. */
  tasks: number;
  /** Relevant upstream task instances: all tasks, or all rows where mapping is involved. */
  upstream: number;
  success: number;
  skipped: number;
  failed: number;
  upstreamFailed: number;
  removed: number;
  /** Finished ones: the sum of the five above. */
  done: number;
  /** Setups among `upstream`, and those of them that succeeded or were skipped. */
  setups: number;
  setupSuccess: number;
  setupSkipped: number;
}

export function emptyCounts(): UpstreamCounts {
  return {
    tasks: 0,
    upstream: 0,
    success: 0,
    skipped: 0,
    failed: 0,
    upstreamFailed: 0,
    removed: 0,
    done: 0,
    setups: 0,
    setupSuccess: 0,
    setupSkipped: 0,
  };
}

/** Sets every counter back to 0, to use the object again. */
export function resetCounts(counts: UpstreamCounts): void {
  counts.tasks = 0;
  counts.upstream = 0;
  counts.success = 0;
  counts.skipped = 0;
  counts.failed = 0;
  counts.upstreamFailed = 0;
  counts.removed = 0;
  counts.done = 0;
  counts.setups = 0;
  counts.setupSuccess = 0;
  counts.setupSkipped = 0;
}

/**
 * Counts one relevant upstream task instance. `state` is Airflow's name or null; states that are
 * not final only raise `upstream`.
 */
export function countUpstream(
  counts: UpstreamCounts,
  state: string | null,
  isSetup: boolean,
): void {
  counts.upstream += 1;
  if (isSetup) counts.setups += 1;
  if (!countFinal(counts, state)) return;
  counts.done += 1;
  if (isSetup && state === 'success') counts.setupSuccess += 1;
  if (isSetup && state === 'skipped') counts.setupSkipped += 1;
}

function countFinal(counts: UpstreamCounts, state: string | null): boolean {
  if (state === 'success') counts.success += 1;
  else if (state === 'skipped') counts.skipped += 1;
  else if (state === 'failed') counts.failed += 1;
  else if (state === 'upstream_failed') counts.upstreamFailed += 1;
  else if (state === 'removed') counts.removed += 1;
  else return false;
  return true;
}
