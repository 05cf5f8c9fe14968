import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { airflowVersions } from '../../src/machines/profile.ts';
import type { AirflowVersion } from '../../src/machines/profile.ts';
import { compile, versionGuards } from '../../src/machines/compile.ts';
import { describeMachine, legalEvents } from '../../src/machines/describe.ts';
import { fire, ILLEGAL } from '../../src/machines/fire.ts';
import * as registry from '../../src/machines/index.ts';
import { inkColours } from '../../src/machines/meta.ts';

const { dagRun, machines, taskInstance, TI, TI_EVENT } = registry;

/** Recorded lists of a version (set `configuration`, op `list`); null is our `none`. */
function recordedLists(version: AirflowVersion): Map<string, (string | null)[]> {
  const file = new URL(`../oracle/configuration/${version}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const cases = lines.map((line) => JSON.parse(line) as RecordedCase);
  return new Map(
    cases.flatMap((one) => (one.given.op === 'list' ? [[one.given.name, one.expect.values]] : [])),
  );
}

interface RecordedCase {
  readonly given: { readonly op: string; readonly name: string };
  readonly expect: { readonly values: (string | null)[] };
}

const recorded = { '3.3.2': recordedLists('3.3.2'), '2.11.2': recordedLists('2.11.2') };

function names(version: AirflowVersion, list: string): string[] {
  // `shutdown` is still listed in 2.x, but nothing sets it any more (semantics 1.1).
  const values = recorded[version].get(list) ?? [];
  return values
    .map((name) => name ?? 'none')
    .filter((name) => name !== 'shutdown')
    .sort();
}

/** States that a version can reach. */
function statesOf(version: AirflowVersion): string[] {
  const rows = describeMachine(taskInstance, version).transitions;
  return [...new Set(['none', ...rows.map((row) => row.to)])].sort();
}

function tagged(tag: keyof typeof taskInstance.tagged, version: AirflowVersion): string[] {
  const all = taskInstance.states.filter((_, code) => (taskInstance.tagged[tag] >>> code) & 1);
  const reachable = new Set(statesOf(version));
  return all.filter((name) => reachable.has(name)).sort();
}

describe.each(airflowVersions)('names of %s', (version) => {
  test('task instance: states -> the recorded list', () => {
    expect(statesOf(version)).toEqual(names(version, 'states_task_states'));
  });

  test.each([
    ['finished', 'states_finished'],
    ['unfinished', 'states_unfinished'],
    ['success_state', 'states_success'],
    ['failed_state', 'states_failed'],
    ['schedulable', 'states_scheduleable_states'],
    ['execution', 'states_execution_states'],
    ['adoptable', 'states_adoptable_states'],
  ] as const)('task instance: tag %s -> the recorded list', (tag, list) => {
    expect(tagged(tag, version)).toEqual(names(version, list));
  });

  test('DAG run: states -> the recorded list', () => {
    expect([...dagRun.states].sort()).toEqual(names(version, 'dag_run_states'));
  });
});

test('task instance: active states -> the recorded list of 3.3.2', () => {
  expect(tagged('active', '3.3.2')).toEqual(names('3.3.2', 'states_active_states'));
});

describe('registry', () => {
  test('transition ids -> count on without a gap and fit 16 bits', () => {
    const ids = registry.whatTable().map((what) => what.id);
    expect(ids).toEqual([...ids.keys()]);
    expect(ids.length).toBe(registry.transitionCount);
    expect(registry.transitionCount).toBeLessThan(0x10000);
  });

  test('machine ids -> different', () => {
    expect(new Set(machines.map((machine) => machine.id)).size).toBe(machines.length);
  });

  test.each(machines.map((machine) => [machine.id, machine] as const))(
    '%s: names in setup -> all used, meta well formed',
    (id, machine) => {
      const rows = describeMachine(machine).transitions;
      const used = new Set([
        ...rows.flatMap((row) => row.actions),
        ...machine.shape.states.flatMap((state) => state.entry.map((effect) => effect.name)),
      ]);
      expect(machine.actions.filter((name) => !used.has(name))).toEqual([]);
      const asked = new Set(rows.map((row) => row.guard));
      expect(machine.guards.filter((name) => !asked.has(name))).toEqual([]);
      for (const state of machine.shape.states) {
        expect(state.meta.i18n).toBe(`${id}.${state.name}`);
        const ink: readonly string[] = inkColours;
        expect(ink.includes(state.meta.colour) || state.meta.colour === `st-${state.name}`).toBe(
          true,
        );
        expect(state.meta.airflow).toMatch(/^(airflow|celery|kubernetes)\b.* v?\d/);
      }
    },
  );

  test.each(machines.map((machine) => [machine.id, machine] as const))(
    '%s: every state -> reachable from the initial one',
    (_id, machine) => {
      const seen = new Set([machine.initial]);
      for (const code of seen) {
        for (const row of machine.transitions) if (row.from === code) seen.add(row.to);
      }
      expect(seen.size).toBe(machine.states.length);
    },
  );
});

describe('task instance', () => {
  const execution = taskInstance.tagged.execution;
  const holds = (state: number): boolean => ((execution >>> state) & 1) === 1;

  test('pool slots -> taken and given back exactly when queued/running is entered and left', () => {
    const { take_pool_slots: take, free_pool_slots: free } = taskInstance.action;
    for (const row of taskInstance.transitions) {
      const where = registry.whatTable()[row.id];
      expect([row.effects.includes(take), where]).toEqual([
        !holds(row.from) && holds(row.to),
        where,
      ]);
      expect([row.effects.includes(free), where]).toEqual([
        holds(row.from) && !holds(row.to),
        where,
      ]);
    }
  });

  test('deferred -> its trigger and its slots go with the state, whatever ends it', () => {
    for (const row of taskInstance.transitions.filter((r) => r.from === TI.deferred)) {
      expect(row.effects).toContain(taskInstance.action.remove_trigger);
      expect(row.effects).toContain(taskInstance.action.free_deferred_slots);
    }
  });

  test('try number -> rises only by none or up_for_retry leaving for a new try', () => {
    const raised = registry
      .whatTable()
      .filter((what) => what.actions.includes('increment_try_number'));
    expect(raised.map((what) => `${what.from} ${what.event}`).sort()).toEqual([
      'none defer_at_start',
      'none schedule',
      'none succeed_empty',
      'up_for_retry defer_at_start',
      'up_for_retry schedule',
    ]);
  });

  test('legal events -> by version', () => {
    expect(legalEvents(taskInstance, 'running', '2.11.2')).not.toContain('await_input');
    expect(legalEvents(taskInstance, 'running', '3.3.2')).toContain('await_input');
    expect(legalEvents(taskInstance, 'none', '3.3.2')).not.toContain('start');
    expect(legalEvents(taskInstance, 'none', '2.11.2')).toContain('start');
    expect(() => legalEvents(taskInstance, 'shutdown')).toThrow(/no such state .*"shutdown"/);
  });

  test('executor says failed about a running task -> retry in 3.3.2, nothing in 2.11.2', () => {
    const eligible = 1 << taskInstance.guard.retry_eligible;
    const after = (version: AirflowVersion): number => {
      const bits = eligible | versionGuards(taskInstance, version);
      const id = fire(taskInstance, TI.running, TI_EVENT.executor_failed, bits);
      return taskInstance.transitions[id]!.to;
    };
    expect(after('3.3.2')).toBe(TI.up_for_retry);
    expect(after('2.11.2')).toBe(TI.running);
  });

  test('event that is illegal in a state -> -1', () => {
    expect(fire(taskInstance, TI.success, TI_EVENT.queue, 0)).toBe(ILLEGAL);
  });

  test('names that do not exist -> refused by the types', () => {
    // @ts-expect-error no such state
    expect(TI.shutdown).toBeUndefined();
    // @ts-expect-error no such event
    expect(TI_EVENT.explode).toBeUndefined();
    // @ts-expect-error no such command
    expect(taskInstance.action.nothing).toBeUndefined();
    // @ts-expect-error no such delay
    expect(registry.celeryMessage.schedule.visibility_timeout).toBeUndefined();
    expect(registry.celeryMessage.schedule.worker_lost_wait).toBeGreaterThan(0);
    expect(registry.celeryMessage.event['after.worker_lost_wait']).toBeGreaterThan(0);
  });
});

test('compile: all machines -> the same tables every time', () => {
  const again = registry.definitions.map((definition) => compile(definition).shape.rows);
  expect(again).toEqual(machines.map((machine) => machine.shape.rows));
});

test.each(['fire', 'describe', 'what', 'profile', 'meta'])(
  '%s.ts: read by the page -> brings neither XState nor the definitions along',
  (name) => {
    const url = new URL(`../../src/machines/${name}.ts`, import.meta.url);
    const imports = readFileSync(url, 'utf8').match(/^import (?!type ).*$/gm) ?? [];
    const light = /from '(\.\/(fire|profile|meta|what)|\.\.\/base\/assert)\.ts';$/;
    expect(imports.filter((line) => !light.test(line))).toEqual([]);
  },
);
