/**
 * The life of a lane as moves, made from its log while chunks arrive. Everything that is shown of a
 * lane is read from here: frames (frameReader.ts), numbers (snapshot.ts), lives, series.
 */
import type { Chunk } from '../kernel/index.ts';
import { NOT_MINE } from './codes.ts';
import type { LogCodes } from './codes.ts';
import { Entries, NONE } from './entries.ts';
import type { Edit } from './frame.ts';
import { finishedStates, stageOf } from './stageOf.ts';
import type { Holding, StateNumbers } from './stageOf.ts';

/** A change of a DAG run: state is an index into the codes' runStates. */
export interface RunChange {
  readonly t: number;
  readonly seq: number;
  readonly run: number;
  readonly state: number;
}

/** A wait that ended: from ready (scheduled) to running. */
export interface Wait {
  readonly t: number;
  readonly wait: number;
}

/** A loop that takes longer counts as blocked, microseconds. */
export const LONG_LOOP = 1_000_000;

/** By the reason of a fault's record (FAULT_REASON of src/airflow/faults). */
const FAULT_OUTCOMES = ['done', 'nothing_there', 'over'] as const;

export class Timeline {
  readonly codes: LogCodes;
  readonly numbers: StateNumbers;
  readonly entries = new Entries();
  /** By task instance: its first entry. Rows are created in the order of their numbers. */
  readonly heads: number[] = [];
  readonly runs: RunChange[] = [];
  readonly waits: Wait[] = [];
  /** Placeholders of mapped tasks that became index 0, with the time: before it, map_index is -1. */
  readonly expanded: { t: number; ti: number }[] = [];
  /** Runs whose rows were deleted: by row of dag_run, the time. */
  readonly deletedRuns = new Map<number, number>();
  /** Faults and actions of people, as they were carried out. */
  readonly edits: Edit[] = [];
  /** Times at which a scheduler loop began. */
  readonly loops: number[] = [];
  /** Loops that were held for long, by an executor that works inside them. */
  readonly holds: { from: number; to: number }[] = [];
  /** End of the last loop that is through. */
  loopEnd = -1;
  /** Records read so far. */
  records = 0;
  endTime = 0;
  private readonly tails: number[] = [];
  private readonly holdings: Holding[] = [];
  private readonly readySince: number[] = [];
  private readonly scheduled: number;

  constructor(codes: LogCodes) {
    const number = (name: string): number => codes.tiStates.indexOf(name);
    this.codes = codes;
    this.scheduled = number('scheduled');
    this.numbers = {
      queued: number('queued'),
      running: number('running'),
      restarting: number('restarting'),
      finished: finishedStates(codes.tiStates),
    };
  }

  get taskInstances(): number {
    return this.heads.length;
  }

  /** Reads the records that are new in a chunk: the same tail may come again, longer. */
  add(chunk: Chunk): void {
    const from = this.records - chunk.first;
    if (from < 0) throw new Error(`records ${this.records} to ${chunk.first} are missing`);
    for (let i = from; i < chunk.count; i++) this.read(chunk, i);
    this.records = Math.max(this.records, chunk.first + chunk.count);
    if (chunk.count > 0) this.endTime = chunk.baseTime + chunk.dt[chunk.count - 1]!;
  }

  private read(chunk: Chunk, i: number): void {
    const { codes } = this;
    const what = chunk.what[i]!;
    const entity = chunk.entity[i]!;
    const t = chunk.baseTime + chunk.dt[i]!;
    const seq = chunk.first + i;
    if (what >= codes.tiTo.length) return this.readExtra(chunk, i, t, seq);
    const state = codes.tiTo[what]!;
    if (state !== NOT_MINE) return this.change(entity, what, state, t, seq);
    const run = codes.runTo[what]!;
    if (run !== NOT_MINE) this.runs.push({ t, seq, run: entity, state: run });
  }

  private readExtra(chunk: Chunk, i: number, t: number, seq: number): void {
    const { extra } = this.codes;
    const what = chunk.what[i]!;
    const entity = chunk.entity[i]!;
    if (what === extra.tiCreated) this.create(entity, t, seq);
    else if (what === extra.tiExpanded) this.expanded.push({ t, ti: entity });
    else if (what === extra.loopBegins) this.loops.push(t);
    else if (what === extra.loopEnds) this.endLoop(t);
    else if (what === extra.runCreated) this.runs.push({ t, seq, run: entity, state: 0 });
    else if (what === extra.runDeleted) this.deletedRuns.set(entity, t);
    else if (what === extra.slotTaken)
      this.takeSlot(entity, slotOf(chunk, i, extra.slotKey), t, seq);
    else if (what === extra.bodyBegan) this.beginBody(entity, t, seq);
    else if (what === extra.slotFreed) this.freeSlot(entity, t, seq);
    else this.readEdit(what, entity, chunk.reason[i]!, t);
  }

