import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  booleanOption,
  defaultConfig,
  makeConfig,
  namesOf,
  numberOption,
  option,
  optionInfo,
  optionNames,
  parseOverride,
  textOption,
} from '../../../src/airflow/config/index.ts';
import { editDistance } from '../../../src/airflow/config/suggest.ts';
import { PROFILE_FLAGS, profileOf } from '../../../src/airflow/profile/index.ts';
import { triggerRuleCode, WEIGHT_RULES } from '../../../src/airflow/rules/index.ts';
import { AIRFLOW_VERSIONS } from '../../../src/airflow/spec.ts';

function problems(version: '3.3.2' | '2.11.2', overrides: Record<string, string>): unknown[] {
  const made = makeConfig(version, overrides);
  return made.ok ? [] : made.error.map(({ code, params }) => ({ code, ...params }));
}

describe('configuration', () => {
  test('nothing changed -> the defaults of the version', () => {
    const three = defaultConfig('3.3.2');
    const two = defaultConfig('2.11.2');
    expect(numberOption(three, 'core.parallelism')).toBe(32);
    expect(numberOption(two, 'core.parallelism')).toBe(32);
    expect(textOption(three, 'core.executor')).toBe('LocalExecutor');
    expect(textOption(two, 'core.executor')).toBe('SequentialExecutor');
    expect(booleanOption(three, 'scheduler.catchup_by_default')).toBe(false);
    expect(booleanOption(two, 'scheduler.catchup_by_default')).toBe(true);
    expect(option(three, 'core.default_task_execution_timeout')).toBeNull();
    expect(numberOption(two, 'celery.worker_concurrency')).toBe(16);
  });

  test('an option of the other version is asked for -> throws', () => {
    expect(() => option(defaultConfig('2.11.2'), 'triggerer.capacity')).toThrow(/triggerer/);
  });

  test('numbers and switches as people write them -> read as Airflow reads them', () => {
    const made = makeConfig('3.3.2', {
      'core.parallelism': ' 4 ',
      'scheduler.catchup_by_default': 't',
      'scheduler.scheduler_idle_sleep_time': '0.5',
      'core.default_task_execution_timeout': '',
      'scheduler.num_runs': -1,
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(numberOption(made.value, 'core.parallelism')).toBe(4);
    expect(booleanOption(made.value, 'scheduler.catchup_by_default')).toBe(true);
    expect(numberOption(made.value, 'scheduler.scheduler_idle_sleep_time')).toBe(0.5);
    expect(option(made.value, 'core.default_task_execution_timeout')).toBeNull();
  });

  test('a misspelt name -> a problem with the nearest names', () => {
    expect(problems('3.3.2', { 'core.paralelism': '4' })).toMatchObject([
      { code: 'option_unknown', near: ['core.parallelism'] },
    ]);
    const [first] = problems('3.3.2', { max_active_task_per_dag: '4' }) as { near: string[] }[];
    expect(first?.near[0]).toBe('core.max_active_tasks_per_dag');
    expect(problems('3.3.2', { 'x.y': '1' })).toMatchObject([{ near: [] }]);
  });

  test('an old name, a name without effect -> a problem of its own', () => {
    expect(problems('3.3.2', { 'scheduler.dag_dir_list_interval': '1' })).toMatchObject([
      { code: 'option_renamed', renamed: 'dag_processor.refresh_interval' },
    ]);
    expect(problems('3.3.2', { 'core.dags_folder': '/dags' })).toMatchObject([
      { code: 'option_without_effect' },
    ]);
  });

  test.each([
    ['core.parallelism', 'four', 'option_not_integer'],
    ['core.parallelism', '1.5', 'option_not_integer'],
    ['core.parallelism', '-1', 'option_too_small'],
    ['core.dagbag_import_timeout', 'soon', 'option_not_number'],
    ['scheduler.catchup_by_default', 'perhaps', 'option_not_boolean'],
  ])('%s=%s -> %s, with the value', (name, value, code) => {
    expect(problems('3.3.2', { [name]: value })).toMatchObject([{ code, option: name, value }]);
  });

  test('several bad options -> all of them are reported', () => {
    expect(problems('3.3.2', { a: '1', 'core.parallelism': 'x' })).toHaveLength(2);
  });

  test('name=value texts -> split at the first equals sign', () => {
    expect(parseOverride('core.parallelism = 4')).toMatchObject({
      value: ['core.parallelism', '4'],
    });
    expect(parseOverride('a.b=c=d')).toMatchObject({ value: ['a.b', 'c=d'] });
    expect(parseOverride('core.parallelism')).toMatchObject({ ok: false });
  });

  test('every default of every version -> is accepted when a person writes it', () => {
    for (const version of AIRFLOW_VERSIONS) {
      for (const name of optionNames(version)) {
        const text = optionInfo(version, name)?.text;
        if (text === null || text === undefined) continue;
        const made = makeConfig(version, { [name]: text });
        if (!made.ok) throw new Error(JSON.stringify(made.error));
        expect(option(made.value, name)).toEqual(option(defaultConfig(version), name));
      }
    }
  });

  test('times have a unit, counts have none', () => {
    expect(optionInfo('3.3.2', 'core.default_task_retry_delay')?.unit).toBe('seconds');
    expect(optionInfo('3.3.2', 'core.parallelism')?.unit).toBeNull();
    expect(optionInfo('3.3.2', 'core.executor')?.unit).toBeNull();
  });
});

describe('names of the version', () => {
  test.each(AIRFLOW_VERSIONS)('%s: the recorded trigger and weight rules are ours', (version) => {
    for (const rule of namesOf(version, 'trigger_rules')) {
      expect(triggerRuleCode(profileOf(version), rule ?? '')).toBeGreaterThanOrEqual(0);
    }
    if (version === '3.3.2') {
      expect(new Set(namesOf(version, 'weight_rules'))).toEqual(new Set(WEIGHT_RULES));
    }
  });

  test('an option that was renamed -> each version has the name that its profile says', () => {
    for (const [flag, { '2.11.2': two, '3.3.2': three }] of Object.entries(PROFILE_FLAGS)) {
      if (!flag.endsWith('Option') || typeof two !== 'string') continue;
      expect(optionInfo('2.11.2', String(two)), flag).toBeDefined();
      expect(optionInfo('3.3.2', String(three)), flag).toBeDefined();
    }
  });

  test('every difference of the versions -> has a reason and differs', () => {
    for (const flag of Object.values(PROFILE_FLAGS)) {
      expect(flag['2.11.2']).not.toBe(flag['3.3.2']);
      expect(flag.why).toMatch(/\.$/);
      expect(flag.source).not.toBe('');
    }
  });
});

describe('edit distance', () => {
  test('is a distance: zero for equals, symmetric, at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
