/**
 * Random choices of the chaos generator: small integers from one 32-bit state, the same on every
 * engine. They make scenarios; draws of the simulation itself come from the kernel.
 */
import { assert } from '../../base/assert.ts';

export class Draws {
  private readonly origin: number;
  private state: number;

  /** Seeds that follow each other give unrelated draws. */
  constructor(seed: number) {
    this.origin = mixed(Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995);
    this.state = this.origin;
  }

  /** Draws of their own for what has this name: a new name changes those of no other. */
  keyed(name: string): Draws {
    let key = this.origin;
    for (let i = 0; i < name.length; i++) key = mixed(key ^ name.charCodeAt(i));
    return new Draws(key);
  }

  /** From 0 to `count - 1`. */
  below(count: number): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return mixed(this.state) % count;
  }

  /** From `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True in so many of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    assert(value !== undefined, 'nothing to pick from');
    return value;
  }

  /** Each value with the given chance, in their order. */
  some<T>(values: readonly T[], percent: number): T[] {
    return values.filter(() => this.chance(percent));
  }
}

function mixed(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