  private readEdit(what: number, index: number, reason: number, t: number): void {
    const { extra, refusals } = this.codes;
    const edit = { t, index, refusal: '' };
    if (what === extra.userAction) this.edits.push({ ...edit, kind: 'action', outcome: 'done' });
    else if (what === extra.actionRefused) {
      const refusal = refusals[reason] ?? '';
      this.edits.push({ ...edit, kind: 'action', outcome: 'refused', refusal });
    } else if (what === extra.fault) {
      const outcome = FAULT_OUTCOMES[reason] ?? 'done';
      this.edits.push({ ...edit, kind: 'fault', outcome });
    }
  }

  /** A loop is through. Airflow's own sleep is a second: what takes longer holds everything up. */
  private endLoop(t: number): void {
    const from = this.loops.at(-1) ?? t;
    this.loopEnd = t;
    if (t - from >= LONG_LOOP) this.holds.push({ from, to: t });
  }

  private create(ti: number, t: number, seq: number): void {
    for (let row = this.heads.length; row <= ti; row++) {
      const entry = this.entries.push(t, seq, row, NONE);
      this.heads.push(entry);
      this.tails.push(entry);
      this.holdings.push({ slot: NONE, lingering: NONE, working: false, lost: false });
      this.readySince.push(t);
      this.fill(entry, 0, 0);
    }
  }

  private change(ti: number, what: number, state: number, t: number, seq: number): void {
    this.create(ti, t, seq);
    const holding = this.holdings[ti]!;
    const { numbers } = this;
    const before = this.entries.state[this.tails[ti]!]!;
    const holds = state === numbers.queued || state === numbers.running;
    if (!holds && holding.lost) {
      holding.lingering = NONE;
      holding.lost = false;
    } else if (!holds && holding.slot >= 0) {
      holding.lingering = holding.slot;
      holding.slot = NONE;
      holding.working = false;
    }
    if (state === this.scheduled && before !== state) this.readySince[ti] = t;
    if (state === numbers.running && before !== state) {
      this.waits.push({ t, wait: t - this.readySince[ti]! });
    }
    this.move(ti, state, t, seq, this.codes.tries[what]!);
  }

  private takeSlot(ti: number, slot: number, t: number, seq: number): void {
    const holding = this.holdings[ti];
    if (!holding) return;
    if (holding.lost) holding.lingering = NONE;
    holding.lost = false;
    holding.slot = slot;
    holding.working = false;
    this.move(ti, this.stateOf(ti), t, seq);
  }

  private beginBody(ti: number, t: number, seq: number): void {
    const holding = this.holdings[ti];
    if (!holding || holding.slot < 0) return;
    holding.working = true;
    this.move(ti, this.stateOf(ti), t, seq);
  }

  private freeSlot(ti: number, t: number, seq: number): void {
    const holding = this.holdings[ti];
    if (!holding) return;
    if (holding.lost) return;
    if (holding.lingering >= 0) holding.lingering = NONE;
    else {
      const state = this.stateOf(ti);
      // Its process is gone, the database calls it running: it stays in sight where it was.
      holding.lost = state === this.numbers.running || state === this.numbers.restarting;
      if (holding.lost) holding.lingering = holding.slot;
      holding.slot = NONE;
      holding.working = false;
    }
    this.move(ti, this.stateOf(ti), t, seq);
  }

  private stateOf(ti: number): number {
    return this.entries.state[this.tails[ti]!]!;
  }

  private move(ti: number, state: number, t: number, seq: number, tries = 0): void {
    const { entries } = this;
    const tail = this.tails[ti]!;
    const tryNumber = entries.tryNumber[tail]! + tries;
    const entry = entries.push(t, seq, ti, tail);
    this.tails[ti] = entry;
    this.fill(entry, state, tryNumber);
  }

  private fill(entry: number, state: number, tryNumber: number): void {
    const { entries } = this;
    const holding = this.holdings[entries.ti[entry]!]!;
    entries.state[entry] = state;
    entries.tryNumber[entry] = tryNumber;
    entries.stage[entry] = stageOf(state, holding, this.numbers);
    entries.slot[entry] = holding.slot >= 0 ? holding.slot : holding.lingering;
  }
}

function slotOf(chunk: Chunk, i: number, key: number): number {
  for (let d = firstDetail(chunk, i); d < chunk.detailCount; d++) {
    if (chunk.detailRecord[d] !== i) break;
    if (chunk.detailKey[d] === key) return chunk.detailValue[d]!;
  }
  return 0;
}

/** Index of the first detail of the record or of one after it. */
function firstDetail(chunk: Chunk, i: number): number {
  let low = 0;
  let high = chunk.detailCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunk.detailRecord[middle]! < i) low = middle + 1;
    else high = middle;
  }
  return low;
}
