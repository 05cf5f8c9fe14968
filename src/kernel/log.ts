/**
 * The log: everything that happened, in order, append-only. The simulation writes it; picture,
 * metrics, explanations and exports read nothing else.
 *
 * A chunk closes when it is full or when its span would overflow, at the next append. Closed
 * chunks never change and are shared between the branches of a run.
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
  copyChunk,
  detailsBefore,
  emptyChunk,
  hashChunk,
  pushDetail,
  pushFarCause,
  recordsUntil,
  timeAt,
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

export class Log implements LogReader {
  private readonly closed: Chunk[] = [];
  private open: Chunk | undefined;
  /** Hashes of closed chunks, made when first asked for. */
  private hashes: string[] = [];
  length = 0;
  endTime = 0 as SimTime;

  /**
   * Adds a record and returns its sequence number. Ranges: entity int32, what 0-65535, reason
   * 0-255, cause an earlier sequence number or -1. Time never goes back.
   */
  append(time: SimTime, entity: number, what: number, reason = 0, cause = -1): number {
    if (time < this.endTime) assert(false, 'log time goes back', { time, end: this.endTime });
    let chunk = this.open;
    let dt = chunk === undefined ? 0 : time - chunk.baseTime;
    if (chunk === undefined || chunk.count === CHUNK_RECORDS || dt > CHUNK_SPAN_MAX) {
      chunk = this.nextChunk(time);
      dt = 0;
    }
    const seq = this.length;
    const i = chunk.count;
    let back = cause < 0 ? CAUSE_NONE : seq - cause;
    if (back >= CAUSE_FAR) {
      pushFarCause(chunk, cause);
      back = CAUSE_FAR;
    }
    chunk.dt[i] = dt;
    chunk.entity[i] = entity;
    chunk.what[i] = what;
    chunk.reason[i] = reason;
    chunk.cause[i] = back;
    chunk.count = i + 1;
    this.length = seq + 1;
    this.endTime = time;
    return seq;
  }

  /** Adds a number to the record appended last. Key 0-255; keys of one record should differ. */
  detail(key: number, value: number): void {
    assert(this.open !== undefined, 'no record to add a detail to', { key });
    pushDetail(this.open, key, value);
  }

  chunkOf(seq: number): Chunk {
    const { open } = this;
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
    const chunk = this.open !== undefined && this.open.baseTime <= time ? this.open : undefined;
    const last = chunk ?? this.closed[low - 1];
    return last === undefined ? 0 : last.first + recordsUntil(last, time);
  }

  /** Closed chunks from index `from` on. Shared: copy one before transferring it. */
  closedChunks(from = 0): readonly Chunk[] {
    return this.closed.slice(from);
  }

  /** A copy of the records that are not in a closed chunk yet, if there are any. */
  tail(): Chunk | undefined {
    return this.open === undefined ? undefined : copyChunk(this.open);
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
    if (this.open !== undefined && this.open.first === chunk.first) this.open = undefined;
    if (this.open !== undefined) this.closed.push(this.open);
    const end = this.closed.at(-1);
    const expected = end === undefined ? 0 : end.first + end.count;
    assert(chunk.first === expected, 'chunk does not follow', { first: chunk.first, expected });
    this.open =
      chunk.dt.length < CHUNK_RECORDS ? copyChunk(chunk, chunk.count, CHUNK_RECORDS) : chunk;
    this.length = chunk.first + chunk.count;
    this.endTime = timeAt(chunk, chunk.count - 1);
  }

  /** Adds the hash of all records. Costs only what came since it was last asked for. */
  hash(hasher: Hasher): void {
    for (let i = this.hashes.length; i < this.closed.length; i++) {
      this.hashes.push(hashChunk(this.closed[i]!).digest());
    }
    hasher.number(this.length);
    for (const digest of this.hashes) hasher.text(digest);
    if (this.open !== undefined) hasher.text(hashChunk(this.open).digest());
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
    return this.closed.reduce((sum, chunk) => sum + chunkBytes(chunk), open);
  }

  private nextChunk(time: SimTime): Chunk {
    const { open } = this;
    if (open !== undefined) this.closed.push(trimmed(open));
    this.open = emptyChunk(this.length, time);
    return this.open;
  }
}

/** A closed chunk holds no more memory than it needs. */
function trimmed(chunk: Chunk): Chunk {
  const exact =
    chunk.count === chunk.dt.length &&
    chunk.detailCount === chunk.detailRecord.length &&
    chunk.farCount === chunk.farRecord.length;
  return exact ? chunk : copyChunk(chunk);
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
