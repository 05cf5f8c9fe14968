import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handlerOf } from '../../../src/airflow/faults/apply.ts';
import {
  FAULTS,
  faultKey,
  faultProblems,
  faultsOfPart,
  faultText,
  parseFault,
  parsePart,
  parseTimetable,
  partText,
  timetableText,
} from '../../../src/airflow/faults/index.ts';
import { en } from '../../../src/i18n/en/index.ts';
import { ko } from '../../../src/i18n/ko/index.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';

const scenario = scenarioOf([dagSpec('d', [taskSpec('a')])], { executor: 'celery' });

describe('catalogue', () => {
  test.each(FAULTS.map((kind) => [faultKey(kind), kind] as const))(
    '%s: code and a sentence in both languages',
    (key, kind) => {
      expect(handlerOf(kind.what, kind.part)).not.toBeNull();
      expect([Object.hasOwn(en, key), Object.hasOwn(ko, key)]).toEqual([true, true]);
      expect(Object.hasOwn(en, `part.${kind.part}`)).toBe(true);
      if (kind.undone) expect(handlerOf('restore', kind.part)).not.toBeNull();
    },
  );

  test('every kind -> once', () => {
    const keys = FAULTS.map(faultKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('menu of a part: the broker of a Celery lane -> its faults; of another lane -> none', () => {
  const verbs = faultsOfPart('broker', '3.3.2', ['celery']).map((each) => each.what);
  expect(verbs).toEqual(expect.arrayContaining(['refuse', 'silent', 'restore']));
  expect(faultsOfPart('broker', '3.3.2', ['local'])).toEqual([]);
});

describe('names of parts', () => {
  test.each([
    ['scheduler-1', 'scheduler', 0],
    ['worker-12', 'worker', 11],
    ['local-worker-2', 'local-worker', 1],
    ['scheduler', 'scheduler', 0],
    ['dag-processor', 'dag-processor', 0],
    ['kubernetes-api', 'kubernetes-api', 0],
  ])('%s -> read', (text, kind, index) => {
    expect(parsePart(text)).toMatchObject({ kind, index });
  });

  test('a task instance -> dag, run, task, map index', () => {
    const part = parsePart('task:d/manual__2025-01-01T00:00:00+00:00/g.a[3]');
    expect(part?.ti).toEqual({
      dag_id: 'd',
      run_id: 'manual__2025-01-01T00:00:00+00:00',
      task_id: 'g.a',
      map_index: 3,
    });
    expect(part && partText(part)).toBe('task:d/manual__2025-01-01T00:00:00+00:00/g.a[3]');
  });

  test.each(['', 'worker-0', 'worker-', 'broker-2', 'task:d/a', 'engine', 'file:', 'pool'])(
    '"%s" -> no part',
    (text) => expect(parsePart(text)).toBeNull(),
  );
});

describe('short form', () => {
  const word = fc.stringMatching(/^[a-z"\\# _:/-]{1,12}$/).filter((s) => s.trim() === s);

  test('any fault -> the same after writing and reading', () => {
    const any = fc.record({
      at_s: fc.integer({ min: 0, max: 99999 }).map((n) => n / 4),
      what: fc.stringMatching(/^[a-z_]{1,8}$/),
      part: word.filter((s) => s !== ''),
      args: fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), fc.oneof(fc.integer(), word), {
        minKeys: 1,
      }),
    });
    fc.assert(
      fc.property(any, (fault) => {
        expect(parseFault(faultText(fault))).toEqual({ ok: true, value: fault });
      }),
    );
  });

  test('a timetable -> faults; a wrong line -> its number', () => {
    const text = '# first\nt=120 kill worker-2\n\nt=200.5s slow database call_s=2';
    expect(parseTimetable(text)).toEqual({
      ok: true,
      value: [
        { at_s: 120, what: 'kill', part: 'worker-2' },
        { at_s: 200.5, what: 'slow', part: 'database', args: { call_s: 2 } },
      ],
    });
    const again = parseTimetable(text);
    expect(again.ok && timetableText(again.value)).toBe(
      't=120 kill worker-2\nt=200.5 slow database call_s=2\n',
    );
    expect(parseTimetable(`${text}\nkill worker-1`)).toMatchObject({
      error: [{ code: 'fault_text_wrong', where: { line: 5 } }],
    });
  });
});

describe('checks', () => {
  test.each([
    [{ what: 'kill', part: 'worker-3' }, 'fault_part_unknown', 'faults[0].part'],
    [{ what: 'kill', part: 'task:d/*/nobody' }, 'fault_part_unknown', 'faults[0].part'],
    [{ what: 'melt', part: 'worker-1' }, 'fault_unknown', 'faults[0].what'],
    [{ what: 'evict', part: 'node-1' }, 'fault_not_here', 'faults[0]'],
    [
      { what: 'kill', part: 'worker-1', args: { hard: 1 } },
      'fault_argument_unknown',
      'faults[0].args.hard',
    ],
    [{ what: 'change', part: 'pool:default_pool' }, 'fault_argument_wrong', 'faults[0].args.slots'],
    [
      { what: 'kill', part: 'worker-1', args: { for_s: -1 } },
      'fault_argument_wrong',
      'faults[0].args.for_s',
    ],
  ])('%j -> %s at its field', (fault, code, field) => {
    const found = faultProblems({ ...scenario, faults: [{ at_s: 1, ...fault }] });
    expect(found).toMatchObject([{ code, where: { field } }]);
  });

  test('what the lane has -> no problem', () => {
    const faults = [
      { at_s: 1, what: 'kill', part: 'worker-2', args: { for_s: 30 } },
      { at_s: 2, what: 'change', part: 'pool:default_pool', args: { slots: -1 } },
      { at_s: 3, what: 'silent', part: 'broker' },
    ];
    expect(faultProblems({ ...scenario, faults })).toEqual([]);
  });
});
