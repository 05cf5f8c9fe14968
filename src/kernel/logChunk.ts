/**
 * One chunk of the log: up to 16,384 records as a struct of arrays, 13 bytes per record, and two
 * side tables for what few records have (numbers; a cause further back than 65,534 records).
 */
import type { SimTime } from '../base/time.ts';
import { Hasher } from '../base/hash.ts';
import { resized } from './typedArray.ts';

export const CHUNK_RECORDS = 16_384;
/** Longest span of one chunk: what fits in 32 bits of microseconds (71.6 minutes). */
export const CHUNK_SPAN_MAX = 0xffffffff;
/** In the cause column: no cause. */
export const CAUSE_NONE = 0;
/** In the cause column: too far back, look in the side table. */
export const CAUSE_FAR = 0xffff;

/** Readers may look at the first `count` cells of each column, and must not change any. */
export interface Chunk {
  /** Sequence number of the first record. */
  first: number;
  count: number;
  /** Time of the first record; `dt` counts from it, in microseconds. */
  baseTime: SimTime;
  dt: Uint32Array<ArrayBuffer>;
  entity: Int32Array<ArrayBuffer>;
  what: Uint16Array<ArrayBuffer>;
  reason: Uint8Array<ArrayBuffer>;
  /** How many records back the cause lies; CAUSE_NONE and CAUSE_FAR are special. */
  cause: Uint16Array<ArrayBuffer>;
  /** Details, sorted by record: index in the chunk, key, value. */
  detailCount: number;
  detailRecord: Uint16Array<ArrayBuffer>;
  detailKey: Uint8Array<ArrayBuffer>;
  detailValue: Float64Array<ArrayBuffer>;
  /** Far causes, sorted by record: index in the chunk, sequence number of the cause. */
  farCount: number;
  farRecord: Uint16Array<ArrayBuffer>;
  farCause: Float64Array<ArrayBuffer>;
}

/** A chunk with room for `capacity` records and none in it. */
export function emptyChunk(first: number, baseTime: SimTime, capacity = CHUNK_RECORDS): Chunk {
  return {
    first,
    count: 0,
    baseTime,
    detailCount: 0,
    farCount: 0,
    dt: new Uint32Array(capacity),
    entity: new Int32Array(capacity),
    what: new Uint16Array(capacity),
    reason: new Uint8Array(capacity),
    cause: new Uint16Array(capacity),
    detailRecord: new Uint16Array(0),
    detailKey: new Uint8Array(0),
    detailValue: new Float64Array(0),
    farRecord: new Uint16Array(0),
    farCause: new Float64Array(0),
  };
}

/** Cuts the side tables to what is in them. */
export function trimSides(chunk: Chunk): void {
  const { detailCount, farCount } = chunk;
  if (detailCount < chunk.detailRecord.length) {
    chunk.detailRecord = chunk.detailRecord.slice(0, detailCount);
    chunk.detailKey = chunk.detailKey.slice(0, detailCount);
    chunk.detailValue = chunk.detailValue.slice(0, detailCount);
  }
  if (farCount === chunk.farRecord.length) return;
  chunk.farRecord = chunk.farRecord.slice(0, farCount);
  chunk.farCause = chunk.farCause.slice(0, farCount);
}

/** The first `count` records with arrays of exactly that length (or of `capacity`). */
export function copyChunk(chunk: Chunk, count = chunk.count, capacity = count): Chunk {
  const details = detailsBefore(chunk, count);
  const far = lowerBound(chunk.farRecord, chunk.farCount, count);
  const copy = emptyChunk(chunk.first, chunk.baseTime, capacity);
  copy.count = count;
  copy.dt.set(chunk.dt.subarray(0, count));
  copy.entity.set(chunk.entity.subarray(0, count));
  copy.what.set(chunk.what.subarray(0, count));
  copy.reason.set(chunk.reason.subarray(0, count));
  copy.cause.set(chunk.cause.subarray(0, count));
  copy.detailCount = details;
  copy.detailRecord = chunk.detailRecord.slice(0, details);
  copy.detailKey = chunk.detailKey.slice(0, details);
  copy.detailValue = chunk.detailValue.slice(0, details);
  copy.farCount = far;
  copy.farRecord = chunk.farRecord.slice(0, far);
  copy.farCause = chunk.farCause.slice(0, far);
  return copy;
}

/** The buffers of a chunk, for a transfer list. Send a copy: a transfer empties the original. */
export function chunkBuffers(chunk: Chunk): ArrayBuffer[] {
  const columns = [chunk.dt, chunk.entity, chunk.what, chunk.reason, chunk.cause];
  const side = [chunk.detailRecord, chunk.detailKey, chunk.detailValue];
  return [...columns, ...side, chunk.farRecord, chunk.farCause].map((array) => array.buffer);
}

