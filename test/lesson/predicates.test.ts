import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { LaneFacts, StateSpan, TiFacts } from '../../src/lesson/facts.ts';
import { evaluate } from '../../src/lesson/predicates/evaluate.ts';
import { readPred } from '../../src/lesson/predicates/readPred.ts';
import type { Outcome } from '../../src/lesson/predicates/pred.ts';
import type { Scene } from '../../src/lesson/predicates/scene.ts';
import { Source } from '../../src/lesson/reader.ts';
import type { Problem } from '../../src/base/result.ts';

const US = 1_000_000;

/** A life from `state@second` words. */
function life(task_id: string, ...words: string[]): TiFacts {
  const starts = words.map((word) => {
    const [state = '', at = '0'] = word.split('@');
    return { state, from: Number(at) * US };
  });
  const spans = starts.map(({ state, from }, i): StateSpan => ({
    state,
    from,
    to: starts[i + 1]?.from ?? Infinity,
    tryNumber: 1,
    seq: Math.round(from / US),
  }));
  return { dag_id: 'd', run_id: 'r', task_id, map_index: -1, spans, work: [] };
}

const lane: LaneFacts = {
  lane: 'local',
  executor: 'local',
  airflow: '3.3.2',
  slots: 2,
  makespan: 100 * US,
  end: 100 * US,
  hash: '',
  records: 0,
  taskInstances: [
    life('a', 'none@0', 'scheduled@1', 'queued@2', 'running@5', 'success@50'),
    life('b', 'none@0', 'scheduled@1', 'queued@2', 'running@45', 'failed@99'),
  ],
  dagRuns: [
    { dag_id: 'd', run_id: 'r', spans: life('', 'queued@0', 'running@1', 'failed@100').spans },
  ],
  loops: 10,
  holds: [],
};

function scene(second: number, more: Partial<Scene> = {}): Scene {
  return {
    lanes: new Map([['local', lane]]),
    t: second * US,
    guesses: new Map([['p', 95 * US]]),
    guessLanes: new Map([
      ['p', 'local'],
      ['q', 'local'],
    ]),
    settings: new Map<string, number | string>([
      ['slots', 2],
      ['shown', 'both'],
    ]),
    changes: 1,
    ...more,
  };
}

function say(json: unknown, second: number, more: Partial<Scene> = {}): Outcome {
  const problems: Problem[] = [];
  const pred = readPred(new Source('goal', JSON.stringify(json), problems).root);
  expect(problems).toEqual([]);
  return evaluate(pred, scene(second, more));
}

const local = { lane: 'local' };

