/**
 * Workload W on simjs 2.0.3 (SIM.JS), one timer per event. Slots and columns are kept by hand, as
 * in the bare loop, so that only the simulator itself is compared: simjs' own buffers would cost it
 * an event more per try.
 */
import * as w from './workload.ts';
import type { Outcome, Workload } from './workload.ts';

/** Loads the package; it looks for a `window` to put itself into. */
export async function loadPeer(): Promise<SimJs> {
  const scope = globalThis as { window?: { Sim?: SimJs } };
  const before = scope.window;
  const holder: { Sim?: SimJs } = {};
  scope.window = holder;
  await import('simjs');
  if (before === undefined) delete scope.window;
  else scope.window = before;
  if (holder.Sim === undefined) throw new Error('simjs did not set window.Sim');
  return holder.Sim;
}

export function runOnPeer(peer: SimJs, workload: Workload): Outcome {
  const sim = new peer.Sim();
  const model = sim.addEntity(modelClass(peer, workload));
  sim.simulate(Infinity);
  const { tries, scheduled, queued, startDate: start, end, heartbeat, worker } = model;
  const final = (ti: number): number => (model.failed[ti] === 1 ? 2 : 1);
  const results = { final, tries, scheduled, queued, start, end, heartbeat, worker };
  return { events: model.events, checksum: w.checksumOf(workload.count, results) };
}

function modelClass(peer: SimJs, workload: Workload) {
  const { count, edges, edgeStart } = workload;
  return class Model extends peer.Entity {
    readonly failed = new Uint8Array(count);
    readonly tries = new Uint8Array(count);
    readonly unmet = w.unmetAtStart(workload);
    readonly worker = new Int32Array(count).fill(-1);
    readonly scheduled = new Float64Array(count);
    readonly queued = new Float64Array(count);
    readonly startDate = new Float64Array(count);
    readonly end = new Float64Array(count);
    readonly heartbeat = new Float64Array(count);
    readonly freeSlots = Array.from({ length: w.SLOTS }, (_, i) => w.SLOTS - 1 - i);
    readonly waiting: number[] = [];
    waitingHead = 0;
    events = 0;

    /** Called by the simulator when the entity is added. */
    start(): void {
      for (let ti = 0; ti < count; ti++) if (this.unmet[ti] === 0) this.ready(ti);
    }

    /** simjs passes no argument that is 0, so callbacks get the task instance plus 1. */
    later(delay: number, next: (id: number) => void, ti: number): void {
      this.setTimer(delay).done(next, this, ti + 1);
    }

    ready(ti: number): void {
      this.later(w.depsDelay(ti), this.depsMet, ti);
    }

    depsMet(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.tries[ti]! += 1;
      this.scheduled[ti] = this.time();
      this.waiting.push(ti);
      this.fill();
    }

    fill(): void {
      while (this.freeSlots.length > 0 && this.waitingHead < this.waiting.length) {
        const ti = this.waiting[this.waitingHead++]!;
        this.worker[ti] = this.freeSlots.pop()!;
        this.later(0, this.queue, ti);
      }
    }

    queue(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.queued[ti] = this.time();
      this.later(w.ackDelay(ti, this.tries[ti]!), this.acknowledge, ti);
    }

    acknowledge(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.later(w.startDelay(ti, this.tries[ti]!), this.started, ti);
    }

    started(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.startDate[ti] = this.time();
      this.later(w.halfDuration(ti, this.tries[ti]!), this.beat, ti);
    }

    beat(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.heartbeat[ti] = this.time();
      const attempt = this.tries[ti]!;
      const next = w.fails(ti, attempt) ? this.fail : this.succeed;
      this.later(w.halfDuration(ti, attempt), next, ti);
    }

    fail(id: number): void {
      const ti = id - 1;
      this.failed[ti] = 1;
      this.finish(ti, this.tries[ti]! < w.TRIES);
    }

    succeed(id: number): void {
      const ti = id - 1;
      this.failed[ti] = 0;
      this.finish(ti, false);
    }

    finish(ti: number, again: boolean): void {
      this.events += 1;
      this.end[ti] = this.time();
      this.later(w.releaseDelay(ti, this.tries[ti]!), this.release, ti);
      if (again) {
        this.later(w.RETRY_DELAY, this.depsMet, ti);
        return;
      }
      const task = ti % w.TASKS;
      for (let e = edgeStart[task]!; e < edgeStart[task + 1]!; e++) {
        const next = ti - task + edges[e]!;
        if (--this.unmet[next]! === 0) this.ready(next);
      }
    }

    release(id: number): void {
      const ti = id - 1;
      this.events += 1;
      this.freeSlots.push(this.worker[ti]!);
      this.fill();
    }
  };
}
