import { expect, test } from 'vitest';
import fc from 'fast-check';
import { seconds, us } from '../../src/base/time.ts';
import { Simulation, group } from '../../src/kernel/index.ts';
import type { Model, SimulationContext } from '../../src/kernel/index.ts';
import { CLEAN, LEFT, WAITING, carWash } from './carWash.ts';

const wash = (seed = 1): Simulation<Model<{ bays: number }>> =>
  new Simulation({ seed, make: carWash(200) });

test('simulation: no end given -> drained, every car clean or gone', () => {
  const simulation = wash();
  expect(simulation.run().reason).toBe('drained');
  const last = new Map<number, number>();
  for (let seq = 0; seq < simulation.log.length; seq++) {
    const record = simulation.log.record(seq);
    last.set(record.entity, record.what);
  }
  expect(last.size).toBe(200);
  expect([...last.values()].every((what) => what === CLEAN || what === LEFT)).toBe(true);
});

test('simulation: any pattern of pauses -> same hash', () => {
  const whole = wash();
  whole.run();
  const pause = fc.record({ until: fc.nat(20_000), events: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(pause, { maxLength: 20 }), (pauses) => {
      const simulation = wash();
      for (const { until, events } of pauses) simulation.run({ until: seconds(until), events });
      simulation.run();
      expect(simulation.hash()).toBe(whole.hash());
    }),
    { numRuns: 30 },
  );
});

test('simulation: another seed -> another hash', () => {
  const [a, b] = [wash(1), wash(2)];
  a.run();
  b.run();
  expect(a.hash()).not.toBe(b.hash());
});

test('simulation: until -> events at that time included, clock stands there', () => {
  const seen: number[] = [];
  const simulation = new Simulation({
    seed: 0,
    make: (context) => {
      for (const time of [5, 10, 10, 11]) context.at(time, 1, time);
      return { state: group({}), handle: (_kind, subject) => void seen.push(subject) };
    },
  });
  expect(simulation.run({ until: us(10) })).toEqual({ reason: 'time', now: 10 });
  expect(seen).toEqual([5, 10, 10]);
  expect(simulation.run({ until: us(20) })).toEqual({ reason: 'drained', now: 20 });
  expect(simulation.step()).toBe(false);
});

test('simulation: stop asked by model or caller -> stopped after that event', () => {
  const simulation = wash();
  const end = simulation.run({ stop: () => simulation.log.length >= 10 });
  expect(end.reason).toBe('stopped');
  expect(simulation.log.length).toBeGreaterThanOrEqual(10);
  expect(simulation.log.length).toBeLessThan(13);
});

/** A model with one event kind whose handler is given. */
function only(handle: (context: SimulationContext, subject: number) => void) {
  return (context: SimulationContext): Model => {
    context.at(0, 1, 0);
    return { state: group({}), handle: (_kind, subject) => handle(context, subject) };
  };
}

test('simulation: endless loop at one instant -> bound reached, as a problem', () => {
  const make = only((context) => void context.after(0, 1, 0));
  const simulation = new Simulation({ seed: 0, make, limits: { eventsAtOneInstant: 100 } });
  const end = simulation.run();
  expect(end).toMatchObject({
    reason: 'bound',
    problem: { code: 'simulation_endless_instant', params: { limit: 100, time: 0 } },
  });
  expect(simulation.run().reason).toBe('bound');
});

test('simulation: more pending events or records than allowed -> bound reached', () => {
  const breed = only((context) => {
    context.after(1, 1, 0);
    context.after(1, 1, 0);
  });
  const queue = new Simulation({ seed: 0, make: breed, limits: { pendingEvents: 64 } });
  expect(queue.run()).toMatchObject({ problem: { code: 'simulation_queue_full' } });
  const write = only((context) => {
    context.record(0, 1);
    context.after(1, 1, 0);
  });
  const log = new Simulation({ seed: 0, make: write, limits: { records: 10 } });
  expect(log.run()).toMatchObject({ problem: { code: 'simulation_log_full' } });
});

test('simulation: past, fraction, reserved kind -> programmer error', () => {
  for (const [time, kind] of [
    [-1, 1],
    [0.5, 1],
    [Number.NaN, 1],
    [1, 255],
  ] as const) {
    const make = (context: SimulationContext): Model => {
      context.at(time, kind, 0);
      return { state: group({}), handle: () => undefined };
    };
    expect(() => new Simulation({ seed: 0, make })).toThrow('bad event');
  }
});

test('causes: records carry the cause of the event, events the record before them', () => {
  const make = only((context, subject) => {
    if (subject > 2) return;
    context.record(subject, 1);
    context.record(subject, 2);
    context.after(1, 1, subject + 1);
  });
  const { log, ...simulation } = runAll(make);
  expect(simulation.reason).toBe('drained');
  const causes = Array.from({ length: log.length }, (_, seq) => log.causeOf(seq));
  expect(causes).toEqual([-1, -1, 1, 1, 3, 3]);
});

test('causes: because -> holds for records and events of this handler only', () => {
  const make = only((context, subject) => {
    if (subject === 0) {
      context.record(0, 1);
      context.record(0, 2);
      context.because(0);
      context.after(1, 1, 1);
      context.record(0, 3);
      context.after(2, 1, 2);
    } else context.record(subject, 4);
  });
  const { log } = runAll(make);
  const causes = Array.from({ length: log.length }, (_, seq) => log.causeOf(seq));
  expect(causes).toEqual([-1, -1, 0, 0, 2]);
});

function runAll(make: (context: SimulationContext) => Model) {
  const simulation = new Simulation({ seed: 0, make });
  const { reason } = simulation.run();
  return { reason, log: simulation.log };
}

test('simulation: saved, loaded elsewhere -> goes on exactly alike', () => {
  fc.assert(
    fc.property(fc.nat(600), fc.nat(3), (events, seed) => {
      const straight = wash(seed);
      straight.run({ events });
      const saved = straight.save();
      const other = wash(seed);
      other.load(saved, straight.log.fork());
      expect(other.hash()).toBe(straight.hash());
      straight.run();
      other.run();
      expect(other.hash()).toBe(straight.hash());
    }),
    { numRuns: 40 },
  );
});

test('simulation: an edit -> changes what follows, with no cause', () => {
  const [edited, plain] = [wash(), wash()];
  edited.run({ until: seconds(2_000) });
  plain.run({ until: seconds(2_000) });
  expect(edited.hash()).toBe(plain.hash());
  edited.edit({ bays: 3 });
  edited.run();
  plain.run();
  expect(edited.hash()).not.toBe(plain.hash());
  expect(edited.log.record(0)).toMatchObject({ what: WAITING, cause: -1, t: 0 });
});
