import { expect, test } from 'vitest';
import { brokenAt, editsOf } from '../../src/explain/edits.ts';
import type { LaneFault } from '../../src/explain/frame.ts';
import { faultsHere, partsOf } from '../../src/explain/parts.ts';
import { Timeline } from '../../src/explain/timeline.ts';
import { standardBase } from '../../src/interchange/standardScenario.ts';
import type { Fault, Scenario } from '../../src/airflow/scenario.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { codes } from './handmade.ts';

function scenario(executor: Scenario['executor'], faults: Fault[] = []): Scenario {
  const base = standardBase([dagSpec('d', [taskSpec('a')])], 1);
  return { ...base, airflow: '3.3.2', executor, faults };
}

test('parts: of each executor -> true names, with the slots of each worker and node', () => {
  const names = (executor: Scenario['executor']): string[] =>
    partsOf(scenario(executor), 2).map((part) => part.name);
  const plant = ['scheduler-1', 'dag-processor', 'api-server', 'database', 'triggerer-1'];
  expect(names('celery')).toEqual([...plant, 'broker', 'result-backend', 'worker-1', 'worker-2']);
  expect(names('kubernetes')).toEqual([...plant, 'kubernetes-api', 'node-1']);
  expect(names('local')).toEqual([...plant, 'local-worker-1', 'local-worker-2']);
  expect(partsOf(scenario('celery'), 0).at(-1)).toMatchObject({ slots: 12, kind: 'worker', n: 2 });
});

test('parts: several executors -> each worker and node finds its slot lines', () => {
  const both: Scenario = { ...scenario('celery'), beside: ['kubernetes'] };
  const groups = partsOf(both, 0).flatMap(({ name, group }) =>
    group === null ? [] : [[name, group]],
  );
  expect(groups).toEqual([
    ['worker-1', 0],
    ['worker-2', 1],
    ['node-1', 2],
  ]);
});

test('faults: of a comparison -> a lane keeps those whose part it has, with their numbers', () => {
  const faults = [
    { at_s: 1, what: 'evict', part: 'node-1' },
    { at_s: 2, what: 'kill', part: 'worker-2' },
    { at_s: 3, what: 'kill', part: 'worker-9' },
  ];
  expect(faultsHere(scenario('celery', faults))).toEqual([
    { ...faults[1], index: 1, lasting: true },
  ]);
  expect(faultsHere(scenario('kubernetes', faults)).map((one) => one.index)).toEqual([0]);
});

test('broken parts: killed, restored, not there -> what the log tells, at each time', () => {
  const fault = (what: string, part: string, lasting: boolean, index: number): LaneFault => ({
    at_s: 0,
    what,
    part,
    lasting,
    index,
  });
  const faults = [
    fault('kill', 'worker-1', true, 4),
    fault('restore', 'worker-1', false, 5),
    fault('evict', 'node-1', false, 6),
    fault('kill', 'worker-2', true, 7),
  ];
  const timeline = new Timeline(codes);
  const happens = (t: number, index: number, outcome: 'done' | 'nothing_there' | 'over'): void => {
    timeline.edits.push({ t, kind: 'fault', index, outcome, refusal: '' });
  };
  happens(10, 0, 'done');
  happens(20, 1, 'done');
  happens(30, 2, 'done');
  happens(40, 3, 'done');
  happens(40, 3, 'nothing_there');
  expect(brokenAt(timeline, faults, 9)).toEqual([]);
  expect(brokenAt(timeline, faults, 15)).toEqual([
    { part: 'worker-1', what: 'kill', since: 10, index: 4 },
  ]);
  expect(brokenAt(timeline, faults, 35)).toEqual([]);
  expect(brokenAt(timeline, faults, 50)).toEqual([]);
  expect(editsOf(timeline).map((edit) => edit.outcome)).toEqual([
    'done',
    'done',
    'done',
    'nothing_there',
  ]);
});