/** Memory held by the arrays, in bytes. */
export function chunkBytes(chunk: Chunk): number {
  return chunkBuffers(chunk).reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/** Words of a record on the stage of a log: dt, entity, what and reason (from bit 16), cause. */
export const STAGE_WORDS = 4;

/**
 * Takes records over from a stage whose first record has the index `first`, so that all before
 * the sequence number `end` are in.
 */
export function fillChunk(chunk: Chunk, stage: Int32Array, first: number, end: number): void {
  const { dt, entity, what, reason, cause } = chunk;
  const count = end - chunk.first;
  let word = (chunk.count - first) * STAGE_WORDS;
  for (let i = chunk.count; i < count; i++) {
    dt[i] = stage[word]!;
    entity[i] = stage[word + 1]!;
    const whatAndReason = stage[word + 2]!;
    what[i] = whatAndReason;
    reason[i] = whatAndReason >>> 16;
    cause[i] = stage[word + 3]!;
    word += STAGE_WORDS;
  }
  if (count > chunk.count) chunk.count = count;
}

/** Adds a number to the record at index `i`, the last one. Keys of one record should differ. */
export function pushDetail(chunk: Chunk, i: number, key: number, value: number): void {
  const at = chunk.detailCount;
  if (at === chunk.detailRecord.length) {
    const capacity = Math.max(64, at * 2);
    chunk.detailRecord = resized(chunk.detailRecord, capacity);
    chunk.detailKey = resized(chunk.detailKey, capacity);
    chunk.detailValue = resized(chunk.detailValue, capacity);
  }
  chunk.detailRecord[at] = i;
  chunk.detailKey[at] = key;
  chunk.detailValue[at] = value;
  chunk.detailCount = at + 1;
}

/** Notes the cause of the record at index `i`, the last one or the next. */
export function pushFarCause(chunk: Chunk, i: number, cause: number): void {
  const at = chunk.farCount;
  if (at === chunk.farRecord.length) {
    const capacity = Math.max(16, at * 2);
    chunk.farRecord = resized(chunk.farRecord, capacity);
    chunk.farCause = resized(chunk.farCause, capacity);
  }
  chunk.farRecord[at] = i;
  chunk.farCause[at] = cause;
  chunk.farCount = at + 1;
}

/** Time of the record at index `i`. */
export function timeAt(chunk: Chunk, i: number): SimTime {
  return (chunk.baseTime + chunk.dt[i]!) as SimTime;
}

/** Sequence number of the cause of the record at index `i`, -1 for none. */
export function causeAt(chunk: Chunk, i: number): number {
  const back = chunk.cause[i]!;
  if (back === CAUSE_NONE) return -1;
  if (back !== CAUSE_FAR) return chunk.first + i - back;
  return chunk.farCause[lowerBound(chunk.farRecord, chunk.farCount, i)]!;
}

/** Index of the first detail of the record at index `i` or of one after it. */
export function detailsBefore(chunk: Chunk, i: number): number {
  return lowerBound(chunk.detailRecord, chunk.detailCount, i);
}

/** One detail of the record at index `i`; undefined when it has none under that key. */
export function detailAt(chunk: Chunk, i: number, key: number): number | undefined {
  for (let d = detailsBefore(chunk, i); d < chunk.detailCount; d++) {
    if (chunk.detailRecord[d] !== i) return undefined;
    if (chunk.detailKey[d] === key) return chunk.detailValue[d];
  }
  return undefined;
}

/** How many records of the chunk lie at or before `time`. */
export function recordsUntil(chunk: Chunk, time: number): number {
  const span = time - chunk.baseTime;
  let low = 0;
  let high = chunk.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunk.dt[middle]! <= span) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Hash of the records in a chunk: two numbers of 32 bits, the same on every engine. */
export function hashChunk(chunk: Chunk): Hasher {
  const hasher = new Hasher().number(chunk.baseTime).word(chunk.count);
  for (let i = 0; i < chunk.count; i++) {
    hasher.word(chunk.dt[i]!).word(chunk.entity[i]!);
    hasher.word(chunk.what[i]! | (chunk.cause[i]! << 16)).word(chunk.reason[i]!);
  }
  for (let d = 0; d < chunk.detailCount; d++) {
    hasher.word(chunk.detailRecord[d]! | (chunk.detailKey[d]! << 16));
    hasher.number(chunk.detailValue[d]!);
  }
  for (let f = 0; f < chunk.farCount; f++) {
    hasher.word(chunk.farRecord[f]!).number(chunk.farCause[f]!);
  }
  return hasher;
}

/** Index of the first of `count` sorted cells that is not below `value`. */
function lowerBound(sorted: Uint16Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