describe('predicates: on a made-up lane -> verdict at each time', () => {
  const cases: [string, unknown, number, string][] = [
    ['makespan, before the end', { makespan: { ...local, atMost_s: 100 } }, 99, 'open'],
    ['makespan, kept', { makespan: { ...local, atMost_s: 100 } }, 100, 'yes'],
    ['makespan, missed', { makespan: { ...local, atMost_s: 99.9 } }, 100, 'no'],
    ['makespan of a lane that did not run', { makespan: { lane: 'x', atMost_s: 9 } }, 100, 'open'],
    ['guess, close enough', { predicted: { of: ['p'], within: 0.05 } }, 100, 'yes'],
    ['guess, not yet judged', { predicted: { of: ['p'], within: 0.05 } }, 99, 'open'],
    ['guess, too far', { predicted: { of: ['p'], within: 0.04 } }, 100, 'no'],
    ['guesses, one missing', { predicted: { of: ['p', 'q'], within: 1 } }, 100, 'open'],
    ['guessed, all', { guessed: { of: ['p'] } }, 0, 'yes'],
    ['guessed, half', { guessed: { of: ['p', 'q'] } }, 0, 'open'],
    ['guess value', { guess: { prediction: 'p', atMost_s: 95 } }, 0, 'yes'],
    ['guess value, above', { guess: { prediction: 'p', atMost_s: 94 } }, 0, 'no'],
    ['changes', { changes: { atMost: 1 } }, 0, 'yes'],
    ['changes, too many', { changes: { is: 0 } }, 0, 'no'],
    ['slider', { set: { control: 'slots', atLeast: 2 } }, 0, 'yes'],
    ['segments', { set: { control: 'shown', is: 'both' } }, 0, 'yes'],
    ['segments, another', { set: { control: 'shown', is: 'local' } }, 0, 'no'],
    ['state now', { state: { ...local, task: 'a', is: 'running' } }, 5, 'yes'],
    ['state, not yet', { state: { ...local, task: 'a', is: 'success' } }, 49.9, 'open'],
    ['state, never came', { state: { ...local, task: 'b', is: 'success' } }, 100, 'no'],
    ['state of all', { state: { ...local, is: 'running' } }, 46, 'yes'],
    ['state of no task', { state: { ...local, task: 'z', is: 'running' } }, 46, 'open'],
    ['ever', { everState: { ...local, is: 'failed' } }, 100, 'yes'],
    ['ever, not yet', { everState: { ...local, is: 'failed' } }, 98, 'open'],
    ['never, kept', { never: { ...local, is: 'up_for_retry' } }, 100, 'yes'],
    ['never, sure only at the end', { never: { ...local, is: 'up_for_retry' } }, 99, 'open'],
    ['never, broken', { never: { ...local, is: 'failed' } }, 99, 'no'],
    ['never longer, kept', { never: { ...local, is: 'queued', longerThan_s: 43 } }, 100, 'yes'],
    ['never longer, broken', { never: { ...local, is: 'queued', longerThan_s: 42 } }, 44.5, 'no'],
    [
      'order, right',
      {
        order: {
          ...local,
          first: { task: 'a', state: 'running' },
          next: { task: 'b', state: 'running' },
        },
      },
      45,
      'yes',
    ],
    [
      'order, wrong',
      {
        order: {
          ...local,
          first: { task: 'b', state: 'running' },
          next: { task: 'a', state: 'running' },
        },
      },
      45,
      'no',
    ],
    [
      'within, in time',
      {
        within: {
          ...local,
          from: { task: 'a', state: 'queued' },
          to: { task: 'a', state: 'running' },
          atMost_s: 3,
        },
      },
      5,
      'yes',
    ],
    [
      'within, late',
      {
        within: {
          ...local,
          from: { task: 'b', state: 'queued' },
          to: { task: 'b', state: 'running' },
          atMost_s: 3,
        },
      },
      6,
      'no',
    ],
    ['start before', { startBefore: { ...local, task: 'a', at_s: 6 } }, 5, 'yes'],
    ['start before, late', { startBefore: { ...local, task: 'b', at_s: 6 } }, 6, 'no'],
    ['count of runs', { count: { ...local, of: 'dag_runs', state: 'failed', is: 1 } }, 100, 'yes'],
    ['count of tasks', { count: { ...local, of: 'task_instances', atLeast: 2 } }, 0, 'yes'],
    ['peak, reached', { peak: { ...local, state: 'running', atLeast: 2 } }, 45, 'yes'],
    ['peak, may still break', { peak: { ...local, state: 'running', atMost: 1 } }, 44, 'open'],
    ['peak, broken', { peak: { ...local, state: 'running', atMost: 1 } }, 100, 'no'],
    ['total', { total: { ...local, state: 'running', is_s: 99 } }, 100, 'yes'],
    ['and', { and: [{ guessed: { of: ['p'] } }, { changes: { is: 1 } }] }, 0, 'yes'],
    [
      'and, one open',
      { and: [{ guessed: { of: ['p', 'q'] } }, { changes: { is: 1 } }] },
      0,
      'open',
    ],
    ['and, one lost', { and: [{ guessed: { of: ['p', 'q'] } }, { changes: { is: 9 } }] }, 0, 'no'],
    ['or', { or: [{ guessed: { of: ['q'] } }, { changes: { is: 1 } }] }, 0, 'yes'],
    ['not of what is open', { not: { makespan: { ...local, atMost_s: 1 } } }, 50, 'open'],
    ['not of what is lost', { not: { makespan: { ...local, atMost_s: 1 } } }, 100, 'yes'],
  ];
  test.each(cases)('%s', (_, json, second, verdict) => {
    const outcome = say(json, second);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.progress).toBeGreaterThanOrEqual(0);
    expect(outcome.progress).toBeLessThanOrEqual(1);
  });
});

test('witness: a goal that was missed -> points at the record', () => {
  const { witness } = say({ never: { ...local, is: 'queued', longerThan_s: 42 } }, 100);
  expect(witness).toEqual({ lane: 'local', task_id: 'b', state: 'queued', t: 2 * US, seq: 2 });
  expect(say({ makespan: { ...local, atMost_s: 1 } }, 100).witness?.task_id).toBe('b');
});

test('live value: before the end -> the time that is expected, and what is left', () => {
  const { value, note } = say({ makespan: { ...local, atMost_s: 100 } }, 60);
  expect(value).toEqual({ kind: 'time', us: 100 * US, expected: true });
  expect(note).toEqual({ code: 'left', params: { us: 60 * US, tasks: '`b`' } });
});

test('guesses: while the lane runs -> the difference is shown, the verdict comes at the end', () => {
  const close = { predicted: { of: ['p'], within: 0.1 } };
  const live = say(close, 50);
  expect(live.value).toEqual({ kind: 'share', share: 0.05 });
  expect(live.note).toEqual({ code: 'judged_at', params: { lane: 'local', us: 100 * US } });
  expect([live.verdict, say(close, 100).verdict]).toEqual(['open', 'yes']);
});

test('peak and total: any intervals -> as counted moment by moment', () => {
  const intervals = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 20 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(intervals, (list) => {
      const taskInstances = list.map(([from, span], i) =>
        life(`t${i}`, 'none@0', `running@${from + 1}`, `success@${from + 1 + span}`),
      );
      const crowd = { ...lane, taskInstances };
      const at = (second: number): number =>
        list.filter(([from, span]) => from + 1 <= second && second < from + 1 + span).length;
      const counts = Array.from({ length: 60 }, (_, second) => at(second));
      const seen = { lanes: new Map([['local', crowd]]) };
      const peak = say({ peak: { ...local, state: 'running', atLeast: 0 } }, 100, seen).value;
      expect(peak).toEqual({ kind: 'count', count: Math.max(...counts) });
      const total = say({ total: { ...local, state: 'running', atLeast_s: 0 } }, 100, seen).value;
      const sum = counts.reduce((all, one) => all + one, 0) * US;
      expect(total).toEqual({ kind: 'time', us: sum, expected: false });
    }),
  );
});
