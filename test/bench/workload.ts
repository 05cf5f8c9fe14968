/**
 * Workload W: one random DAG of 1,000 tasks with 1 to 3 upstream tasks each, run many times at
 * once through 64 slots. A task fails with probability 0.05 and is tried at most three times; the
 * tasks behind it go on in any case. Seven events per try:
 *
 *     DEPS_MET -> (waits for a slot) -> QUEUE -> ACK -> START -> HEARTBEAT -> SUCCEED | FAIL -> RELEASE
 *
 * All variants compute the same run: same order, same draws, same checksum over times and states.
 */
export const TASKS = 1000;
export const SLOTS = 64;
export const TRIES = 3;

export const DEPS_MET = 0;
export const QUEUE = 1;
export const ACK = 2;
export const START = 3;
export const HEARTBEAT = 4;
export const SUCCEED = 5;
export const FAIL = 6;
export const RELEASE = 7;

export interface Workload {
  readonly runs: number;
  /** Task instances: run * TASKS + task. */
  readonly count: number;
  /** [task] -> how many tasks come before it */
  readonly upstream: Int32Array;
  /** Tasks behind task t: edges[edgeStart[t]] to before edges[edgeStart[t + 1]]. */
  readonly edgeStart: Int32Array;
  readonly edges: Int32Array;
}

/** What a variant computed, and how many events it handled. */
export interface Outcome {
  readonly events: number;
  readonly checksum: number;
  /** CPU time of the part that counts, in microseconds, where that is not the whole. */
  readonly cpuUs?: number;
}

/** The columns that a run leaves behind. */
export interface Results {
  /** 1 succeeded, 2 failed. */
  readonly final: (ti: number) => number;
  readonly tries: ArrayLike<number>;
  readonly scheduled: ArrayLike<number>;
  readonly queued: ArrayLike<number>;
  readonly start: ArrayLike<number>;
  readonly end: ArrayLike<number>;
  readonly heartbeat: ArrayLike<number>;
  readonly worker: ArrayLike<number>;
}

export function makeWorkload(runs: number): Workload {
  const behind: number[][] = Array.from({ length: TASKS }, () => []);
  const upstream = new Int32Array(TASKS);
  for (let task = 1; task < TASKS; task++) {
    const wanted = 1 + (draw(task, 0, 20) % 3);
    const before = new Set<number>();
    for (let k = 0; k < wanted; k++) before.add(draw(task, k, 21) % task);
    upstream[task] = before.size;
    for (const other of before) behind[other]!.push(task);
  }
  const edgeStart = new Int32Array(TASKS + 1);
  behind.forEach((list, task) => (edgeStart[task + 1] = edgeStart[task]! + list.length));
  const edges = Int32Array.from(behind.flat());
  return { runs, count: runs * TASKS, upstream, edgeStart, edges };
}

/** How many upstream tasks each task instance waits for at first. */
export function unmetAtStart({ runs, upstream, count }: Workload): Int32Array<ArrayBuffer> {
  const unmet = new Int32Array(count);
  for (let run = 0; run < runs; run++) unmet.set(upstream, run * TASKS);
  return unmet;
}

/** 32 bits for a task instance, a try and a purpose: a cheap hash, the same for all variants. */
export function draw(ti: number, attempt: number, purpose: number): number {
  let h = Math.imul(ti + 1, 0x9e3779b1) ^ Math.imul(attempt + 1, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15) ^ Math.imul(purpose + 1, 0xc2b2ae3d), 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 13), 0x165667b1);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Delays in microseconds. */
export const RETRY_DELAY = 30_000_000;

export function depsDelay(ti: number): number {
  return 100_000 + (draw(ti, 0, 0) % 900_000);
}

export function ackDelay(ti: number, attempt: number): number {
  return 10_000 + (draw(ti, attempt, 1) % 90_000);
}

export function startDelay(ti: number, attempt: number): number {
  return 50_000 + (draw(ti, attempt, 2) % 450_000);
}

export function halfDuration(ti: number, attempt: number): number {
  return 1_000_000 + (draw(ti, attempt, 3) % 30_000_000);
}

export function releaseDelay(ti: number, attempt: number): number {
  return 5_000 + (draw(ti, attempt, 4) % 20_000);
}

export function fails(ti: number, attempt: number): boolean {
  return draw(ti, attempt, 5) < 0.05 * 0x100000000;
}

/** One number over everything that a run left behind. */
export function checksumOf(count: number, results: Results): number {
  let sum = 0;
  const add = (value: number): void => {
    sum = Math.imul(sum ^ value ^ Math.floor(value / 0x100000000), 0x01000193);
  };
  const { tries, scheduled, queued, start, end, heartbeat, worker } = results;
  for (let ti = 0; ti < count; ti++) {
    add(results.final(ti) * 16 + tries[ti]!);
    add(worker[ti]!);
    for (const column of [scheduled, queued, start, end, heartbeat]) add(column[ti]!);
  }
  return sum >>> 0;
}
