/**
 * The life of each task instance cut into segments: what it waited for, and when it worked. Read
 * from the log alone. The segments of a task instance follow each other without a gap from its
 * creation to its end, so that their sum is its whole life.
 */
import type { CodeTables } from '../codes.ts';

/** Why time passes for a task instance. Of `limit` the reason code says which. */
export const CAUSES = [
  /** State none: upstream tasks, or a run that may not start. */
  'dependencies',
  /** Scheduled: a pool, a limit, the scheduler's loop. */
  'limit',
  /** Queued without a slot: executor, broker, busy workers. */
  'executor',
  /** Its pod fits on no node. */
  'unschedulable',
  /** It has a slot, user code does not run yet. */
  'start_up',
  'work',
  'retry_delay',
  'reschedule',
  'deferred',
  'awaiting_input',
  /** Running, but no process works on it any more. */
  'process_gone',
] as const;
export type Cause = (typeof CAUSES)[number];

export interface Sink {
  /** A segment is over; microseconds. `reason`: code of what held it, for `limit`. */
  segment(ti: number, cause: Cause, from: number, to: number, reason: number): void;
  /** A slot was held; `worked`: user code within it. */
  slot(line: number, from: number, to: number, worked: number): void;
  /** From scheduled to running, each time. */
  waited(ti: number, ready: number, started: number): void;
  /** A try has left running. */
  ran(ti: number, started: number, ended: number): void;
  runCreated(run: number, t: number): void;
  runEnded(run: number, t: number, state: string): void;
}

export interface FoldRecord {
  readonly t: number;
  readonly what: number;
  readonly entity: number;
  readonly reason: number;
  readonly details: readonly (readonly [key: number, value: number])[];
}

interface Held {
  line: number;
  since: number;
  /** Since when user code runs in it, and how long it has. */
  bodySince: number;
  worked: number;
}

interface Life {
  state: string;
  cause: Cause | null;
  since: number;
  reason: number;
  ready: number;
  started: number;
  /** Slots, the oldest first: one that lingers, and the one of the next try. */
  held: Held[];
  unschedulable: boolean;
}

const WAITS: Readonly<Record<string, Cause>> = {
  none: 'dependencies',
  scheduled: 'limit',
  queued: 'executor',
  up_for_retry: 'retry_delay',
  up_for_reschedule: 'reschedule',
  deferred: 'deferred',
  awaiting_input: 'awaiting_input',
  restarting: 'work',
};

export interface FoldCodes {
  readonly tables: CodeTables;
  /** Codes of records that only metrics read. */
  readonly held: number;
}

/** Reads records in the order of the log and tells the sink. */
export class Segments {
  private readonly codes: FoldCodes;
  private readonly sink: Sink;
  private readonly lives: Life[] = [];
  private readonly byWhat: readonly ({ machine: string; to: string } | undefined)[];

  constructor(codes: FoldCodes, sink: Sink) {
    this.codes = codes;
    this.sink = sink;
    const rows: { machine: string; to: string }[] = [];
    for (const { id, machine, to } of codes.tables.transitions) rows[id] = { machine, to };
    this.byWhat = rows;
  }

  read(record: FoldRecord): void {
    const { extra } = this.codes.tables;
    const { what, entity, t } = record;
    const row = this.byWhat[what];
    if (row !== undefined) this.transition(row.machine, row.to, entity, t);
    else if (what === extra.tiCreated) this.life(entity, t);
    else if (what === extra.runCreated) this.sink.runCreated(entity, t);
    else if (what === extra.slotTaken) this.takeSlot(entity, record);
    else if (what === extra.bodyBegan) this.beginBody(entity, t);
    else if (what === extra.slotFreed) this.freeSlot(entity, t);
    else if (what === this.codes.held) this.hold(entity, t, record.reason);
  }

  /** The end of what is looked at: everything that is open is cut here. */
  close(t: number): void {
    this.lives.forEach((life, ti) => {
      this.cut(ti, life, null, t);
      for (const held of life.held) this.giveBack(held, t);
    });
  }

  private transition(machine: string, to: string, entity: number, t: number): void {
    if (machine === 'task_instance') this.change(entity, to, t);
    else if (machine === 'pod') this.podChange(entity, to === 'Unschedulable', t);
    else if (machine === 'dag_run' && (to === 'success' || to === 'failed')) {
      this.sink.runEnded(entity, t, to);
    }
  }

  private life(ti: number, t: number): Life {
    for (let row = this.lives.length; row <= ti; row++) {
      this.lives.push({
        state: 'none',
        cause: 'dependencies',
        since: t,
        reason: 0,
        ready: t,
        started: t,
        held: [],
        unschedulable: false,
      });
    }
    return this.lives[ti]!;
  }

  private change(ti: number, to: string, t: number): void {
    const life = this.life(ti, t);
    const from = life.state;
    if (to === from) return;
    if (to === 'scheduled') life.ready = t;
    if (to === 'running') {
      life.started = t;
      this.sink.waited(ti, life.ready, t);
    }
    if (from === 'running') {
      this.sink.ran(ti, life.started, t);
      this.endBody(life, t);
    }
    life.state = to;
    this.cut(ti, life, this.causeOf(life), t);
    if (to === 'scheduled') life.reason = 0;
  }

  private podChange(ti: number, unschedulable: boolean, t: number): void {
    const life = this.life(ti, t);
    life.unschedulable = unschedulable;
    this.cut(ti, life, this.causeOf(life), t);
  }

  private hold(ti: number, t: number, reason: number): void {
    const life = this.life(ti, t);
    if (life.cause === 'limit') this.cut(ti, life, 'limit', t);
    life.reason = reason;
  }

  private takeSlot(ti: number, { t, details }: FoldRecord): void {
    const life = this.life(ti, t);
    const { slotKey } = this.codes.tables.extra;
    const line = details.find(([key]) => key === slotKey)?.[1] ?? -1;
    life.held.push({ line, since: t, bodySince: -1, worked: 0 });
    this.cut(ti, life, this.causeOf(life), t);
  }

  private beginBody(ti: number, t: number): void {
    const life = this.life(ti, t);
    const held = life.held.at(-1);
    if (held) held.bodySince = t;
    this.cut(ti, life, this.causeOf(life), t);
  }

  private endBody(life: Life, t: number): void {
    for (const held of life.held) {
      if (held.bodySince >= 0) held.worked += t - held.bodySince;
      held.bodySince = -1;
    }
  }

  private freeSlot(ti: number, t: number): void {
    const life = this.life(ti, t);
    const held = life.held.shift();
    if (held) this.giveBack(held, t);
    this.cut(ti, life, this.causeOf(life), t);
  }

  private giveBack(held: Held, t: number): void {
    if (held.bodySince >= 0) held.worked += t - held.bodySince;
    this.sink.slot(held.line, held.since, t, held.worked);
  }

  private causeOf(life: Life): Cause | null {
    const { state, held } = life;
    if (state === 'running') {
      const last = held.at(-1);
      if (last === undefined) return 'process_gone';
      return last.bodySince >= 0 ? 'work' : 'start_up';
    }
    if (state === 'queued' && held.some(({ worked, bodySince }) => worked === 0 && bodySince < 0)) {
      return 'start_up';
    }
    if (state === 'queued' && life.unschedulable) return 'unschedulable';
    return WAITS[state] ?? null;
  }

  private cut(ti: number, life: Life, next: Cause | null, t: number): void {
    const { cause, since, reason } = life;
    if (cause !== null && t > since) this.sink.segment(ti, cause, since, t, reason);
    life.cause = next;
    life.since = t;
  }
}
