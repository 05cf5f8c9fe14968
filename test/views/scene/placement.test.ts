import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choosePitch, layOut, sharedSlotsPerLine } from '../../../src/views/scene/geometry.ts';
import type { Geometry } from '../../../src/views/scene/geometry.ts';
import { Placer } from '../../../src/views/scene/placement.ts';
import { hitAt, neighbourOf } from '../../../src/views/scene/pointing.ts';
import { STAGE, indexStates } from '../../../src/views/scene/stages.ts';
import { STATE_NAMES, makeFrame } from './frames.ts';

const moments = fc.record({
  none: fc.nat(400),
  scheduled: fc.nat(400),
  queued: fc.nat(120),
  starting: fc.nat(8),
  working: fc.nat(16),
  heap: fc.nat(900),
  retry: fc.nat(20),
});
const sizes = fc.record({
  width: fc.integer({ min: 240, max: 420 }),
  height: fc.integer({ min: 440, max: 760 }),
});

function tunnel(total: number, size: { width: number; height: number }, slots = 24): Geometry {
  const slotsPerLine = sharedSlotsPerLine([slots], size.width);
  return layOut({ ...size, ...choosePitch(total, size), slots, groups: [12, 12], slotsPerLine });
}

describe('placement', () => {
  test('placement: any moment -> every task instance has one place inside the lane', () => {
    fc.assert(
      fc.property(moments, sizes, (moment, size) => {
        const frame = makeFrame(moment);
        const g = tunnel(frame.count, size);
        const place = new Placer(indexStates(STATE_NAMES)).place(frame, g);
        for (let ti = 0; ti < frame.count; ti++) {
          expect(place.x[ti]).toBeGreaterThanOrEqual(g.left);
          expect(place.x[ti]! + 1).toBeLessThanOrEqual(g.right);
          expect(place.y[ti]).toBeGreaterThanOrEqual(g.wallTop - g.pitch);
          expect(place.y[ti]).toBeLessThanOrEqual(g.heapBottom);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('placement: one square per task instance -> no two squares of a pile overlap', () => {
    fc.assert(
      fc.property(moments, sizes, (moment, size) => {
        const frame = makeFrame(moment);
        const g = tunnel(frame.count, size);
        fc.pre(g.perSquare === 1);
        const place = new Placer(indexStates(STATE_NAMES)).place(frame, g);
        const taken = new Set<string>();
        for (let ti = 0; ti < frame.count; ti++) {
          if (frame.stage[ti] !== STAGE.chamber && frame.stage[ti] !== STAGE.heap) continue;
          taken.add(`${frame.stage[ti]}:${place.x[ti]}:${place.y[ti]}`);
        }
        expect(taken.size).toBe(moment.none + moment.scheduled + moment.retry + moment.heap);
      }),
      { numRuns: 60 },
    );
  });

  test('placement: scheduled and none -> scheduled lies nearer to the gate', () => {
    const frame = makeFrame({
      none: 90,
      scheduled: 40,
      queued: 0,
      starting: 0,
      working: 0,
      heap: 0,
    });
    const place = new Placer(indexStates(STATE_NAMES)).place(
      frame,
      tunnel(130, { width: 284, height: 504 }),
    );
    const scheduled = STATE_NAMES.indexOf('scheduled');
    const ys = (state: number): number[] =>
      [...place.y].slice(0, frame.count).filter((_, ti) => frame.state[ti] === state);
    expect(Math.min(...ys(scheduled))).toBeGreaterThanOrEqual(Math.max(...ys(0)));
  });

  test('placement: a longer share of the work done -> lower in its line', () => {
    const frame = makeFrame({ none: 0, scheduled: 0, queued: 0, starting: 0, working: 2, heap: 0 });
    frame.stageSince.set([0, 0]);
    frame.stageUntil.set([frame.t * 2, frame.t * 1.25]);
    const place = new Placer(indexStates(STATE_NAMES)).place(
      frame,
      tunnel(2, { width: 284, height: 504 }),
    );
    expect(place.y[1]!).toBeGreaterThan(place.y[0]!);
  });

  test('pointing: a click on a square -> that task instance; its right neighbour is to the right', () => {
    const frame = makeFrame({
      none: 60,
      scheduled: 60,
      queued: 5,
      starting: 2,
      working: 9,
      heap: 80,
    });
    const g = tunnel(frame.count, { width: 284, height: 504 });
    const place = new Placer(indexStates(STATE_NAMES)).place(frame, g);
    for (let ti = 0; ti < frame.count; ti++) {
      const hit = hitAt(frame, place, g, place.x[ti]! + 3, place.y[ti]! + 3);
      expect(hit?.ti).toBe(ti);
      const next = neighbourOf(frame, place, ti, 'right');
      if (next !== null) expect(place.x[next]!).toBeGreaterThan(place.x[ti]!);
    }
  });
});

describe('geometry', () => {
  test('geometry: 24 slots in two groups -> 8 px a slot and one pier', () => {
    const g = tunnel(364, { width: 284, height: 504 });
    expect(g.pitch).toBe(8);
    expect(g.perSquare).toBe(1);
    expect(g.lines).toHaveLength(24);
    expect(g.lines[1]! - g.lines[0]!).toBe(8);
    expect(g.piers).toHaveLength(1);
  });

  test('geometry: more than 32 slots in one lane -> all lanes share a coarser scale', () => {
    expect(sharedSlotsPerLine([1, 8, 24, 32], 284)).toBe(1);
    expect(sharedSlotsPerLine([1, 8, 24, 100], 284)).toBe(4);
  });

  test('geometry: more task instances than 3 px squares -> squares stand for several, none left out', () => {
    const size = { width: 284, height: 504 };
    const { pitch, perSquare } = choosePitch(40_000, size);
    expect(pitch).toBe(3);
    expect(perSquare).toBeGreaterThan(1);
  });
});
