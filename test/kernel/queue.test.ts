import { expect, test } from 'vitest';
import fc from 'fast-check';
import { EventQueue, NO_EVENT } from '../../src/kernel/index.ts';
import type { EventHandle } from '../../src/kernel/index.ts';
import { hashOf } from './hashOf.ts';

interface Pending {
  readonly time: number;
  readonly order: number;
  readonly subject: number;
  readonly handle: EventHandle;
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('push'), n: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pop'), n: fc.constant(0) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel'), n: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore'), n: fc.constant(0) }) },
);

/** The same operations on the queue and on a list that is sorted each time. */
class Both {
  queue = new EventQueue();
  list: Pending[] = [];
  given: EventHandle[] = [];
  private order = 0;

  push(time: number): void {
    const order = this.order++;
    const handle = this.queue.push(time, order % 255, order, order * 2, -order, order - 1);
    this.list.push({ time, order, subject: order, handle });
    this.list.sort((a, b) => a.time - b.time || a.order - b.order);
    this.given.push(handle);
  }

  pop(): void {
    const expected = this.list.shift();
    expect(this.queue.nextTime).toBe(expected?.time ?? Infinity);
    expect(this.queue.pop()).toBe(expected !== undefined);
    if (expected === undefined) return;
    const { time, kind, subject, arg, extra, cause } = this.queue;
    const id = expected.subject;
    expect({ time, kind, subject, arg, extra, cause }).toEqual({
      time: expected.time,
      kind: id % 255,
      subject: id,
      arg: id * 2,
      extra: 0 - id,
      cause: id - 1,
    });
  }

  cancel(n: number): void {
    const handle = this.given[n % Math.max(1, this.given.length)] ?? NO_EVENT;
    const at = this.list.findIndex((pending) => pending.handle === handle);
    expect(this.queue.has(handle)).toBe(at >= 0);
    expect(this.queue.cancel(handle)).toBe(at >= 0);
    if (at >= 0) this.list.splice(at, 1);
  }

  restore(): void {
    const saved = this.queue.save();
    const before = hashOf(this.queue);
    const other = new EventQueue();
    other.push(3, 1, 1);
    other.load(saved);
    this.queue.push(0, 9, 9);
    expect(hashOf(other)).toBe(before);
    this.queue = other;
  }
}

test('queue: random pushes, pops, cancels, restores -> as a sorted list', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const both = new Both();
      for (const { do: what, n } of steps) {
        if (what === 'push') both.push(n);
        else if (what === 'pop') both.pop();
        else if (what === 'cancel') both.cancel(n);
        else both.restore();
        expect(both.queue.size).toBe(both.list.length);
      }
      while (both.list.length > 0) both.pop();
      both.pop();
    }),
    { numRuns: 300 },
  );
});

test('queue: 20,000 events, most of them cancelled -> the rest in order, memory reused', () => {
  const queue = new EventQueue();
  let kept = 0;
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 1000; i++) {
      const handle = queue.push((i * 7919) % 1000, 1, i);
      if (i % 10 === 0) kept += 1;
      else queue.cancel(handle);
    }
  }
  expect(queue.size).toBe(kept);
  // 2,000 pending ones and a bounded share of cancelled ones.
  expect(queue.bytes()).toBeLessThanOrEqual(8192 * 48);
  let last = -1;
  for (let n = 0; n < kept; n++) {
    queue.pop();
    expect(queue.time).toBeGreaterThanOrEqual(last);
    last = queue.time;
  }
  expect(queue.pop()).toBe(false);
});

test('queue: handle of a past event whose slot is in use again -> not that event', () => {
  const queue = new EventQueue();
  const old = queue.push(1, 1, 1);
  queue.pop();
  queue.push(2, 1, 2);
  expect(queue.has(old)).toBe(false);
  expect(queue.cancel(old)).toBe(false);
  expect(queue.size).toBe(1);
});

test('queue: limit reached -> a further push gives no event', () => {
  const queue = new EventQueue(100);
  for (let i = 0; i < 100; i++) queue.push(i, 1, i);
  expect(queue.push(1, 1, 1)).toBe(NO_EVENT);
  expect(queue.size).toBe(100);
  queue.pop();
  expect(queue.push(1, 1, 1)).not.toBe(NO_EVENT);
});

test('queue: hash -> order of pushes among equal times counts, heap layout does not', () => {
  const build = (times: readonly number[], extra: readonly number[]): EventQueue => {
    const queue = new EventQueue();
    const handles = extra.map((time) => queue.push(time, 1, 0));
    for (const time of times) queue.push(time, 1, time);
    for (const handle of handles) queue.cancel(handle);
    return queue;
  };
  expect(hashOf(build([4, 5, 6], [1, 9]))).toBe(hashOf(build([4, 5, 6], [9, 1])));
  expect(hashOf(build([4, 5, 6], []))).not.toBe(hashOf(build([5, 4, 6], [])));
});
