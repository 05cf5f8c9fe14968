/**
 * What the log of a run says of the log files of its task instances: which try ran where, from when
 * to when, how its supervisor ended, what became of its pod, and which faults came between.
 */
import { FREED } from '../../airflow/executors/records.ts';
import type { LogReader, LogRecord } from '../../kernel/index.ts';
import type { ExtraCodes, TransitionRow } from '../codes.ts';

/** One supervisor's life in a slot: a try has several when it defers or is rescheduled. */
export interface Leg {
  readonly tryNumber: number;
  /** Slot line of the lane. */
  readonly line: number;
  /** Microseconds; null: not yet, or never. */
  started: number | null;
  /** Its supervisor has come to its end by itself: what it had to upload is uploaded. */
  ended: number | null;
  /** Its supervisor was killed, or the machine under it is gone. */
  lost: number | null;
}

export interface RowChange {
  readonly t: number;
  readonly state: string;
  readonly tryNumber: number;
}

/** One task instance: everything oldest first. */
export interface History {
  readonly changes: RowChange[];
  readonly legs: Leg[];
  readonly pods: { readonly t: number; readonly state: string; readonly tryNumber: number }[];
}

export interface FaultRecord {
  readonly t: number;
  /** Place among the scenario's faults, and FAULT_REASON. */
  readonly index: number;
  readonly reason: number;
}

export interface HistoryCodes {
  readonly transitions: readonly TransitionRow[];
  readonly extra: ExtraCodes;
}

export class Histories {
  readonly faults: FaultRecord[] = [];
  /** By slot line: the moment its last process ended, Infinity while one runs. */
  readonly busyUntil = new Map<number, number>();
  private readonly codes: HistoryCodes;
  private readonly byTi = new Map<number, History>();
  private readonly byWhat: readonly (TransitionRow | undefined)[];
  private readonly open = new Map<number, Leg[]>();

  /** `only`: the task instance that is asked about; null: all of them. */
  constructor(log: LogReader, codes: HistoryCodes, only: number | null = null) {
    this.codes = codes;
    const rows: TransitionRow[] = [];
    for (const row of codes.transitions) rows[row.id] = row;
    this.byWhat = rows;
    for (let seq = 0; seq < log.length; seq++) this.read(log.record(seq), only);
  }

  of(ti: number): History {
    const found = this.byTi.get(ti) ?? { changes: [], legs: [], pods: [] };
    this.byTi.set(ti, found);
    return found;
  }

  private read(record: LogRecord, only: number | null): void {
    const { extra } = this.codes;
    const { what, entity, t } = record;
    const row = this.byWhat[what];
    const asked = only === null || entity === only;
    if (row?.machine === 'task_instance' && asked) this.change(entity, row, t);
    else if (row?.machine === 'pod' && asked) this.podChanges(entity, row.to, t);
    else if (what === extra.fault) {
      this.faults.push({ t, index: entity, reason: record.reason });
    } else if (what === extra.slotTaken) this.takeSlot(entity, record, asked);
    else if (what === extra.slotFreed) this.freeSlot(entity, record);
  }

  private change(ti: number, row: TransitionRow, t: number): void {
    const history = this.of(ti);
    const last = history.changes.at(-1);
    const begins = row.actions.includes('increment_try_number') ? 1 : 0;
    const tryNumber = (last?.tryNumber ?? 0) + begins;
    history.changes.push({ t, state: row.to, tryNumber });
    const leg = history.legs.at(-1);
    if (row.to === 'running' && leg !== undefined) leg.started ??= t;
  }

  private podChanges(ti: number, state: string, t: number): void {
    const { changes, pods } = this.of(ti);
    pods.push({ t, state, tryNumber: changes.at(-1)?.tryNumber ?? 0 });
  }

  private takeSlot(ti: number, { details }: LogRecord, asked: boolean): void {
    const line = details.find(([key]) => key === this.codes.extra.slotKey)?.[1] ?? -1;
    const tryNumber = asked ? (this.of(ti).changes.at(-1)?.tryNumber ?? 0) : 0;
    const leg: Leg = { tryNumber, line, started: null, ended: null, lost: null };
    this.open.set(ti, [...(this.open.get(ti) ?? []), leg]);
    this.busyUntil.set(line, Infinity);
    if (asked) this.of(ti).legs.push(leg);
  }

  /** Of two legs the older one ends first: it lingers beside the next try. */
  private freeSlot(ti: number, { t, reason }: LogRecord): void {
    const [leg, ...rest] = this.open.get(ti) ?? [];
    if (leg === undefined) return;
    this.open.set(ti, rest);
    this.busyUntil.set(leg.line, t);
    if (reason === FREED.ended) leg.ended = t;
    else if (reason === FREED.lost) leg.lost = t;
  }
}
