import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledMachine } from '../../src/machines/compile.ts';
import { describeRow, legalEvents } from '../../src/machines/describe.ts';
import { isAfter } from '../../src/machines/fire.ts';
import { definitions, machines } from '../../src/machines/index.ts';
import { livePlayer, tablePlayer } from './walk.ts';
import type { Context, Guards, Script, Step } from './walk.ts';

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });

const pick = fc.nat(10_000);
const bits = fc.nat(2 ** 30);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('event' as const), pick, bits }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stray' as const), pick, bits }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), time: fc.nat(2000), bits }),
  },
);
const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 4, maxLength: 24, size: 'max' });

const legalIn = new Map<string, string[]>();
for (const compiled of machines) {
  for (const state of compiled.states) {
    legalIn.set(`${compiled.id} ${state}`, legalEvents(compiled, state));
  }
}

/** The event that a step sends in a state, null where nothing is legal any more. */
function chosen(compiled: CompiledMachine, state: string, one: Step): string | null {
  if (one.kind === 'wait') return null;
  const legal = one.kind === 'event' ? legalIn.get(`${compiled.id} ${state}`) : compiled.events;
  const sendable = (legal ?? []).filter((name) => !isAfter(name));
  return sendable[one.pick % sendable.length] ?? null;
}

const isTimer = (line: string): boolean => line.includes(':');
const isCommand = (line: string): boolean => !isTimer(line);

/** Plays a script both ways and compares state, context, commands, timers and times. */
function playBoth(script: Script, scripted: boolean, visited: Set<number>): void {
  const { compiled } = script;
  let now = 0;
  const fromBits = (name: string): boolean => ((now >>> compiled.guards.indexOf(name)) & 1) === 1;
  const guards: Guards = scripted ? fromBits : null;
  const live = livePlayer(script, guards);
  const table = tablePlayer(script, guards);
  for (const one of script.steps) {
    now = one.bits;
    const event = chosen(compiled, table.state(), one);
    for (const player of [live, table]) {
      if (one.kind === 'wait') player.advance(one.time);
      else if (event !== null) player.send(event);
    }
    expect(table.state()).toBe(live.state());
    if (!scripted) expect(table.context()).toEqual(live.context());
  }
  // A live actor puts its timers off until the commands of the transition are done; the order of
  // both inside one transition is compared with `transition()` in tables.test.ts.
  for (const part of [isTimer, isCommand]) {
    expect(table.log.filter(part)).toEqual(live.log.filter(part));
  }
  for (const id of table.taken) visited.add(id);
}

describe.each(machines.map((compiled, i) => [compiled.id, i] as const))('%s', (_id, index) => {
  test('random walk -> the table does what a live actor does, in order and in time', () => {
    const compiled = machines[index]!;
    const definition = definitions[index]!;
    const visited = new Set<number>();
    const start = fc.option(fc.constantFrom(...compiled.states));
    const property = fc.property(steps, lengths, start, (some, delays, from) => {
      const base = { definition, compiled, context: {}, start: from };
      playBoth({ ...base, steps: some, lengths: delays }, true, visited);
    });
    // A fixed seed, because every row has to be walked.
    fc.assert(property, {
      numRuns: 200 + 12 * compiled.transitions.length,
      seed: 7,
      unbiased: true,
    });
    const missed = compiled.transitions.filter((row) => !visited.has(row.id));
    expect(missed.map((row) => describeRow(compiled, row.id))).toEqual([]);
  });
});

const airflow = fc.constantFrom('3.3.2', '2.11.2');
const small = fc.integer({ min: 0, max: 3 });
const contexts: Readonly<Record<string, fc.Arbitrary<Context>>> = {
  task_instance: fc.record({
    airflow,
    try_number: small,
    max_tries: small,
    retries: small,
    resuming: fc.boolean(),
  }),
  celery_key: fc.record({ airflow, publish_timeouts: small, task_publish_max_retries: small }),
  kubernetes_key: fc.record({
    airflow,
    publish_attempts: small,
    task_publish_max_retries: fc.integer({ min: -1, max: 2 }),
    launch_failures: small,
    pod_launch_failure_retries: fc.integer({ min: -1, max: 2 }),
    ti_queued: fc.boolean(),
    reason_excluded: fc.boolean(),
  }),
  supervisor: fc.record({ failed_heartbeats: small, max_failed_heartbeats: small }),
};

describe.each(Object.entries(contexts))('%s', (id, context) => {
  test('random walk with its own guards -> the same columns at every step', () => {
    const index = machines.findIndex((machine) => machine.id === id);
    const compiled = machines[index]!;
    const definition = definitions[index]!;
    const property = fc.property(steps, lengths, context, (some, delays, columns) => {
      const base = { definition, compiled, context: columns, start: null };
      playBoth({ ...base, steps: some, lengths: delays }, false, new Set());
    });
    fc.assert(property, { numRuns: 100 });
  });
});
