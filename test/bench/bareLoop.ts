/**
 * The yardstick: workload W written by hand, with no kernel, no table, no log. One file, typed
 * arrays, a heap that knows its payload, a switch. It is kept as fast as it can be without being
 * unreadable; the ratios of the other variants mean something only as long as it is.
 */
import {
  ACK,
  DEPS_MET,
  FAIL,
  HEARTBEAT,
  QUEUE,
  RELEASE,
  RETRY_DELAY,
  SLOTS,
  START,
  SUCCEED,
  TASKS,
  TRIES,
  ackDelay,
  checksumOf,
  depsDelay,
  fails,
  halfDuration,
  releaseDelay,
  startDelay,
  unmetAtStart,
} from './workload.ts';
import type { Outcome, Workload } from './workload.ts';

const NONE = 0;
const SCHEDULED = 1;
const QUEUED = 2;
const RUNNING = 3;
const UP_FOR_RETRY = 4;
const SUCCESS = 5;
const FAILED = 6;

/** Binary heap; a payload is task instance * 8 + kind. */
class Heap {
  private time = new Float64Array(1 << 16);
  private sequence = new Float64Array(1 << 16);
  private payload = new Int32Array(1 << 16);
  private next = 0;
  count = 0;
  now = 0;

  push(time: number, payload: number): void {
    const { time: times, sequence: sequences, payload: payloads } = this;
    let at = this.count++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      // A new event never comes before one of the same time.
      if (times[up]! <= time) break;
      times[at] = times[up]!;
      sequences[at] = sequences[up]!;
      payloads[at] = payloads[up]!;
      at = up;
    }
    times[at] = time;
    sequences[at] = this.next++;
    payloads[at] = payload;
  }

  pop(): number {
    const { time: times, sequence: sequences, payload: payloads } = this;
    const first = payloads[0]!;
    this.now = times[0]!;
    const count = --this.count;
    const time = times[count]!;
    const sequence = sequences[count]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      let best = times[child]!;
      const right = times[child + 1]!;
      if (
        child + 1 < count &&
        (right < best || (right === best && sequences[child + 1]! < sequences[child]!))
      ) {
        child += 1;
        best = right;
      }
      if (time < best || (time === best && sequence < sequences[child]!)) break;
      times[at] = best;
      sequences[at] = sequences[child]!;
      payloads[at] = payloads[child]!;
      at = child;
    }
    times[at] = time;
    sequences[at] = sequence;
    payloads[at] = payloads[count]!;
    return first;
  }
}

class BareLoop {
  private readonly heap = new Heap();
  private readonly state: Uint8Array;
  private readonly tries: Uint8Array;
  private readonly priorTries: Uint8Array;
  private readonly nextMethod: Uint8Array;
  private readonly unmet: Int32Array;
  private readonly worker: Int32Array;
  private readonly scheduled: Float64Array;
  private readonly queued: Float64Array;
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  private readonly heartbeat: Float64Array;
  private readonly slotBusy = new Uint8Array(SLOTS);
  private readonly freeSlots: Int32Array;
  private free = SLOTS;
  private poolUsed = 0;
  private readonly waiting: Int32Array;
  private waitingHead = 0;
  private waitingCount = 0;
  private readonly edgeStart: Int32Array;
  private readonly edges: Int32Array;
  private readonly count: number;

  constructor(workload: Workload) {
    const { count } = workload;
    this.count = count;
    this.state = new Uint8Array(count);
    this.tries = new Uint8Array(count);
    this.priorTries = new Uint8Array(count);
    this.nextMethod = new Uint8Array(count);
    this.unmet = unmetAtStart(workload);
    this.worker = new Int32Array(count).fill(-1);
    this.scheduled = new Float64Array(count);
    this.queued = new Float64Array(count);
    this.start = new Float64Array(count);
    this.end = new Float64Array(count);
    this.heartbeat = new Float64Array(count);
    this.freeSlots = Int32Array.from({ length: SLOTS }, (_, i) => SLOTS - 1 - i);
    this.waiting = new Int32Array(2 ** Math.ceil(Math.log2(count)));
    this.edgeStart = workload.edgeStart;
    this.edges = workload.edges;
  }

