/** Append-only pools: texts and JSON values under small numbers that columns can hold. */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import type { Saveable } from './saveable.ts';

/** Equal texts get the same number; numbers count from 0 in the order of first use. */
export class TextPool implements Saveable<readonly string[]> {
  private texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  get size(): number {
    return this.texts.length;
  }

  /** The number of a text, a new one if it was never seen. */
  put(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.texts.push(text);
    this.numbers.set(text, number);
    return number;
  }

  /** The number of a text, -1 if it was never seen. */
  find(text: string): number {
    return this.numbers.get(text) ?? -1;
  }

  get(number: number): string {
    const text = this.texts[number];
    assert(text !== undefined, 'no such text', { number, size: this.texts.length });
    return text;
  }

  save(): readonly string[] {
    return this.texts.slice();
  }

  /** Keeps what is equal at the start; in going back that is all of `saved`. */
  load(saved: readonly string[]): void {
    let same = 0;
    while (same < saved.length && saved[same] === this.texts[same]) same++;
    for (const text of this.texts.splice(same)) this.numbers.delete(text);
    for (const text of saved.slice(same)) this.put(text);
  }

  hash(hasher: Hasher): void {
    hasher.word(this.texts.length);
    for (const text of this.texts) hasher.text(text);
  }
}

/** Plain JSON values; equal ones (as JSON text, key order counts) get the same number. */
export class JsonPool implements Saveable<readonly string[]> {
  private readonly texts = new TextPool();
  private readonly values = new Map<number, unknown>();

  get size(): number {
    return this.texts.size;
  }

  put(value: unknown): number {
    const text = JSON.stringify(value);
    assert(typeof text === 'string', 'not a JSON value', { type: typeof value });
    return this.texts.put(text);
  }

  /** The value; one object for all callers, which must not change it. */
  get(number: number): unknown {
    if (!this.values.has(number)) this.values.set(number, JSON.parse(this.texts.get(number)));
    return this.values.get(number);
  }

  /** The value as JSON text. */
  text(number: number): string {
    return this.texts.get(number);
  }

  save(): readonly string[] {
    return this.texts.save();
  }

  load(saved: readonly string[]): void {
    this.texts.load(saved);
    this.values.clear();
  }

  hash(hasher: Hasher): void {
    this.texts.hash(hasher);
  }
}
