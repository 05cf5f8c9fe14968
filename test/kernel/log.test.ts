import { expect, test } from 'vitest';
import fc from 'fast-check';
import { us } from '../../src/base/time.ts';
import { EntityIndex, Log, chunkBuffers, copyChunk, detailAt } from '../../src/kernel/index.ts';
import type { LogRecord } from '../../src/kernel/index.ts';

const entry = fc.record({
  gap: fc.oneof(fc.nat(3), fc.nat(10_000_000), fc.constant(6_000_000_000)),
  entity: fc.oneof(fc.nat(5), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  what: fc.nat(65_535),
  reason: fc.nat(255),
  back: fc.nat(40),
  details: fc.uniqueArray(fc.tuple(fc.nat(255), fc.double()), {
    maxLength: 3,
    selector: ([key]) => key,
  }),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

/** Appends the entries and returns what the log should say. */
function write(log: Log, entries: readonly Entry[], expected: LogRecord[] = []): LogRecord[] {
  for (const { gap, entity, what, reason, back, details } of entries) {
    const t = us((expected.at(-1)?.t ?? 0) + gap);
    const seq = log.length;
    const cause = back === 0 || back > seq ? -1 : seq - back;
    expect(log.append(t, entity, what, reason, cause)).toBe(seq);
    for (const [key, value] of details) log.detail(key, value);
    expected.push({ seq, t, cause, entity, what, reason, details });
  }
  return expected;
}

const contents = (log: Log): LogRecord[] =>
  Array.from({ length: log.length }, (_, seq) => log.record(seq));

test('log: any records -> read back as they were written, by number and by time', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const log = new Log();
      const expected = write(log, entries);
      expect(contents(log)).toEqual(expected);
      for (const { t, seq } of expected) {
        expect(log.countUntil(t)).toBe(expected.filter((other) => other.t <= t).length);
        expect(log.countUntil(t - 1)).toBe(expected.filter((other) => other.t < t).length);
        expect(log.timeOf(seq)).toBe(t);
      }
    }),
  );
});

test('log: truncated, written on -> as if the rest had never been', () => {
  fc.assert(
    fc.property(fc.array(entry), fc.array(entry), fc.nat(), (one, two, cut) => {
      const log = new Log();
      const expected = write(log, one);
      const length = cut % (expected.length + 1);
      log.digest();
      log.truncate(length);
      const fresh = new Log();
      const kept = expected.slice(0, length);
      write(fresh, one.slice(0, length));
      expect(log.digest()).toBe(fresh.digest());
      write(log, two, kept);
      write(fresh, two, expected.slice(0, length));
      expect(contents(log)).toEqual(kept);
      expect(log.digest()).toBe(fresh.digest());
    }),
  );
});

test('log: fork, both written on -> neither sees the other', () => {
  fc.assert(
    fc.property(fc.array(entry), fc.array(entry), fc.array(entry), fc.nat(), (one, a, b, cut) => {
      const log = new Log();
      const start = write(log, one);
      const fork = log.fork(cut % (start.length + 1));
      const inLog = write(log, a, start.slice());
      const inFork = write(fork, b, start.slice(0, fork.length));
      expect(contents(log)).toEqual(inLog);
      expect(contents(fork)).toEqual(inFork);
    }),
  );
});

/** 50,000 records of 100 entities; each names as its cause the record 70,000 or 3 before it. */
function longLog(records = 200_000): Log {
  const log = new Log();
  for (let seq = 0; seq < records; seq++) {
    const back = seq % 2 === 0 ? 70_000 : 3;
    log.append(us(seq * 10), seq % 100, seq % 7, 0, seq >= back ? seq - back : -1);
    if (seq % 10 === 0) log.detail(4, seq);
  }
  return log;
}

test('log: 200,000 records -> at most 15 bytes each, far causes found, chunks shared', () => {
  const log = longLog();
  expect(log.causeOf(150_000)).toBe(80_000);
  expect(log.causeOf(150_001)).toBe(149_998);
  const fork = log.fork(100_000);
  expect(fork.closedChunks()[3]).toBe(log.closedChunks()[3]);
  const plain = new Log();
  for (let seq = 0; seq < 200_000; seq++) plain.append(us(seq), 1, 1, 0, seq - 1);
  expect(plain.bytes() / plain.length).toBeLessThanOrEqual(15);
});

test('log: chunks sent elsewhere, with tails in between -> the same log', () => {
  const log = new Log();
  const reader = new Log();
  let sent = 0;
  const send = (): void => {
    const closed = log.closedChunks(sent);
    sent += closed.length;
    for (const chunk of [...closed, log.tail()]) {
      if (chunk === undefined) continue;
      const copy = copyChunk(chunk);
      reader.addChunk(structuredClone(copy, { transfer: chunkBuffers(copy) }));
    }
  };
  for (let seq = 0; seq < 50_000; seq++) {
    log.append(us(seq * 1000), seq % 10, 1);
    if (seq % 7000 === 6999) send();
  }
  send();
  expect(reader.length).toBe(50_000);
  expect(reader.digest()).toBe(log.digest());
  expect(Log.fromChunks(log.closedChunks()).length).toBe(49_152);
});

test('log: details by key -> value, or undefined', () => {
  const log = longLog(20_000);
  const chunk = log.chunkOf(17_000);
  expect(detailAt(chunk, 17_000 - chunk.first, 4)).toBe(17_000);
  expect(detailAt(chunk, 17_000 - chunk.first, 5)).toBeUndefined();
  expect(detailAt(chunk, 17_001 - chunk.first, 4)).toBeUndefined();
});

test('log: records of an entity -> all of them, in any range, also negative entities', () => {
  const log = longLog(60_000);
  log.append(us(600_000), -5, 9);
  const index = new EntityIndex(log);
  const all = index.recordsOf(42);
  expect(all).toEqual(Array.from({ length: 600 }, (_, i) => i * 100 + 42));
  expect(index.recordsOf(42, 143, 60_000)).toEqual(all.slice(2));
  expect(index.recordsOf(42, 142, 16_442)).toEqual(all.slice(1, 164));
  expect(index.recordsOf(-5)).toEqual([60_000]);
  expect(index.recordsOf(1000)).toEqual([]);
  expect(index.lastBefore(42, 143)).toBe(142);
  expect(index.lastBefore(42, 42)).toBe(-1);
  expect(index.lastBefore(42, 60_000)).toBe(59_942);
});

test('log: every change of a record -> another hash', () => {
  const base = { gap: 1, entity: 1, what: 1, reason: 1, back: 1, details: [[1, 1]] } as Entry;
  const digest = (change: Partial<Entry>): string => {
    const log = new Log();
    write(log, [base, base, { ...base, ...change }]);
    return log.digest();
  };
  const changes: Partial<Entry>[] = [
    {},
    { gap: 2 },
    { entity: 2 },
    { what: 2 },
    { reason: 2 },
    { back: 2 },
    { details: [[1, 2]] },
    { details: [[2, 1]] },
    { details: [] },
  ];
  expect(new Set(changes.map(digest)).size).toBe(changes.length);
});

test('log: time that goes back, numbers beyond the end -> programmer error', () => {
  const log = new Log();
  expect(() => log.detail(1, 1)).toThrow('no record');
  log.append(us(5), 1, 1);
  expect(() => log.append(us(4), 1, 1)).toThrow('time goes back');
  expect(() => log.record(1)).toThrow('no such record');
  expect(() => log.truncate(2)).toThrow('cannot truncate');
});