  run(): Outcome {
    const { heap } = this;
    for (let ti = 0; ti < this.count; ti++) if (this.unmet[ti] === 0) this.ready(ti);
    let events = 0;
    while (heap.count > 0) {
      const payload = heap.pop();
      this.handle(payload & 7, payload >> 3, heap.now);
      events += 1;
    }
    const { tries, scheduled, queued, start, end, heartbeat, worker } = this;
    const final = (ti: number): number => (this.state[ti] === SUCCESS ? 1 : 2);
    const results = { final, tries, scheduled, queued, start, end, heartbeat, worker };
    return { events, checksum: checksumOf(this.count, results) };
  }

  private handle(kind: number, ti: number, now: number): void {
    const { heap } = this;
    switch (kind) {
      case DEPS_MET:
        return this.depsMet(ti, now);
      case QUEUE:
        if (this.state[ti] !== SCHEDULED) return;
        this.state[ti] = QUEUED;
        this.queued[ti] = now;
        this.poolUsed += 1;
        return heap.push(now + ackDelay(ti, this.tries[ti]!), ti * 8 + ACK);
      case ACK:
        this.slotBusy[this.worker[ti]!] = 1;
        return heap.push(now + startDelay(ti, this.tries[ti]!), ti * 8 + START);
      case START:
        if (this.state[ti] !== QUEUED) return;
        this.state[ti] = RUNNING;
        this.start[ti] = now;
        return heap.push(now + halfDuration(ti, this.tries[ti]!), ti * 8 + HEARTBEAT);
      case HEARTBEAT:
        return this.beat(ti, now);
      case SUCCEED:
      case FAIL:
        return this.finish(ti, now, kind);
      case RELEASE:
        return this.release(ti, now);
    }
  }

  private ready(ti: number): void {
    this.heap.push(this.heap.now + depsDelay(ti), ti * 8 + DEPS_MET);
  }

  private depsMet(ti: number, now: number): void {
    const state = this.state[ti]!;
    if (state !== NONE && state !== UP_FOR_RETRY) return;
    this.state[ti] = SCHEDULED;
    this.tries[ti]! += 1;
    this.scheduled[ti] = now;
    const mask = this.waiting.length - 1;
    this.waiting[(this.waitingHead + this.waitingCount++) & mask] = ti;
    this.fill(now);
  }

  /** Slots to those who wait, first come first served. */
  private fill(now: number): void {
    const mask = this.waiting.length - 1;
    while (this.free > 0 && this.waitingCount > 0) {
      const ti = this.waiting[this.waitingHead]!;
      this.waitingHead = (this.waitingHead + 1) & mask;
      this.waitingCount -= 1;
      this.worker[ti] = this.freeSlots[--this.free]!;
      this.heap.push(now, ti * 8 + QUEUE);
    }
  }

  private beat(ti: number, now: number): void {
    if (this.state[ti] !== RUNNING) return;
    this.heartbeat[ti] = now;
    const attempt = this.tries[ti]!;
    const kind = fails(ti, attempt) ? FAIL : SUCCEED;
    this.heap.push(now + halfDuration(ti, attempt), ti * 8 + kind);
  }

  private finish(ti: number, now: number, kind: number): void {
    if (this.state[ti] !== RUNNING) return;
    const attempt = this.tries[ti]!;
    this.poolUsed -= 1;
    this.end[ti] = now;
    this.nextMethod[ti] = 0;
    this.heap.push(now + releaseDelay(ti, attempt), ti * 8 + RELEASE);
    if (kind === FAIL && attempt < TRIES) {
      this.state[ti] = UP_FOR_RETRY;
      this.priorTries[ti]! += 1;
      this.heap.push(now + RETRY_DELAY, ti * 8 + DEPS_MET);
      return;
    }
    this.state[ti] = kind === FAIL ? FAILED : SUCCESS;
    const task = ti % TASKS;
    const first = ti - task;
    const last = this.edgeStart[task + 1]!;
    for (let e = this.edgeStart[task]!; e < last; e++) {
      const next = first + this.edges[e]!;
      if (--this.unmet[next]! === 0) this.ready(next);
    }
  }

  private release(ti: number, now: number): void {
    const slot = this.worker[ti]!;
    this.slotBusy[slot] = 0;
    this.freeSlots[this.free++] = slot;
    this.fill(now);
  }
}

export function runBareLoop(workload: Workload): Outcome {
  return new BareLoop(workload).run();
}
