import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateScenario } from '../../src/airflow/parseScenario.ts';
import type { Problem, Result } from '../../src/base/result.ts';
import { placeOf } from '../../src/base/result.ts';
import { parseActionText } from '../../src/interchange/scenarioFile/actionText.ts';
import { laneScenariosOf } from '../../src/interchange/scenarioFile/lanes.ts';
import { readScenarioFile } from '../../src/interchange/scenarioFile/scenarioFile.ts';
import { writeScenarioFile } from '../../src/interchange/scenarioFile/write.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';

const dags = [dagSpec('orders', [taskSpec('read', []), taskSpec('load', ['read'])])];

function scenariosOf(text: string) {
  const file = readScenarioFile(text, 's.yaml');
  return file.ok ? laneScenariosOf(file.value, () => dags, validateScenario) : file;
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

function problemsOf(result: Result<unknown>): string[] {
  const error: readonly Problem[] = result.ok ? [] : result.error;
  return error.map(({ code, where }) => `${placeOf(where)} ${code}`);
}

describe('a scenario file', () => {
  test('only its number -> the usual lanes, triggers and end', () => {
    const lanes = valueOf(scenariosOf('windtunnel: 1'));
    expect(lanes.map(({ lane }) => `${lane.executor}@${lane.airflow}`)).toEqual([
      'sequential@2.11.2',
      'local@3.3.2',
      'celery@3.3.2',
      'kubernetes@3.3.2',
    ]);
    expect(lanes[0]?.scenario).toMatchObject({
      until_s: 86_400,
      actions: [{ at_s: 0, action: 'trigger', dag_id: 'orders' }],
    });
  });

  test('common part and lane -> laid over each other', () => {
    const text = `
windtunnel: 1
until: 2h
lanes: [celery, { executor: kubernetes, id: small, config: { core.parallelism: 2 }, seed: 7 }]
config: { core.parallelism: 8, scheduler.max_tis_per_query: 4 }
pools: { db: 2 }
fleet: { broker: rabbitmq, workers: [{ concurrency: 4 }, { concurrency: 2, queues: [high] }] }
actions: ['t=15m pause orders']
`;
    const [celery, small] = valueOf(scenariosOf(text));
    expect(celery?.scenario).toMatchObject({
      until_s: 7200,
      config: { 'core.parallelism': 8, 'scheduler.max_tis_per_query': 4 },
      pools: { db: { slots: 2, include_deferred: false } },
      actions: [{ at_s: 900, action: 'pause', dag_id: 'orders' }],
      fleet: {
        broker: 'rabbitmq',
        workers: [
          { name: 'worker', count: 1, concurrency: 4, queues: null },
          { name: 'worker-2', count: 1, concurrency: 2, queues: ['high'] },
        ],
      },
    });
    expect(small?.lane.id).toBe('small');
    expect(small?.scenario).toMatchObject({ seed: 7, config: { 'core.parallelism': 2 } });
  });

  test('workers that name no concurrency -> the one of the configuration of their lane', () => {
    const option = 'celery.worker_concurrency';
    const text = `
windtunnel: 1
lanes: [celery, { executor: celery, config: { ${option}: 3 } }]
fleet: { workers: [{ count: 2 }, { concurrency: 5 }] }
`;
    const slots = valueOf(scenariosOf(text)).map(({ scenario }) =>
      scenario.fleet.workers.map(({ concurrency }) => concurrency),
    );
    expect(slots).toEqual([
      [16, 5],
      [3, 5],
    ]);
    const wrong = `windtunnel: 1\nlanes: [celery]\nfleet: { workers: [{}] }\nconfig: { ${option}: x }`;
    expect(problemsOf(scenariosOf(wrong))).toEqual([
      `s.yaml:4 config.${option} option_not_integer`,
    ]);
  });

  test('a fault of a part that only some lanes have -> left out in the others', () => {
    const text = 'windtunnel: 1\nlanes: [local, celery]\nfaults: [t=9 kill worker-1]';
    const lanes = valueOf(scenariosOf(text));
    expect(lanes.map(({ scenario }) => scenario.faults.length)).toEqual([0, 1]);
  });

  const wrong: [string, string, string[]][] = [
    ['no YAML', 'windtunnel: 1\nlanes: [', ['s.yaml:2:9 scenario_not_yaml']],
    ['a list', '- 1', ['s.yaml:1 field_wrong']],
    ['no number', 'seed: 1', ['s.yaml:1 windtunnel field_wrong']],
    ['a misspelt field', 'windtunnel: 1\n\nsede: 3', ['s.yaml:3 sede field_wrong']],
    ['a lane', 'windtunnel: 1\nlanes:\n  - dask', ['s.yaml:3 lanes[0] lane_executor_unknown']],
    ['a version', 'windtunnel: 1\nlanes: [celery@1.9]', ['s.yaml:2 lanes[0] airflow_unknown']],
    ['a time', 'windtunnel: 1\nuntil: soon', ['s.yaml:2 until span_wrong']],
    [
      'an action',
      'windtunnel: 1\nactions:\n  - t=1 pause orders\n  - t=2 paus orders',
      ['s.yaml:4 actions[1] action_verb_unknown'],
    ],
    [
      "an action's field",
      'windtunnel: 1\nactions:\n  - { at_s: 1,\n      dag: orders, action: pause }',
      ['s.yaml:4 actions[0].dag field_wrong'],
    ],
    [
      'an option of a lane',
      'windtunnel: 1\nlanes:\n  - executor: celery\n    config:\n      core.nope: 3',
      ['s.yaml:5 lanes[0].config.core.nope option_unknown'],
    ],
    [
      'a fault that no lane has',
      'windtunnel: 1\nlanes: [local]\nfaults:\n  - t=1 kill worker-1',
      ['s.yaml:4 faults[0] fault_not_here'],
    ],
    [
      'an action after one of a DAG that the lane does not have',
      'windtunnel: 1\nlanes: [celery]\nactions:\n  - t=1 pause bills\n  - { at_s: 1, action: pause }',
      ['s.yaml:5 actions[1].dag_id field_wrong'],
    ],
    [
      'a fault after one that the lane leaves out, beside one of its own',
      `windtunnel: 1
lanes:
  - { executor: local, faults: [t=2 kill scheduler] }
  - celery
faults:
  - t=9 kill worker-1
  - { at_s: 9, what: explode, part: scheduler }`,
      ['s.yaml:7 faults[1].what fault_unknown'],
    ],
    [
      'the fault of a lane, after a common one',
      `windtunnel: 1
lanes:
  - executor: local
    faults:
      - { at_s: 9, what: explode, part: scheduler }
  - celery
faults: [t=9 kill worker-1, t=9 kill scheduler]`,
      ['s.yaml:5 lanes[0].faults[0].what fault_unknown'],
    ],
  ];
  test.each(wrong)('%s -> its line', (_, text, problems) => {
    expect(problemsOf(scenariosOf(text))).toEqual(problems);
  });

  test('aliases without end -> refused', () => {
    const bomb = ['windtunnel: 1', 'config:', '  a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, before] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair])) {
      bomb.push(`  ${one}: &${one} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    expect(problemsOf(scenariosOf(bomb.join('\n')))).toEqual(['s.yaml scenario_not_yaml']);
  });

  test('a Scenario written and read again -> the same', () => {
    const [first] = valueOf(
      scenariosOf('windtunnel: 1\nlanes: [celery]\nfaults: [t=9 kill worker-1]'),
    );
    const again = valueOf(scenariosOf(writeScenarioFile(first!.scenario)));
    expect(again[0]?.scenario).toEqual(first?.scenario);
  });

  test('the example in the repository -> both lanes', () => {
    const text = readFileSync('lessons/scenarios/example.yaml', 'utf8');
    const file = valueOf(readScenarioFile(text, 'example.yaml'));
    expect(file.files).toEqual(['../examples/nightly_orders.py']);
    expect(file.lanes.map((lane) => lane.airflow)).toEqual(['3.3.2', '2.11.2']);
  });
});

describe('an action on one line', () => {
  const good: [string, object][] = [
    [
      't=0 trigger orders run_id=one conf={"a": [1, "b c"]}',
      { at_s: 0, action: 'trigger', dag_id: 'orders', run_id: 'one', conf: { a: [1, 'b c'] } },
    ],
    [
      't=1.5m clear orders one a,b downstream only_failed',
      {
        at_s: 90,
        action: 'clear',
        dag_id: 'orders',
        run_id: 'one',
        task_ids: ['a', 'b'],
        downstream: true,
        only_failed: true,
      },
    ],
    [
      't=3 mark success orders one read map_index=2',
      {
        at_s: 3,
        action: 'mark_task',
        state: 'success',
        dag_id: 'orders',
        run_id: 'one',
        task_id: 'read',
        map_index: 2,
      },
    ],
    [
      't=3 mark failed orders one',
      { at_s: 3, action: 'mark_run', state: 'failed', dag_id: 'orders', run_id: 'one' },
    ],
    ['t=4 pool "my pool" 8', { at_s: 4, action: 'pool', pool: 'my pool', slots: 8 }],
    [
      't=6 backfill orders 2026-01-01 2026-01-03 run_backwards max_active_runs=2',
      {
        at_s: 6,
        action: 'backfill',
        dag_id: 'orders',
        from_date: '2026-01-01',
        to_date: '2026-01-03',
        run_backwards: true,
        max_active_runs: 2,
      },
    ],
    ['t=5 asset s3://a/b', { at_s: 5, action: 'asset_event', asset: 's3://a/b' }],
  ];
  test.each(good)('%s -> its value', (line, value) => {
    expect(valueOf(parseActionText(line))).toEqual(value);
  });

  test.each([
    ['trigger orders', 'action_time_missing'],
    ['t=-1 trigger orders', 'action_time_missing'],
    ['t=1', 'action_verb_unknown'],
    ['t=1 constructor orders', 'action_verb_unknown'],
    ['t=1 clear orders', 'action_word_missing'],
    ['t=1 pool db many', 'action_value_wrong'],
    ['t=1 trigger orders conf={"a":}', 'action_value_wrong'],
    ['t=1 pause orders now', 'action_word_unknown'],
    ['t=1 trigger "orders', 'action_not_closed'],
  ])('%s -> %s', (line, code) => {
    const read = parseActionText(line);
    expect(read.ok ? [] : read.error.map((each) => each.code)).toEqual([code]);
  });
});
