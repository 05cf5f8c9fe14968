/**
 * A stable 64-bit hash of bytes and of plain data, for comparing two runs; not for secrecy.
 * Two 32-bit lanes with the mixing steps of MurmurHash3 (Appleby, public domain), integer
 * arithmetic only, so that every JavaScript engine on a little-endian machine agrees.
 */
import { assert } from './assert.ts';

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** Incremental hash: feed it in any number of steps, the order matters. */
export class Hasher {
  private a: number;
  private b: number;
  private words = 0;

  constructor(seed = 0) {
    this.a = seed | 0;
    this.b = ~seed | 0;
  }

  /** Adds one 32-bit word. */
  word(value: number): this {
    this.a = mix(this.a, value, 13, 5, 0xe6546b64);
    this.b = mix(this.b, value ^ this.a, 17, 9, 0x561ccd1b);
    this.words = (this.words + 1) | 0;
    return this;
  }

  /** Adds a double by its bits; -0 counts as 0, every NaN as the same NaN. */
  number(value: number): this {
    if (Number.isNaN(value)) return this.word(0).word(0x7ff80000);
    scratch[0] = value === 0 ? 0 : value;
    return this.word(scratchWords[0] ?? 0).word(scratchWords[1] ?? 0);
  }

  /** Adds a string by its UTF-16 code units, length first. */
  text(value: string): this {
    this.word(value.length);
    for (let i = 0; i < value.length; i += 2) {
      const high = i + 1 < value.length ? value.charCodeAt(i + 1) : 0;
      this.word(value.charCodeAt(i) | (high << 16));
    }
    return this;
  }

  /** Adds the bytes of a buffer or a typed array's window on one, length first. */
  bytes(view: ArrayBufferView): this {
    const all = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.word(all.length);
    for (let i = 0; i < all.length; i += 4) this.word(wordAt(all, i));
    return this;
  }

  /** Adds plain data; object keys count in sorted order, undefined fields not at all. */
  plain(value: unknown): this {
    if (value === null) return this.word(1);
    if (typeof value === 'boolean') return this.word(value ? 3 : 2);
    if (typeof value === 'number') return this.word(4).number(value);
    if (typeof value === 'string') return this.word(5).text(value);
    if (Array.isArray(value)) return this.list(value);
    assert(typeof value === 'object', 'only plain data can be hashed', { type: typeof value });
    return this.record(value);
  }

  /** 16 lower-case hexadecimal digits. More can be added afterwards. */
  digest(): string {
    return hex(this.digestWord()) + hex(this.second());
  }

  /** The first 8 digits as a signed 32-bit integer. */
  digestWord(): number {
    return avalanche(avalanche(this.a ^ this.words) + this.second());
  }

  private second(): number {
    return avalanche((this.b ^ Math.imul(this.words, C2)) + avalanche(this.a ^ this.words));
  }

  private list(values: readonly unknown[]): this {
    this.word(6).word(values.length);
    for (const value of values) this.plain(value === undefined ? null : value);
    return this;
  }

  private record(value: object): this {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    entries.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
    this.word(7).word(entries.length);
    for (const [key, field] of entries) this.text(key).plain(field);
    return this;
  }
}

/** Hash of plain data (JSON values), as 16 hexadecimal digits. */
export function hashPlain(value: unknown): string {
  return new Hasher().plain(value).digest();
}

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

function mix(state: number, value: number, turn: number, factor: number, add: number): number {
  const word = Math.imul(rotate(Math.imul(value, C1), 15), C2);
  return (Math.imul(rotate(state ^ word, turn), factor) + add) | 0;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function avalanche(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function wordAt(bytes: Uint8Array, i: number): number {
  const at = (offset: number): number => bytes[i + offset] ?? 0;
  return at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
