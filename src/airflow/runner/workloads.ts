/**
 * Workloads: one row per try that was handed to an executor, from the hand-over until its process
 * has ended and the executor has read the result. A task instance can have two at a time: the one
 * that lingers and the next try, or the one that resumes it.
 */
import { assert } from '../../base/assert.ts';
import {
  group,
  IntQueue,
  makeTable,
  NO_EVENT,
  scalars,
  type Saveable,
} from '../../kernel/index.ts';

/** Where a workload is. The order matters: from `slot` on it holds a slot. */
export const STAGE = {
  /** In the executor's queued_tasks. */
  accepted: 0,
  /** In the pipe, the list, the broker, or the pod queue. */
  sent: 1,
  /** Reserved by a worker; or a pod that waits for a node. */
  reserved: 2,
  /** Holds a slot, its supervisor starts. */
  slot: 3,
  /** The row is running, user code does not run yet. */
  started: 4,
  working: 5,
  /** User code has ended, the supervisor has not. */
  ending: 6,
  /** Its process is gone, the executor has not read that yet. */
  ended: 7,
} as const;

/** Its task process runs, and its supervisor sends heartbeats. */
export function isAtWork(stage: number): boolean {
  return stage === STAGE.started || stage === STAGE.working;
}

export const NONE = -1;

/** No executor has the workload in its memory. */
export const NOBODY = 255;

/** Task instances come in the order of their numbers: room is made for some at a time. */
const GROWTH = 256;

export class Workloads {
  readonly rows = makeTable('workload', {
    ti: ['i32', NONE],
    tryNumber: 'u16',
    /** Number of the scheduler whose executor has it, NOBODY when that process is gone. */
    owner: ['u8', NOBODY],
    stage: 'u8',
    /** State in the executor's machine of keys. */
    key: 'u8',
    /** Phase of its pod, a state of the pod's machine. */
    pod: 'u8',
    /** Position of its executor in a lane that has several. */
    part: 'u8',
    /** Bits of FLAG. */
    flags: 'u16',
    /** How user code ends, a code of OUTCOME. */
    outcome: 'u8',
    line: ['i32', NONE],
    /** Worker or node. */
    place: ['i32', NONE],
    /** Further workloads of the same task instance. */
    next: ['i32', NONE],
    /** Its pending event, or job of the shared machine. */
    event: ['f64', NO_EVENT],
    job: ['i32', NONE],
    /** When that event is due. */
    until: ['f64', NONE],
    /** Since when it is in its stage. */
    since: 'f64',
    /** When the row went to running. */
    started: ['f64', NONE],
    /** When a rescheduled sensor wants to start again, when a deferred one's trigger fires. */
    later: ['f64', NONE],
    /** When a deferral is given up. */
    timeout: ['f64', Infinity],
    /** What is left of user code that hangs. */
    left: 'f64',
    /** When user code that is to be killed would take its next step. */
    goesOn: 'f64',
    /** DAG run that the operator waits for. */
    run: ['i32', NONE],
    /** Sends or pods used so far. */
    attempts: 'u8',
    /** Id of its Celery message: a message that is delivered again has a workload of its own. */
    message: 'i32',
    /** What names its try in random draws (behaviour/draw.ts), written once: each step draws. */
    drawTask: 'i32',
    drawRun: 'i32',
    drawPart: 'i32',
  });

  /** Per task instance: its newest workload, and what a sensor remembers over its pokes. */
  readonly tis = makeTable('plant_ti', {
    workload: ['i32', NONE],
    firstPoke: ['f64', NONE],
    firstReschedule: ['f64', NONE],
    rescheduleTry: 'u16',
    /** Last heartbeat of its last supervisor that has ended. */
    beat: ['f64', NONE],
    /** Row of its trigger in the triggerer. */
    trigger: ['i32', NONE],
    /** DAG run that its trigger waits for. */
    awaited: ['i32', NONE],
    /** What the trigger found: a code of ANSWER. */
    answer: 'u8',
  });

  /** Rows to be used again. */
  private readonly freed = new IntQueue();
  /** `live`: workloads of which something is still to come. */
  private readonly counters = { live: 0 };

  readonly state: Saveable = group({
    rows: this.rows,
    tis: this.tis,
    freed: this.freed,
    counters: scalars(this.counters),
  });

  /** Workloads of which something is still to come. */
  get live(): number {
    return this.counters.live;
  }

  /** The machine under it is gone: it is kept as what the executor still waits for. */
  markLost(row: number): void {
    this.rows.flags[row]! |= FLAG.lost;
    this.rest(row);
  }

  /** It gets another machine. */
  unmarkLost(row: number): void {
    this.rows.flags[row]! &= ~FLAG.lost;
    this.wake(row);
  }

