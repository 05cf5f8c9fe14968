/** F27: a DAG file is saved with other contents while its runs go on. */
import { describe, expect, test } from 'vitest';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import type { Fault, Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, DagSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

function after(id: string, upstream: string[], seconds: number, more: Partial<TaskSpec> = {}) {
  return { ...job(id, seconds, more), upstream_task_ids: upstream };
}

const change = (at_s: number, to = 'edited'): Fault => ({
  at_s,
  what: 'change',
  part: 'file:d',
  args: { to },
});

function lane(
  airflow: AirflowVersion,
  before: TaskSpec[],
  edited: TaskSpec[],
  more: Partial<Scenario> = {},
  dag: Partial<DagSpec> = {},
): Scenario {
  const { dags, ...rest } = scenarioOf([dagSpec('d', before, dag)], {
    airflow,
    executor: 'local',
    faults: [change(40)],
    until_s: 3000,
  });
  const versions = { edited: [dagSpec('d', edited, dag)] };
  return { ...rest, dags, versions, ...more };
}

describe.each(BOTH)('F27 %s', (airflow) => {
  const first = [job('a', 100), after('b', ['a'], 10), after('c', ['b'], 10)];

  test('task renamed -> the old one is removed, the new one runs, the run succeeds', () => {
    const edited = [job('a', 100), after('bb', ['a'], 10), after('c', ['bb'], 10)];
    const rig = new Rig(lane(airflow, first, edited));
    expect(rig.times('dagChanged')).toEqual([41]);
    expect(rig.states('b')).toEqual(['removed']);
    expect(rig.states('bb').at(-1)).toBe('success');
    expect(rig.when('c', 'queued')).toBeGreaterThan(rig.when('bb', 'success'));
    expect(rig.runState()).toBe('success');
  });

  test('running task removed -> its process is stopped at its next heartbeats', () => {
    const rig = new Rig(lane(airflow, first, [after('c', [], 10)]));
    expect(rig.states('a').at(-1)).toBe('removed');
    expect(rig.when('a', 'removed')).toBeLessThan(43);
    expect(rig.states('c').at(-1)).toBe('success');
    expect(rig.runState()).toBe('success');
    expect(rig.engine.plant.idle).toBe(true);
  });

  test('the last write is too young -> the next reading stores it', () => {
    const edited = [job('a', 100), after('c', ['a'], 10)];
    const rig = new Rig(lane(airflow, first, edited, { faults: [change(5)] }));
    expect(rig.times('dagChanged')).toEqual([36]);
  });

  test('changed and back -> removed rows are wanted again', () => {
    const edited = [job('a', 100), after('c', ['a'], 10)];
    const faults = [change(40), change(80, 'first')];
    const rig = new Rig(lane(airflow, first, edited, { faults }));
    expect(rig.times('dagChanged')).toEqual([41, 81]);
    expect(rig.states('b')).toEqual([
      'removed',
      'none',
      'scheduled',
      'queued',
      'running',
      'success',
    ]);
    expect(rig.runState()).toBe('success');
  });

  test('the same contents -> nothing happens, and the fault says so', () => {
    const rig = new Rig(lane(airflow, first, first, { faults: [change(40, 'first')] }));
    expect(rig.times('dagChanged')).toEqual([]);
    expect(rig.records('fault').map(({ reason }) => reason)).toEqual([0, 1]);
  });

  test('code of a try -> that of the file when it starts, stored or not', () => {
    const slow = [job('a', 100), after('b', ['a'], 50), after('c', ['b'], 10)];
    const rig = new Rig(lane(airflow, first, slow));
    const [start, end] = [rig.when('b', 'running'), rig.when('b', 'success')];
    expect(end - start).toBeGreaterThan(49);
  });

  test('a task starts that the file lacks by now -> 3.x puts it off, 2.x fails', () => {
    const faults: Fault[] = [{ at_s: 30, what: 'kill', part: 'dag-processor' }, change(40)];
    const edited = [job('a', 100)];
    const rig = new Rig(lane(airflow, first, edited, { faults }));
    const three = ['scheduled', 'queued', 'running', 'up_for_reschedule'];
    const states = rig.states('b').slice(0, 4);
    expect(states).toEqual(airflow === '3.3.2' ? three : ['scheduled', 'queued', 'failed']);
    if (airflow === '3.3.2') expect(rig.states('b').filter((s) => s === three[3]).length).toBe(3);
    expect(rig.runState()).toBe('failed');
  });

  test('the DAG is gone from the file -> stale by the scan, its run stands still', () => {
    const made = lane(airflow, first, first);
    const rig = new Rig({ ...made, versions: { edited: [] } });
    expect(rig.times('importError')).toEqual([]);
    expect(rig.times('dagStale').length).toBe(1);
    expect(rig.runState()).toBe('running');
  });

  test('max_active_tis_per_dag -> counts a task over its versions', () => {
    const limit = { max_active_tis_per_dag: 1 };
    const one = [job('a', 100, limit)];
    const two = [job('a', 100, limit), job('n', 5)];
    const actions: UserAction[] = [50, 51].map((at_s, i) => ({
      at_s,
      action: 'trigger',
      dag_id: 'd',
      run_id: `r${i}`,
      logical_date: `2026-01-0${i + 2}T00:00:00Z`,
    }));
    const rig = new Rig(lane(airflow, one, two, { actions }));
    const { end_date, rows } = rig.engine.ctx.world.dagRuns;
    expect(rows).toBe(2);
    expect(Math.max(...end_date.subarray(0, rows)) / 1e6).toBeGreaterThan(250);
  });
});

describe('F27 3.3.2: bundles with versions', () => {
  const first = [job('a', 100), after('b', ['a'], 10)];
  const edited = [job('a', 100), after('bb', ['a'], 10)];
  const git = { bundle: 'git' } as const;

  test('a run from git -> goes on by its own version, read at the next fetch', () => {
    const rig = new Rig(lane('3.3.2', first, edited, git));
    expect(rig.times('dagChanged')).toEqual([300]);
    expect(rig.states('b').at(-1)).toBe('success');
    expect(rig.rowsOf('bb')).toEqual([]);
  });

  test('disable_bundle_versioning -> goes on by the newest', () => {
    const long = [job('a', 400), after('b', ['a'], 10)];
    const longer = [job('a', 400), after('bb', ['a'], 10)];
    const option = { config: { 'dag_processor.disable_bundle_versioning': true } };
    const rig = new Rig(lane('3.3.2', long, longer, { ...git, ...option }));
    expect(rig.states('b')).toEqual(['removed']);
  });

  const clear = (more: object): UserAction => ({
    at_s: 400,
    action: 'clear',
    dag_id: 'd',
    run_id: 'set by the test',
    task_ids: ['a'],
    ...more,
  });

  test.each([
    ['left out', {}, {}, false],
    ['said', { run_on_latest_version: true }, {}, true],
    ['the DAG says it', {}, { rerun_with_latest_version: true }, true],
    [
      'the clear says no',
      { run_on_latest_version: false },
      { rerun_with_latest_version: true },
      false,
    ],
  ] as const)('cleared, run_on_latest_version %s', (_, said, dag, latest) => {
    const made = lane('3.3.2', first, edited, git, dag);
    const { texts, dagRuns } = new Rig(made, 10).engine.ctx.world;
    const name = texts.get(dagRuns.run_id[0]!);
    const action = { ...clear(said), run_id: name } as UserAction;
    const rig = new Rig({ ...made, actions: [...made.actions, action] });
    expect(rig.rowsOf('bb').length).toBe(latest ? 1 : 0);
    expect(rig.states('b').at(-1)).toBe(latest ? 'removed' : 'success');
  });
});

test('contents that nobody has given -> the field is named', () => {
  const wrong = validateScenario(lane('3.3.2', [job('a', 1)], [job('a', 1)], { versions: {} }));
  expect(wrong.ok ? [] : wrong.error).toMatchObject([
    { code: 'version_unknown', where: { field: 'faults[0].args.to' } },
  ]);
  const other = { versions: { first: [], x: [dagSpec('other', [taskSpec('a')])] }, faults: [] };
  const named = validateScenario(lane('3.3.2', [job('a', 1)], [], other));
  expect(named.ok ? [] : named.error.map(({ code }) => code)).toEqual([
    'version_name_taken',
    'version_dag_unknown',
  ]);
});
