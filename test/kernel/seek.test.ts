import { expect, test } from 'vitest';
import fc from 'fast-check';
import { us } from '../../src/base/time.ts';
import { Log, Seeker, StateFold, noTransitions } from '../../src/kernel/index.ts';

const STATES = 6;
/** Code 10 * from + to; 90 + to does not tell where it came from; 99 changes nothing. */
function codes() {
  const table = noTransitions();
  for (let from = 0; from < STATES; from++) {
    for (let to = 0; to < STATES; to++) {
      table.from[10 * from + to] = from;
      table.to[10 * from + to] = to;
    }
  }
  for (let to = 0; to < STATES; to++) table.to[90 + to] = to;
  return table;
}

/** A log of `records` over `entities`, and the state of all after each record, if wanted. */
function makeLog(records: number, entities: number, untold: number) {
  const log = new Log();
  const state = new Uint8Array(entities);
  const history: Uint8Array[] = [state.slice()];
  for (let seq = 0; seq < records; seq++) {
    const entity = Math.floor((seq * 7919) % (entities * 1.3)) % entities;
    const to = (state[entity]! + 1 + (seq % 3)) % STATES;
    let what = 10 * state[entity]! + to;
    if (untold > 0 && seq % untold === 0) what = seq % 2 === 0 ? 90 + to : 99;
    log.append(us(Math.floor(seq / 3) * 100), entity, what);
    if (what !== 99) state[entity] = to;
    if (records <= 2000) history.push(state.slice());
  }
  return { log, history, last: state };
}

test('seek: any places in any order, also single steps -> state as when played through', () => {
  const { log, history } = makeLog(1500, 40, 50);
  const jump = fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.constantFrom('on', 'back'));
  fc.assert(
    fc.property(fc.array(jump, { maxLength: 60 }), (jumps) => {
      const fold = new StateFold(codes());
      const seeker = new Seeker(log, fold);
      for (const to of jumps) {
        const before = seeker.position;
        if (typeof to === 'number') seeker.seek(to);
        else if (!seeker.step(to === 'on' ? 1 : -1)) expect([0, 1500]).toContain(before);
        const expected = history[seeker.position]!;
        expect(Array.from(expected, (_, entity) => fold.stateOf(entity))).toEqual([...expected]);
      }
    }),
  );
});

test('seek by time: all records of that instant -> carried out', () => {
  const { log, history } = makeLog(300, 10, 0);
  const fold = new StateFold(codes());
  const seeker = new Seeker(log, fold);
  expect(seeker.seekTime(us(-1))).toBe(0);
  expect(seeker.seekTime(us(0))).toBe(3);
  expect(seeker.seekTime(us(199))).toBe(6);
  expect(fold.stateOf(3)).toBe(history[6]![3]);
  expect(seeker.seekTime(us(10 ** 9))).toBe(300);
  expect([...fold.all()]).toEqual([...history[300]!].slice(0, fold.entities));
});

test('seek: 120,000 records with keyframes -> as a fold from the beginning', () => {
  const { log, last } = makeLog(120_000, 3000, 0);
  const fold = new StateFold(codes());
  const seeker = new Seeker(log, fold);
  seeker.seek(log.length);
  expect([...fold.all()]).toEqual([...last]);
  for (const place of [100_000, 16_384, 16_383, 60_000, 5, 119_999, 32_768, 0]) {
    seeker.seek(place);
    const fresh = new StateFold(codes());
    new Seeker(log, fresh).seek(place);
    const size = Math.max(fold.entities, fresh.entities);
    const states = (f: StateFold): number[] => Array.from({ length: size }, (_, i) => f.stateOf(i));
    expect(states(fold)).toEqual(states(fresh));
  }
});

test('seek: log cut and written on -> old keyframes are forgotten', () => {
  const { log } = makeLog(60_000, 500, 0);
  const fold = new StateFold(codes());
  const seeker = new Seeker(log, fold);
  seeker.seek(60_000);
  log.truncate(20_000);
  seeker.trim();
  expect(seeker.position).toBe(20_000);
  for (let i = 0; i < 30_000; i++) log.append(log.endTime, i % 500, 90 + (i % 2));
  seeker.seek(50_000);
  const fresh = new StateFold(codes());
  new Seeker(log, fresh).seek(50_000);
  expect([...fold.all()]).toEqual([...fresh.all()]);
  expect(() => seeker.seek(50_001)).toThrow('beyond the log');
});