  /** Nothing comes from it by itself: it does not keep the lane busy. */
  rest(row: number): void {
    if ((this.rows.flags[row]! & FLAG.resting) === 0) this.counters.live -= 1;
    this.rows.flags[row]! |= FLAG.resting;
  }

  wake(row: number): void {
    if ((this.rows.flags[row]! & FLAG.resting) !== 0) this.counters.live += 1;
    this.rows.flags[row]! &= ~FLAG.resting;
  }

  add(ti: number, tryNumber: number, now: number): number {
    const { rows, tis } = this;
    if (ti >= tis.rows) tis.addRows(ti + GROWTH - tis.rows);
    const row = this.freed.size > 0 ? this.renewed(this.freed.shift()) : rows.addRow();
    rows.ti[row] = ti;
    rows.tryNumber[row] = tryNumber;
    rows.since[row] = now;
    rows.next[row] = tis.workload[ti]!;
    tis.workload[ti] = row;
    this.counters.live += 1;
    return row;
  }

  remove(row: number): void {
    const { rows, tis } = this;
    const ti = rows.ti[row]!;
    if (ti === NONE) assert(false, 'a workload is removed twice', { row });
    if (tis.workload[ti] === row) tis.workload[ti] = rows.next[row]!;
    else {
      let before = tis.workload[ti]!;
      while (rows.next[before] !== row) before = rows.next[before]!;
      rows.next[before] = rows.next[row]!;
    }
    this.wake(row);
    this.counters.live -= 1;
    rows.ti[row] = NONE;
    this.freed.push(row);
  }

  /** A used row with its first values, column by column: this is the hottest way to a row. */
  private renewed(row: number): number {
    const { rows } = this;
    rows.stage[row] = STAGE.accepted;
    rows.flags[row] = 0;
    rows.outcome[row] = OUTCOME.success;
    rows.line[row] = NONE;
    rows.place[row] = NONE;
    rows.event[row] = NO_EVENT;
    rows.until[row] = NONE;
    rows.job[row] = NONE;
    rows.started[row] = NONE;
    rows.timeout[row] = Infinity;
    rows.run[row] = NONE;
    rows.attempts[row] = 0;
    return row;
  }

  /** The newest workload of a task instance, -1 when there is none. */
  newest(ti: number): number {
    return ti < this.tis.rows ? this.tis.workload[ti]! : NONE;
  }

  /** The first workload after `from` (or the newest) of the try that has the flag, else -1. */
  find(ti: number, tryNumber: number, flag: number): number {
    const { rows } = this;
    let row = this.newest(ti);
    while (row !== NONE) {
      if (rows.tryNumber[row] === tryNumber && (rows.flags[row]! & flag) !== 0) return row;
      row = rows.next[row]!;
    }
    return NONE;
  }

  enter(row: number, stage: number, now: number): void {
    this.rows.stage[row] = stage;
    this.rows.since[row] = now;
  }
}

export const FLAG = {
  /** The executor holds the key in queued_tasks. */
  queued: 1,
  /** The executor holds the key in its running set. */
  running: 2,
  /** Its end event is not to be looked at: revoked, replaced, requeued. */
  ignored: 4,
  /** No process is left that could report. */
  lost: 8,
  /** The executor is told a failure. */
  failed: 16,
  /** The supervisor notices the end of its task process late. */
  lingers: 32,
  /** Nothing comes from it by itself. */
  resting: 64,
  /** A second delivery of a message that was delivered before. */
  copy: 128,
  /** The executor told the workers that were up then to drop its message. */
  revoked: 256,
  /** Its supervisor is gone, its user code goes on. */
  orphan: 512,
  /** Whoever waited for it waits no longer: the row goes when its user code has ended. */
  over: 1024,
  /** Neither slot nor result are its own any more: the process around it was killed. */
  unheld: 2048,
  /** User code that does not return to Python: no signal but SIGKILL ends it. */
  hangs: 4096,
  /** The broker has given its message out a second time. */
  copied: 8192,
  /** The pool child under it is dead and its worker has not noticed. */
  childGone: 16384,
  /** Its row is another's: its supervisor kills it soon. */
  leaving: 32768,
} as const;

/** What a trigger that looks at a table says. */
export const ANSWER = { met: 0, failed: 1, skipped: 2 } as const;

/** How user code ends. */
export const OUTCOME = {
  success: 0,
  failed: 1,
  failNoRetry: 2,
  skipped: 3,
  killed: 4,
  rescheduled: 5,
  deferred: 6,
  /** Nothing to report: the row never was this workload's. */
  refused: 7,
  /** It parks until a person answers. */
  parked: 8,
} as const;
