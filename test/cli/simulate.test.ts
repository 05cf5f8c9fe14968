import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { runSimulate as simulate } from './runSimulate.ts';

const files = join(import.meta.dirname, '..', 'oracle', 'dag-files', 'files');
const parallel = join(files, 'course_parallel.py');

afterEach(() => vi.restoreAllMocks());

interface Lane {
  executor: string;
  airflow: string;
  makespan: number | null;
  hash: string;
  dag_runs: { dag_id: string; run_id: string; state: string }[];
  task_instances: {
    task_id: string;
    state: string;
    try_number: number;
    start_date: number;
    duration: number;
  }[];
}

const lanesOf = (out: string): Lane[] => (JSON.parse(out) as { lanes: Lane[] }).lanes;

test('simulate: a file, four executors -> JSON with Airflow column names, in seconds', async () => {
  const { code, out } = await simulate(parallel, '--format', 'json');
  expect(code).toBe(0);
  const lanes = lanesOf(out);
  expect(lanes.map((lane) => `${lane.executor} ${lane.airflow}`)).toEqual([
    'sequential 2.11.2',
    'local 3.3.2',
    'celery 3.3.2',
    'kubernetes 3.3.2',
  ]);
  for (const lane of lanes) {
    expect(lane.dag_runs).toMatchObject([{ dag_id: 'parallel_dag', state: 'success' }]);
    const transform = lane.task_instances.find((ti) => ti.task_id === 'transform');
    expect(transform?.duration).toBeGreaterThan(30);
    expect(lane.makespan).toBeGreaterThan(33);
  }
});

test('simulate: the same command twice -> the same bytes', async () => {
  const run = (): Promise<{ out: string }> =>
    simulate(parallel, '--format', 'json', '--executor', 'celery@2.11.2,kubernetes', '--seed', '5');
  expect((await run()).out).toBe((await run()).out);
});

test('simulate: parallelism 1, pools, workers -> the lanes obey', async () => {
  const ends = async (...more: string[]): Promise<number> => {
    const { out } = await simulate(parallel, '--format', 'json', ...more);
    return lanesOf(out)[0]?.makespan ?? 0;
  };
  const wide = await ends('--executor', 'local');
  const narrow = await ends('--executor', 'local', '--config', 'core.parallelism=1');
  const celery = ['--executor', 'celery', '--workers', '1', '--concurrency', '1'];
  expect(narrow).toBeGreaterThan(wide + 2);
  expect(await ends(...celery)).toBeGreaterThan(wide + 2);
  expect(await ends('--executor', 'local', '--pool', 'default_pool=1')).toBeGreaterThan(wide + 2);
});

test('simulate: table and log -> every task instance, every change', async () => {
  const table = await simulate(parallel, '--executor', 'local');
  for (const task of ['extract_a', 'load_b', 'transform']) expect(table.out).toContain(task);
  const log = await simulate(parallel, '--executor', 'local', '--format', 'log');
  const lines = log.out.split('\n').filter((line) => line.includes('transform'));
  expect(lines.some((line) => line.endsWith('scheduled -> queued\tqueue'))).toBe(true);
  expect(lines.some((line) => line.endsWith('running -> success\tsucceed'))).toBe(true);
});

const bad: [string, string[], RegExp][] = [
  ['no file', [], /No file was named/],
  ['a file that is not there', ['missing.py'], /missing\.py: there is no such file/],
  ['an unknown option', [parallel, '--colour'], /--colour/],
  ['an unknown executor', [parallel, '--executor', 'dask'], /no executor .?dask/],
  [
    'SequentialExecutor on 3.x',
    [parallel, '--executor', 'sequential'],
    /has no SequentialExecutor/,
  ],
  ['an unknown version', [parallel, '--airflow', '1.10'], /1\.10 is not modelled/],
  ['a bad pool', [parallel, '--pool', 'db'], /NAME=SLOTS/],
  ['a bad time', [parallel, '--until', 'soon'], /--until soon/],
  ['a bad seed', [parallel, '--seed', '-3'], /--seed/],
  ['an unknown Airflow option', [parallel, '--config', 'core.paralelism=4'], /core\.parallelism/],
  ['an unknown DAG', [parallel, '--dag', 'nope'], /no DAG "nope"/],
  ['a syntax error', [join(files, 'error_syntax.py')], /error_syntax\.py:\d+/],
  ['a file without a DAG', [join(files, 'odd_no_dag_at_all.py')], /dag/i],
];

