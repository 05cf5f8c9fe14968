/** core.executor: lists, paths of classes, aliases, and the tasks that choose by them. */
import { describe, expect, test } from 'vitest';
import { readExecutorList } from '../../../src/airflow/executorList.ts';
import { choiceNotices } from '../../../src/airflow/executors/executorChoice.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

describe('a list', () => {
  test.each([
    ['CeleryExecutor', 'celery', [], {}],
    ['celery+kubernetes', 'celery', ['kubernetes'], {}],
    ['LocalExecutor, KubernetesExecutor', 'local', ['kubernetes'], {}],
    [
      'hot:CeleryExecutor,airflow.providers.cncf.kubernetes.executors.kubernetes_executor.KubernetesExecutor',
      'celery',
      ['kubernetes'],
      { hot: 'celery' },
    ],
  ])('%s', (text, executor, beside, executor_aliases) => {
    const read = readExecutorList(text, '3.3.2');
    expect(read).toEqual({ ok: true, value: { executor, beside, executor_aliases } });
  });

  test('2.11.2 takes an alias for a path only', () => {
    const path = 'hot:airflow.executors.local_executor.LocalExecutor';
    expect(readExecutorList(path, '2.11.2')).toMatchObject({ ok: true });
    expect(readExecutorList('hot:LocalExecutor', '2.11.2')).toMatchObject({
      error: [{ code: 'executor_alias_of_name' }],
    });
  });

  test('an unknown name', () => {
    expect(readExecutorList('celery,DaskExecutor', '3.3.2')).toMatchObject({
      error: [{ code: 'lane_executor_unknown', params: { text: 'DaskExecutor' } }],
    });
  });
});

test('a task chooses by alias, by class and by path', () => {
  const asked = ['big', 'KubernetesExecutor', 'my.module.KubernetesExecutor', null];
  const tasks = asked.map((executor, i) => taskSpec(`t${i}`, [], { executor }));
  const scenario = scenarioOf([dagSpec('d', tasks)], {
    executor: 'celery',
    beside: ['kubernetes'],
    executor_aliases: { big: 'kubernetes' },
    behaviour: { by_kind: {}, rules: [{ duration: 60 }] },
  });
  const rig = new Rig(scenario, 40);
  expect(rig.engine.plant.kubernetes!.cluster.demand.busy).toBe(3);
  expect(choiceNotices(scenario)).toEqual([]);
  expect(choiceNotices({ ...scenario, executor_aliases: {} })).toHaveLength(1);
});
