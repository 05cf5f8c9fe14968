/**
 * The log: everything that happened, in order, append-only. The simulation writes it; picture,
 * metrics, explanations and exports read nothing else.
 *
 * A chunk closes when it is full or when its span would overflow, at the next append. Closed
 * chunks never change and are shared between the branches of a run.
 *
 * Records are first written, four words each, into one small array, the stage, and go into the
 * columns of the open chunk when it is full or when somebody reads: one array to write to instead
 * of five.
 */
import { assert } from '../base/assert.ts';
import { Hasher } from '../base/hash.ts';
import type { SimTime } from '../base/time.ts';
import {
  CAUSE_FAR,
  CAUSE_NONE,
  CHUNK_RECORDS,
  CHUNK_SPAN_MAX,
  causeAt,
  chunkBytes,
  STAGE_WORDS,
  copyChunk,
  detailsBefore,
  emptyChunk,
  fillChunk,
  hashChunk,
  pushDetail,
  pushFarCause,
  recordsUntil,
  timeAt,
  trimSides,
} from './logChunk.ts';
import type { Chunk } from './logChunk.ts';

/** One record, decoded. `what` and the detail keys are codes of the model. */
export interface LogRecord {
  readonly seq: number;
  readonly t: SimTime;
  /** Sequence number of the record that led to this one, -1 for none. */
  readonly cause: number;
  readonly entity: number;
  readonly what: number;
  readonly reason: number;
  readonly details: readonly (readonly [key: number, value: number])[];
}

/** What readers see: the growing log itself, or a copy of its chunks elsewhere. */
export interface LogReader {
  /** Number of records; they have the sequence numbers 0 to `length - 1`. */
  readonly length: number;
  /** Time of the last record, 0 before the first. */
  readonly endTime: SimTime;
  /** The chunk that holds a record, closed or not. */
  chunkOf(seq: number): Chunk;
  record(seq: number): LogRecord;
  timeOf(seq: number): SimTime;
  causeOf(seq: number): number;
  /** How many records lie at or before `time`: the sequence number of the first one after it. */
  countUntil(time: number): number;
}

/** Records that the stage holds: 4 kB, which stay in the nearest cache. */
const STAGE_RECORDS = 256;

export class Log implements LogReader {
  private readonly closed: Chunk[] = [];
  private open: Chunk | undefined;
  /** Hashes of closed chunks, made when first asked for. */
  private hashes: string[] = [];
  length = 0;
  endTime = 0 as SimTime;

  private stage = new Int32Array(0);
  /** Sequence number of the first record on the stage; `stageEnd`: it is full before this one. */
  private stageFirst = 0;
  private stageEnd = 0;
  /** Time since the start of the open chunk. */
  private dt = 0;

  /**
   * Adds a record and returns its sequence number. Ranges: entity int32, what 0-65535, reason
   * 0-255, cause an earlier sequence number or -1. Time never goes back.
   */
  append(time: SimTime, entity: number, what: number, reason = 0, cause = -1): number {
    if (time !== this.endTime) this.advance(time);
    const seq = this.length;
    if (seq === this.stageEnd) this.makeRoom();
    const { stage } = this;
    const at = (seq - this.stageFirst) * STAGE_WORDS;
    let back = cause < 0 ? CAUSE_NONE : seq - cause;
    if (back >= CAUSE_FAR) back = this.farCause(cause);
    stage[at] = this.dt;
    stage[at + 1] = entity;
    stage[at + 2] = what | (reason << 16);
    stage[at + 3] = back;
    this.length = seq + 1;
    return seq;
  }

  /** Adds a number to the record appended last. Key 0-255; keys of one record should differ. */
  detail(key: number, value: number): void {
    assert(this.open !== undefined, 'no record to add a detail to', { key });
    pushDetail(this.open, this.length - 1 - this.open.first, key, value);
  }

