/** The inside of a lane: machines from its log, metadata tables from its engine, at any moment. */
import { expect, test } from 'vitest';
import type { Look, Seen } from '../../src/host/protocol.ts';
import type { SimulationService } from '../../src/host/simulation/service.ts';
import { laneScenarios, standardBase } from '../../src/interchange/standardScenario.ts';
import { TI_STATES } from '../../src/views/states.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { simulationService } from './services.ts';

const chain = dagSpec('chain', [taskSpec('a'), taskSpec('b', ['a']), taskSpec('c', ['b'])]);
const none: Omit<Look, 't'> = {
  run: 1,
  selection: null,
  table: null,
  workers: null,
  machines: 'lane1',
};

async function computed(): Promise<SimulationService> {
  const service = simulationService();
  const lanes = laneScenarios({
    base: standardBase([chain], 1),
    lanes: [{ id: 'lane1', executor: 'celery', airflow: '3.3.2', patch: {} }],
  });
  await new Promise<void>((resolve) =>
    service.start(1, lanes, ({ done }) => {
      if (done) resolve();
    }),
  );
  return service;
}

function inside(seen: Seen, id: string) {
  return seen.machines?.machines.find((one) => one.id === id);
}

test('machines: forward, back and at the end -> as many in each state as the picture counts', async () => {
  const service = await computed();
  for (const t of [2e6, 7e6, 4e6, 1e12, 0]) {
    const seen = service.look({ ...none, t });
    const machine = inside(seen, 'task_instance');
    const counts = seen.lanes[0]?.snapshot?.counts ?? [];
    TI_STATES.forEach((state, i) => {
      expect(machine?.states[state] ?? 0, `${state} at ${t}`).toBe(counts[i]);
    });
  }
});

test('machines: a task instance selected -> its state in each machine that it has', async () => {
  const service = await computed();
  const selection = { lane: 'lane1', ti: 0 };
  const seen = service.look({ ...none, selection, t: 1e12 });
  expect(seen.machines?.selected).toMatchObject({
    task_instance: 'success',
    dag_run: 'success',
    celery_key: 'absent',
  });
  expect(inside(seen, 'dag_run')?.last).toMatchObject({ from: 'running', to: 'success' });
});

test('log of a try: while it runs and after its end -> where it is and why it can be read', async () => {
  const service = await computed();
  const { why } = service.look({ ...none, selection: { lane: 'lane1', ti: 0 }, t: 1e12 });
  const began = why?.life.find(({ state }) => state === 'running')?.from ?? 0;
  const query = { run: 1, lane: 'lane1', ti: 0, tryNumber: 1 };
  expect(service.taskLog({ ...query, t: began + 1e6 })?.why).toBe('growing');
  expect(service.taskLog({ ...query, t: 1e12 })).toMatchObject({
    readable: true,
    why: 'whole',
    places: [{ kind: 'file', state: 'whole' }],
  });
  expect(service.taskLog({ ...query, tryNumber: 0, t: 1e12 })).toBeNull();
  expect(service.taskLog({ ...query, run: 2, t: 1e12 })).toBeNull();
});

test('tables: at a moment -> rows as they stood then, in the columns of Airflow', async () => {
  const service = await computed();
  const early = service.look({ ...none, t: 3e6 });
  const end = service.look({ ...none, t: 1e12 });
  const runs = (seen: Seen) => seen.machines?.tables.find(({ name }) => name === 'dag_run');
  expect(runs(early)?.rows[0]?.slice(0, 4)).toEqual([
    'chain',
    expect.stringMatching(/^manual__/),
    'manual',
    'running',
  ]);
  expect(runs(end)?.rows[0]?.[3]).toBe('success');
  expect(runs(end)?.columns.map(({ name }) => name)).toContain('logical_date');
  expect(early.machines?.tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['dag', 'job', 'slot_pool']),
  );
});
