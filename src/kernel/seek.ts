/**
 * Moves a fold to any place of a log: keyframes every 16,384 records, then at most so many
 * records replayed. Small steps back are taken back record by record.
 */
import { assert } from '../base/assert.ts';
import type { Fold } from './fold.ts';
import type { LogReader } from './log.ts';
import { CHUNK_RECORDS } from './logChunk.ts';

export class Seeker<Keyframe> {
  private readonly log: LogReader;
  private readonly fold: Fold<Keyframe>;
  /** keyframes[k] is the state after k * CHUNK_RECORDS records, for k from 1. */
  private readonly keyframes: Keyframe[] = [];
  private at = 0;

  /** The seeker owns the fold from now on; it starts before the first record. */
  constructor(log: LogReader, fold: Fold<Keyframe>) {
    this.log = log;
    this.fold = fold;
    fold.reset();
  }

  /** Records carried out: the fold shows the state after `position` records. */
  get position(): number {
    return this.at;
  }

  /** To the state at a time: every record at or before it is carried out. Returns the position. */
  seekTime(time: number): number {
    return this.seek(this.log.countUntil(time));
  }

  /** To the state after `position` records. */
  seek(position: number): number {
    assert(position >= 0 && position <= this.log.length, 'seek beyond the log', { position });
    const key = Math.min(Math.floor(position / CHUNK_RECORDS), this.keyframes.length);
    const keyAt = key * CHUNK_RECORDS;
    const back = this.at - position;
    const nearer = back > 0 && back < position - keyAt;
    if (!(nearer && this.stepBack(position))) {
      if (position < this.at || keyAt > this.at) this.jump(key);
      this.replay(position);
    }
    return this.at;
  }

  /** One record on or back; false at either end. */
  step(direction: 1 | -1): boolean {
    const target = this.at + direction;
    if (target < 0 || target > this.log.length) return false;
    this.seek(target);
    return true;
  }

  /** After `truncate` of the log: forgets what lies beyond its end. */
  trim(): void {
    const valid = Math.floor(this.log.length / CHUNK_RECORDS);
    this.keyframes.length = Math.min(this.keyframes.length, valid);
    if (this.at > this.log.length) {
      this.jump(this.keyframes.length);
      this.replay(this.log.length);
    }
  }

  private jump(key: number): void {
    const keyframe = this.keyframes[key - 1];
    if (keyframe === undefined) this.fold.reset();
    else this.fold.restore(keyframe);
    this.at = keyframe === undefined ? 0 : key * CHUNK_RECORDS;
  }

  private replay(position: number): void {
    while (this.at < position) {
      const chunk = this.log.chunkOf(this.at);
      const nextKey = (this.keyframes.length + 1) * CHUNK_RECORDS;
      const stop = this.at < nextKey ? Math.min(position, nextKey) : position;
      const end = Math.min(stop, chunk.first + chunk.count);
      this.fold.apply(chunk, this.at - chunk.first, end - chunk.first);
      this.at = end;
      if (end === nextKey) this.keyframes.push(this.fold.keyframe());
    }
  }

  private stepBack(position: number): boolean {
    while (this.at > position) {
      const chunk = this.log.chunkOf(this.at - 1);
      if (!this.fold.undo(chunk, this.at - 1 - chunk.first)) return false;
      this.at -= 1;
    }
    return true;
  }
}