  chunkOf(seq: number): Chunk {
    const open = this.current();
    if (open !== undefined && seq >= open.first && seq < this.length) return open;
    const chunk = this.closed[chunkIndex(this.closed, seq)];
    assert(chunk && seq < this.length, 'no such record', { seq, length: this.length });
    return chunk;
  }

  record(seq: number): LogRecord {
    const chunk = this.chunkOf(seq);
    return decode(chunk, seq - chunk.first);
  }

  timeOf(seq: number): SimTime {
    const chunk = this.chunkOf(seq);
    return timeAt(chunk, seq - chunk.first);
  }

  causeOf(seq: number): number {
    const chunk = this.chunkOf(seq);
    return causeAt(chunk, seq - chunk.first);
  }

  countUntil(time: number): number {
    if (time >= this.endTime) return this.length;
    let low = 0;
    let high = this.closed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.closed[middle]!.baseTime <= time) low = middle + 1;
      else high = middle;
    }
    const open = this.current();
    const chunk = open !== undefined && open.baseTime <= time ? open : undefined;
    const last = chunk ?? this.closed[low - 1];
    return last === undefined ? 0 : last.first + recordsUntil(last, time);
  }

  /** Closed chunks from index `from` on. Shared: copy one before transferring it. */
  closedChunks(from = 0): readonly Chunk[] {
    return this.closed.slice(from);
  }

  /** A copy of the records that are not in a closed chunk yet, if there are any. */
  tail(): Chunk | undefined {
    const open = this.current();
    return open && copyChunk(open);
  }

  /** Forgets the records from `length` on, as if they had never been appended. */
  truncate(length: number): void {
    assert(length >= 0 && length <= this.length, 'cannot truncate to', { length });
    if (length === this.length) return;
    const kept = length === 0 ? undefined : this.chunkOf(length - 1);
    while ((this.closed.at(-1)?.first ?? -1) >= (kept?.first ?? 0)) this.closed.pop();
    this.hashes.length = Math.min(this.hashes.length, this.closed.length);
    this.open = kept && copyChunk(kept, length - kept.first, CHUNK_RECORDS);
    this.length = length;
    this.leaveStage();
    this.endTime = length === 0 ? (0 as SimTime) : this.timeOf(length - 1);
  }

  /** A log with the first `length` records; closed chunks are shared, not copied. */
  fork(length = this.length): Log {
    const kept = length === 0 ? undefined : this.chunkOf(length - 1);
    const fork = new Log();
    if (kept === undefined) return fork;
    for (const chunk of this.closed) if (chunk.first < kept.first) fork.closed.push(chunk);
    fork.hashes = this.hashes.slice(0, fork.closed.length);
    fork.open = copyChunk(kept, length - kept.first, CHUNK_RECORDS);
    fork.length = length;
    fork.leaveStage();
    fork.endTime = timeAt(kept, length - kept.first - 1);
    return fork;
  }

  /**
   * Puts a log together from chunks that came from `closedChunks` and, at the end, `tail`. The
   * log takes them over. For readers in another worker, and for a log that was stored.
   */
  static fromChunks(chunks: readonly Chunk[]): Log {
    const log = new Log();
    for (const chunk of chunks) log.addChunk(chunk);
    return log;
  }

  /** Adds the chunk that follows; replaces a tail that came before it. */
  addChunk(chunk: Chunk): void {
    this.current();
    if (this.open !== undefined && this.open.first === chunk.first) this.open = undefined;
    if (this.open !== undefined) this.closed.push(this.open);
    const end = this.closed.at(-1);
    const expected = end === undefined ? 0 : end.first + end.count;
    assert(chunk.first === expected, 'chunk does not follow', { first: chunk.first, expected });
    this.open =
      chunk.dt.length < CHUNK_RECORDS ? copyChunk(chunk, chunk.count, CHUNK_RECORDS) : chunk;
    this.length = chunk.first + chunk.count;
    this.leaveStage();
    this.endTime = timeAt(chunk, chunk.count - 1);
  }

  /** Adds the hash of all records. Costs only what came since it was last asked for. */
  hash(hasher: Hasher): void {
    for (let i = this.hashes.length; i < this.closed.length; i++) {
      this.hashes.push(hashChunk(this.closed[i]!).digest());
    }
    hasher.number(this.length);
    for (const digest of this.hashes) hasher.text(digest);
    const open = this.current();
    if (open !== undefined) hasher.text(hashChunk(open).digest());
  }

  /** Hash of all records as 16 hexadecimal digits. */
  digest(): string {
    const hasher = new Hasher();
    this.hash(hasher);
    return hasher.digest();
  }

  /** Memory held, in bytes; what is shared with other branches counts here too. */
  bytes(): number {
    const open = this.open === undefined ? 0 : chunkBytes(this.open);
    const own = open + this.stage.byteLength;
    return this.closed.reduce((sum, chunk) => sum + chunkBytes(chunk), own);
  }

  /** The clock has gone on. */
  private advance(time: SimTime): void {
    if (time < this.endTime) assert(false, 'log time goes back', { time, end: this.endTime });
    this.endTime = time;
    if (this.open === undefined) return;
    const dt = time - this.open.baseTime;
    // Then the next record needs another chunk.
    if (dt > CHUNK_SPAN_MAX) this.leaveStage();
    this.dt = dt | 0;
  }

  /** The stage is full, or the chunk is, or there is none. */
  private makeRoom(): void {
    let open = this.current();
    const time = this.endTime;
    const isFull = open === undefined || open.count === CHUNK_RECORDS;
    if (open === undefined || isFull || time - open.baseTime > CHUNK_SPAN_MAX) {
      if (open !== undefined) this.closed.push(trimmed(open));
      open = this.open = emptyChunk(this.length, time);
    }
    if (this.stage.length === 0) this.stage = new Int32Array(STAGE_RECORDS * STAGE_WORDS);
    this.dt = (time - open.baseTime) | 0;
    this.stageFirst = this.length;
    this.stageEnd = this.length + Math.min(STAGE_RECORDS, CHUNK_RECORDS - open.count);
  }

  /** The open chunk with all its records in its columns. */
  private current(): Chunk | undefined {
    const { open, length } = this;
    if (open !== undefined && open.first + open.count < length) this.leaveStage();
    return open;
  }

  /** Records on the stage go into their columns; the next one asks for room. */
  private leaveStage(): void {
    const { open, length } = this;
    if (open !== undefined) fillChunk(open, this.stage, this.stageFirst - open.first, length);
    this.stageFirst = this.stageEnd = length;
  }

  /** Notes the cause of the record that comes next beside the columns. */
  private farCause(cause: number): number {
    assert(this.open !== undefined, 'a far cause before all records', { cause });
    pushFarCause(this.open, this.length - this.open.first, cause);
    return CAUSE_FAR;
  }
}

/** A closed chunk holds no more memory than it needs. Most are full: their columns stay. */
function trimmed(chunk: Chunk): Chunk {
  if (chunk.count < chunk.dt.length) return copyChunk(chunk);
  trimSides(chunk);
  return chunk;
}

/** The last chunk that starts at or before `seq`; -1 when there is none. */
function chunkIndex(chunks: readonly Chunk[], seq: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.first <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function decode(chunk: Chunk, i: number): LogRecord {
  const details: [number, number][] = [];
  for (let d = detailsBefore(chunk, i); d < chunk.detailCount; d++) {
    if (chunk.detailRecord[d] !== i) break;
    details.push([chunk.detailKey[d]!, chunk.detailValue[d]!]);
  }
  return {
    seq: chunk.first + i,
    t: timeAt(chunk, i),
    cause: causeAt(chunk, i),
    entity: chunk.entity[i]!,
    what: chunk.what[i]!,
    reason: chunk.reason[i]!,
    details,
  };
}
