import { describe, expect, test } from 'vitest';
import { assign, enqueueActions, raise, setup } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { compile } from '../../src/machines/compile.ts';
import { effectsOf, oracleOf } from './support.ts';

const meta = { airflow: 'x.py 3.3.2', i18n: 'm.a', colour: 'ink' };
const b = { meta };

/** A machine from an untyped configuration: the point of these tests is what types allow too. */
function machine(states: object, parts: object = {}, root: object = {}): AnyStateMachine {
  const config = { id: 'm', initial: 'a', states, ...root };
  const make = setup(parts as never) as { createMachine(config: object): AnyStateMachine };
  return make.createMachine(config);
}

const refused: readonly (readonly [string, () => AnyStateMachine, RegExp])[] = [
  [
    'a parallel root',
    () => machine({ a: b, b }, {}, { type: 'parallel', initial: undefined }),
    /machine "m": parallel/,
  ],
  [
    'a nested state',
    () => machine({ a: { ...b, initial: 'x', states: { x: b } } }),
    /"a": only one/,
  ],
  [
    'a parallel state',
    () => machine({ a: { ...b, type: 'parallel', states: { x: b } } }),
    /parallel/,
  ],
  ['a history state', () => machine({ a: b, h: { type: 'history' } }), /"h": history/],
  ['a final state', () => machine({ a: b, z: { ...b, type: 'final' } }), /"z": final states stop/],
  ['invoke', () => machine({ a: { ...b, invoke: { src: 'actor' } } }), /"a": invoke/],
  ['invoke at the root', () => machine({ a: b }, {}, { invoke: { src: 'actor' } }), /"m": invoke/],
  ['always', () => machine({ a: { ...b, always: 'b' }, b }), /"a": always/],
  ['a wildcard', () => machine({ a: { ...b, on: { '*': 'b' } }, b }), /event "\*": wildcard/],
  ['a partial wildcard', () => machine({ a: { ...b, on: { 'x.*': 'b' } }, b }), /wildcard/],
  [
    'an inline guard',
    () => machine({ a: { ...b, on: { GO: { target: 'b', guard: () => true } } }, b }),
    /machine "m", state "a", event "GO": inline guards/,
  ],
  [
    'an inline action',
    () => machine({ a: { ...b, on: { GO: { actions: () => {} } } }, b }),
    /event "GO": inline actions/,
  ],
  ['an inline entry', () => machine({ a: { ...b, entry: () => {} } }), /"entry": inline actions/],
  [
    'an inline assign',
    () => machine({ a: { ...b, exit: assign({}) }, b }),
    /"exit": inline actions/,
  ],
  [
    'an inline raise',
    () => machine({ a: { ...b, entry: raise({ type: 'GO' }) } }),
    /inline actions/,
  ],
  [
    'a named raise',
    () => machine({ a: { ...b, entry: 'again' } }, { actions: { again: raise({ type: 'GO' }) } }),
    /action "again" is xstate.raise/,
  ],
  [
    'enqueueActions',
    () => machine({ a: { ...b, entry: 'many' } }, { actions: { many: enqueueActions(() => {}) } }),
    /action "many" is xstate.enqueueActions/,
  ],
  [
    'an unknown action',
    () => machine({ a: { ...b, entry: 'nobody' } }),
    /action "nobody" is not in/,
  ],
  [
    'an unknown guard',
    () => machine({ a: { ...b, on: { GO: { target: 'b', guard: 'nobody' } } }, b }),
    /guard "nobody" is not in setup/,
  ],
  [
    'action parameters',
    () =>
      machine(
        { a: { ...b, entry: { type: 'act', params: { x: 1 } } } },
        { actions: { act: () => {} } },
      ),
    /inline actions/,
  ],
  [
    'a numeric delay',
    () => machine({ a: { ...b, after: { 1000: 'b' } }, b }),
    /delay "1000" has no/,
  ],
  [
    'an unknown delay',
    () => machine({ a: { ...b, after: { soon: 'b' } }, b }),
    /"soon" has no name/,
  ],
  [
    'a computed delay',
    () => machine({ a: { ...b, after: { soon: 'b' } }, b }, { delays: { soon: () => 1 } }),
    /delay "soon" is not whole microseconds/,
  ],
  [
    'a fraction of a microsecond',
    () => machine({ a: { ...b, after: { soon: 'b' } }, b }, { delays: { soon: 0.5 } }),
    /delay "soon" is not whole microseconds/,
  ],
  ['missing meta', () => machine({ a: {} }), /state "a": meta.airflow is missing/],
  [
    'half a meta',
    () => machine({ a: { meta: { ...meta, colour: '' } } }),
    /meta.colour is missing/,
  ],
  [
    'a dead transition',
    () => machine({ a: { ...b, on: { GO: [{ target: 'b' }, { target: 'a' }] } }, b }),
    /event "GO": a transition after one without a guard is dead/,
  ],
  ['entry at the root', () => machine({ a: b }, {}, { entry: 'x' }), /the root has no entry/],
  ['after at the root', () => machine({ a: b }, {}, { after: { soon: '.a' } }), /the root has no/],
  [
    'initial actions',
    () => machine({ a: b }, {}, { initial: { target: 'a', actions: 'x' } }),
    /the initial transition has no actions/,
  ],
];

describe('compiler', () => {
  test.each(refused)('%s -> refused, with the place', (_what, make, message) => {
    expect(() => compile(make())).toThrow(message);
  });

  test('order of exit, transition and entry -> as written, timers after the commands', () => {
    const parts = {
      actions: { in: () => {}, out: () => {}, go: () => {} },
      delays: { soon: 10 },
    };
    const states = {
      a: { ...b, exit: 'out', on: { GO: { target: 'b', actions: 'go' } } },
      b: { ...b, entry: 'in', after: { soon: 'a' } },
    };
    const compiled = compile(machine(states, parts));
    const names = compiled.transitions.map((row) =>
      row.effects.map((c) => compiled.effectNames[c]),
    );
    expect(names).toEqual([['out', 'go', 'in', 'schedule:soon'], ['cancel:soon']]);
    expect(compiled.events).toEqual(['GO', 'after.soon']);
  });

  test('target is the state itself -> it is left only with reenter', () => {
    const parts = { actions: { in: () => {}, out: () => {} } };
    const on = { STAY: 'a', AGAIN: { target: 'a', reenter: true } };
    const compiled = compile(machine({ a: { ...b, entry: 'in', exit: 'out', on } }, parts));
    expect(compiled.transitions.map((row) => row.effects.length)).toEqual([0, 2]);
  });

  test('ways to come back to the same state -> the effects that XState itself reports', () => {
    const parts = { actions: { in: () => {}, out: () => {}, go: () => {} }, delays: { soon: 10 } };
    const on = {
      STAY: { target: 'a', actions: 'go' },
      AGAIN: { target: 'a', reenter: true, actions: 'go' },
      NOTHING: {},
    };
    const a = { ...b, entry: 'in', exit: 'out', after: { soon: 'a' }, on };
    const root = { on: { HOME: { target: '.a', actions: 'go' }, HERE: { actions: 'go' } } };
    const definition = machine({ a }, parts, root);
    const compiled = compile(definition);
    const { ask } = oracleOf(definition, compiled);
    expect(compiled.events).toHaveLength(6);
    for (const row of compiled.transitions) {
      const answer = ask('a', compiled.events[row.event]!, 0);
      expect(effectsOf(compiled, row.id)).toEqual(answer.effects);
      expect(answer.legal).toBe(true);
    }
  });
});