test.each(bad)(
  'simulate: %s -> one message, exit code 2, nothing on stdout',
  async (_, argv, message) => {
    const { code, out, err } = await simulate(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  },
);

test('examples: their JSON -> what our importer makes of the Python file beside it', async () => {
  const { NodePython } = await import('../../src/authoring/nodePython.node.ts');
  const folder = join(import.meta.dirname, '..', '..', 'lessons', 'examples');
  const text = readFileSync(join(folder, 'nightly_orders.py'), 'utf8');
  const python = await NodePython.boot();
  const read = await python.importFiles([{ name: 'nightly_orders.py', text }], {
    airflow: '3.3.2',
  });
  if (!read.ok) throw new Error('the example cannot be imported');
  const kept: unknown = JSON.parse(readFileSync(join(folder, 'nightly_orders.json'), 'utf8'));
  expect(kept).toEqual(read.value.dags);
});

test('simulate: actions and faults on the command line -> carried out, refusals are said', async () => {
  const night = 'lessons/scenarios/dags/night.py';
  const { out, err } = await simulate(
    night,
    '--executor',
    'celery',
    '--format',
    'json',
    '--until',
    '3h',
    '--action',
    't=0 trigger night run_id=one',
    '--action',
    't=30 mark success night one arrived',
    '--action',
    't=40 delete night other',
    '--fault',
    't=100 kill worker-1',
  );
  const [lane] = lanesOf(out);
  const arrived = lane?.task_instances.find((ti) => ti.task_id === 'arrived');
  expect(arrived?.state).toBe('success');
  expect(lane?.dag_runs).toMatchObject([{ dag_id: 'night', run_id: 'one' }]);
  expect(Math.max(...(lane?.task_instances.map((ti) => ti.try_number) ?? []))).toBeGreaterThan(1);
  expect(err).toMatch(/t=40 delete_run night: There is no run with this id/);
});

test('--metrics csv and json: one lane each, prices an hour', async () => {
  const lanes = ['--executor', 'celery,kubernetes'];
  const csv = await simulate(parallel, ...lanes, '--metrics', 'csv', '--price', 'node=0.5');
  expect(csv.code).toBe(0);
  expect(csv.out).toMatch(/^lane,metric,of,value,unit\r\n/);
  expect(csv.out).toMatch(/kubernetes@3\.3\.2,cost,node,0\.\d+,money/);
  const json = await simulate(parallel, ...lanes, '--metrics', 'json');
  expect(lanesOf(json.out)).toHaveLength(2);
  const wrong = await simulate(parallel, '--price', 'house=1');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('--price house=1');
});

test('--logs: where the log of each try is, as lines and as JSON', async () => {
  const text = await simulate(parallel, '--executor', 'celery', '--logs', 'end');
  expect(text.out).toMatch(/try 1: file worker-\d \(whole\)\n {2}shown: All lines are there\./);
  const json = await simulate(
    parallel,
    '--executor',
    'kubernetes',
    '--logs',
    '90s',
    '--format',
    'json',
  );
  expect(json.out).toContain('"why":"pod_');
  const wrong = await simulate(parallel, '--logs', 'soon');
  expect(wrong.code).toBe(2);
});

test('--executor a+b: two executors in one lane', async () => {
  const both = await simulate(
    parallel,
    '--executor',
    'hot:CeleryExecutor+kubernetes',
    '--format',
    'json',
  );
  expect(both.code).toBe(0);
  expect(lanesOf(both.out)).toHaveLength(1);
  const wrong = await simulate(parallel, '--executor', 'celery+dask');
  expect(wrong.err).toContain('--executor celery+dask');
});
