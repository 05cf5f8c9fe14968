import { expect, test } from 'vitest';
import { copyChunk } from '../../src/kernel/index.ts';
import { STAGES } from '../../src/explain/frame.ts';
import { FrameReader } from '../../src/explain/frameReader.ts';
import { datesOf, lifeOf, stepInLane, stepOf, stepOfLoop } from '../../src/explain/life.ts';
import { seriesOf } from '../../src/explain/series.ts';
import { snapshotOf, ticksAt } from '../../src/explain/snapshot.ts';
import { medianStartup } from '../../src/explain/startup.ts';
import { Timeline } from '../../src/explain/timeline.ts';
import { codes, info, makeLog } from './handmade.ts';

const s = (seconds: number): number => seconds * 1_000_000;

function read(): Timeline {
  const timeline = new Timeline(codes);
  const tail = makeLog().tail();
  if (tail) timeline.add(tail);
  return timeline;
}

const stagesAt = (reader: FrameReader, t: number): string[] => {
  const frame = reader.at(s(t), 1);
  return Array.from(frame.stage.subarray(0, frame.count), (stage) => STAGES[stage] ?? '');
};

test('frame: played forwards -> every stage of the tunnel in turn', () => {
  const reader = new FrameReader(read());
  expect(stagesAt(reader, 0)).toEqual(['chamber', 'chamber']);
  expect(stagesAt(reader, 1)).toEqual(['queue', 'chamber']);
  expect(stagesAt(reader, 1.5)).toEqual(['starting', 'chamber']);
  expect(stagesAt(reader, 2)).toEqual(['starting', 'chamber']);
  expect(stagesAt(reader, 3)).toEqual(['working', 'chamber']);
  expect(stagesAt(reader, 5)).toEqual(['ending', 'chamber']);
  expect(stagesAt(reader, 6.5)).toEqual(['heap', 'starting']);
  expect(stagesAt(reader, 9)).toEqual(['heap', 'heap']);
});

test('frame: any order of times -> the same as a fresh reader at that time', () => {
  const timeline = read();
  const walked = new FrameReader(timeline);
  for (const t of [0, 9, 3, 3, 7.2, 1, 10, 0, 5.2]) {
    const a = walked.at(s(t), 1);
    const b = new FrameReader(timeline).at(s(t), 1);
    const names = ['state', 'stage', 'slot', 'stateSince', 'stageSince', 'stageUntil'] as const;
    for (const name of names) {
      expect(Array.from(a[name].subarray(0, a.count))).toEqual(
        Array.from(b[name].subarray(0, b.count)),
      );
    }
    expect(a.count).toBe(b.count);
  }
});

test('frame: a stage that ends later -> its end is known ahead', () => {
  const frame = new FrameReader(read()).at(s(3), 1);
  expect([frame.stageSince[0], frame.stageUntil[0]]).toEqual([s(2.5), s(5)]);
  expect(frame.slot[0]).toBe(0);
  expect(codes.tiStates[frame.state[0] ?? 0]).toBe('running');
});

test('timeline: a growing tail sent again -> nothing is read twice', () => {
  const tail = makeLog().tail();
  if (!tail) throw new Error('no tail');
  const grown = new Timeline(codes);
  for (const count of [3, 3, 10, tail.count]) grown.add(copyChunk(tail, count));
  expect(grown.entries.length).toBe(read().entries.length);
  expect(() => new Timeline(codes).add({ ...tail, first: 5 })).toThrow('missing');
});

test('snapshot: at one time -> counts, slots, waits, loop and runs of that time', () => {
  const timeline = read();
  const reader = new FrameReader(timeline);
  const at = (t: number) => snapshotOf(timeline, reader.at(s(t), 1), info);
  expect(at(3)).toMatchObject({ finished: 0, slotsWorking: 1, slotsStarting: 0, waitP95: s(1) });
  expect(at(3).loop).toMatchObject({ last: s(3), blockedSince: s(3), busyUntil: s(4.5) });
  expect(at(3).dagRuns).toEqual([
    { dag_id: 'd', run_id: 'r', state: 'running', start: 0, end: null },
  ]);
  const end = at(10);
  expect(end.finished).toBe(2);
  expect(end.dagRuns[0]).toMatchObject({ state: 'failed', end: s(10) });
  expect(end.counts.reduce((sum, n) => sum + n, 0)).toBe(2);
});

test('life: of a task instance -> states in order with their times', () => {
  const timeline = read();
  const life = lifeOf(timeline, 0, s(4));
  expect(life.map((span) => [span.state, span.from, span.to])).toEqual([
    ['none', 0, s(1)],
    ['scheduled', s(1), s(1)],
    ['queued', s(1), s(2)],
    ['running', s(2), null],
  ]);
  expect(datesOf(timeline, 0, s(9))).toMatchObject({
    state: 'success',
    try_number: 1,
    queued: s(1),
    start: s(2),
    end: s(5),
    slot: 0,
  });
});

test('steps: from a time -> the next and previous event of row, lane and loop', () => {
  const timeline = read();
  expect(stepOf(timeline, 1, s(2), 1)).toBe(s(6));
  expect(stepOf(timeline, 1, s(6.5), -1)).toBe(s(6));
  expect(stepInLane(timeline, s(2), 1)).toBe(s(2.5));
  expect(stepInLane(timeline, 0, -1)).toBe(null);
  expect(stepOfLoop(timeline, s(1), 1)).toBe(s(3));
  expect(ticksAt(timeline, s(4))).toEqual([0, s(3)]);
  expect(medianStartup(timeline)).toBe(s(1));
});

test('series: over the run -> waiting and running at each point', () => {
  const series = seriesOf(read(), s(10), 11);
  expect(Array.from(series.running)).toEqual([0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0]);
  expect(Array.from(series.queued)[1]).toBe(1);
});
