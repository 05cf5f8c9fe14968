/**
 * State of all entities as a function of the log alone: one small number per entity, changed by
 * each record according to a table that the model gives.
 */
import { assert } from '../base/assert.ts';
import type { Chunk } from './logChunk.ts';
import { resized } from './typedArray.ts';

/** Something that can be computed by going through the log, forwards and by jumps. */
export interface Fold<Keyframe> {
  /** Carries out records `from` to before `to` (indices in the chunk), in order. */
  apply(chunk: Chunk, from: number, to: number): void;
  /**
   * Takes back record `i`, the last one carried out. False when it cannot (then the seeker jumps
   * to a keyframe instead).
   */
  undo(chunk: Chunk, i: number): boolean;
  keyframe(): Keyframe;
  restore(keyframe: Keyframe): void;
  /** Back to before the first record. */
  reset(): void;
}

/** In a transition table: this record says nothing about the state. */
export const NO_CHANGE = 255;

/**
 * What each record code does to the state of its entity. `to[what]` is the new state; `from[what]`
 * the old one, which makes stepping back possible. NO_CHANGE where a code changes nothing, or, in
 * `from` only, where the old state is not determined by the code.
 */
export interface StateTransitions {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

/** An empty table for 65,536 codes. */
export function noTransitions(): StateTransitions & { from: Uint8Array; to: Uint8Array } {
  const size = 0x10000;
  return { from: new Uint8Array(size).fill(NO_CHANGE), to: new Uint8Array(size).fill(NO_CHANGE) };
}

/** The state column. Entities are non-negative; before their first record they have state 0. */
export class StateFold implements Fold<Uint8Array> {
  private readonly transitions: StateTransitions;
  private states = new Uint8Array(64);
  /** One more than the largest entity seen. */
  entities = 0;

  constructor(transitions: StateTransitions) {
    assert(transitions.to.length === 0x10000, 'transition table has the wrong size');
    this.transitions = transitions;
  }

  stateOf(entity: number): number {
    return this.states[entity] ?? 0;
  }

  /** All states, by entity. Valid until the next seek. */
  all(): Uint8Array {
    return this.states.subarray(0, this.entities);
  }

  apply(chunk: Chunk, from: number, to: number): void {
    const { what, entity } = chunk;
    const next = this.transitions.to;
    let { states } = this;
    for (let i = from; i < to; i++) {
      const state = next[what[i]!]!;
      if (state === NO_CHANGE) continue;
      const id = entity[i]!;
      if (id >= this.entities) {
        this.entities = id + 1;
        states = this.reserve(id + 1);
      }
      states[id] = state;
    }
  }

  undo(chunk: Chunk, i: number): boolean {
    const code = chunk.what[i]!;
    if (this.transitions.to[code] === NO_CHANGE) return true;
    const before = this.transitions.from[code]!;
    if (before === NO_CHANGE) return false;
    this.states[chunk.entity[i]!] = before;
    return true;
  }

  keyframe(): Uint8Array {
    return this.states.slice(0, this.entities);
  }

  restore(keyframe: Uint8Array): void {
    const states = this.reserve(keyframe.length);
    states.set(keyframe);
    states.fill(0, keyframe.length);
    this.entities = keyframe.length;
  }

  reset(): void {
    this.states.fill(0);
    this.entities = 0;
  }

  private reserve(entities: number): Uint8Array<ArrayBuffer> {
    if (entities > this.states.length) {
      this.states = resized(this.states, Math.max(entities, this.states.length * 2));
    }
    return this.states;
  }
}
