/**
 * Which records speak of an entity. Per closed chunk a list of its records sorted by entity
 * (2 bytes per record), built when it is first needed; the open chunk is simply searched.
 */
import type { LogReader } from './log.ts';
import type { Chunk } from './logChunk.ts';
import { CHUNK_RECORDS } from './logChunk.ts';

interface ChunkIndex {
  /** Distinct entities, ascending, and where each one's records start in `records`. */
  readonly entities: Int32Array;
  readonly starts: Uint16Array;
  /** Record indices, by entity, then ascending. */
  readonly records: Uint16Array;
}

export class EntityIndex {
  private readonly log: LogReader;
  /** By chunk; a chunk that was still growing has another count the next time. */
  private readonly built = new WeakMap<Chunk, ChunkIndex>();

  constructor(log: LogReader) {
    this.log = log;
  }

  /** Sequence numbers of an entity's records from `from` to before `to`, ascending. */
  recordsOf(entity: number, from = 0, to = this.log.length): number[] {
    const found: number[] = [];
    for (let seq = from; seq < to;) {
      const chunk = this.log.chunkOf(seq);
      const end = Math.min(to, chunk.first + chunk.count);
      this.collect(chunk, entity, (i) => {
        const at = chunk.first + i;
        if (at >= from && at < end) found.push(at);
      });
      seq = end;
    }
    return found;
  }

  /** The last record of an entity before `to`, -1 when there is none. */
  lastBefore(entity: number, to: number): number {
    let found = -1;
    for (let seq = to - 1; seq >= 0 && found < 0;) {
      const chunk = this.log.chunkOf(seq);
      this.collect(chunk, entity, (i) => {
        if (chunk.first + i < to) found = chunk.first + i;
      });
      seq = chunk.first - 1;
    }
    return found;
  }

  private collect(chunk: Chunk, entity: number, found: (i: number) => void): void {
    // A chunk at the end of the log may still grow, and then an index of it would be stale.
    if (chunk.first + chunk.count === this.log.length) {
      for (let i = 0; i < chunk.count; i++) if (chunk.entity[i] === entity) found(i);
      return;
    }
    const { entities, starts, records } = this.indexOf(chunk);
    const at = position(entities, entity);
    if (at < 0) return;
    const end = at + 1 < entities.length ? starts[at + 1]! : records.length;
    for (let r = starts[at]!; r < end; r++) found(records[r]!);
  }

  private indexOf(chunk: Chunk): ChunkIndex {
    const known = this.built.get(chunk);
    if (known !== undefined) return known;
    const index = build(chunk);
    this.built.set(chunk, index);
    return index;
  }
}

function build(chunk: Chunk): ChunkIndex {
  const keys = new Float64Array(chunk.count);
  for (let i = 0; i < chunk.count; i++) keys[i] = chunk.entity[i]! * CHUNK_RECORDS + i;
  keys.sort();
  const records = new Uint16Array(chunk.count);
  const entities: number[] = [];
  const starts: number[] = [];
  keys.forEach((key, r) => {
    const entity = Math.floor(key / CHUNK_RECORDS);
    records[r] = key - entity * CHUNK_RECORDS;
    if (entities.at(-1) === entity && r > 0) return;
    entities.push(entity);
    starts.push(r);
  });
  return { entities: Int32Array.from(entities), starts: Uint16Array.from(starts), records };
}

function position(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle]!;
    if (at === value) return middle;
    if (at < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
