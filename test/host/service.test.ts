import { expect, test } from 'vitest';
import { demo } from '../../src/host/remotes/demo.ts';
import type { DrawerFeed, RunReport } from '../../src/host/protocol.ts';
import type { KeptLaneRun } from '../../src/host/simulation/laneRun.ts';
import type { RunKeeper } from '../../src/host/simulation/service.ts';
import { laneScenarios, standardBase } from '../../src/interchange/standardScenario.ts';
import type { LaneScenario } from '../../src/interchange/standardScenario.ts';
import { Log } from '../../src/kernel/index.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { simulationService } from './services.ts';

/** Nothing selected, no panel open. */
const LOOK = { run: 1, selection: null, table: null, workers: null, machines: null } as const;

const diamond = dagSpec('diamond', [
  taskSpec('a'),
  taskSpec('b', ['a']),
  taskSpec('c', ['a']),
  taskSpec('d', ['b', 'c']),
]);

function lanesOf(dags = [diamond]): LaneScenario[] {
  return laneScenarios({
    base: standardBase(dags, 1),
    lanes: [
      { id: 'lane1', executor: 'sequential', airflow: '2.11.2', patch: {} },
      { id: 'lane2', executor: 'celery', airflow: '3.3.2', patch: {} },
    ],
  });
}

function makeService(keeper?: RunKeeper) {
  const fed: DrawerFeed[] = [];
  const service = simulationService(keeper);
  service.connect({ postMessage: (message: DrawerFeed) => void fed.push(message) });
  const run = (id: number, lanes: LaneScenario[]): Promise<RunReport> =>
    new Promise((resolve) =>
      service.start(id, lanes, (report) => {
        if (report.done) resolve(report);
      }),
    );
  return { service, fed, run };
}

test('lanes: computed in turn -> ends, series and hashes, and the drawer has the whole log', async () => {
  const { fed, run } = makeService();
  const report = await run(1, lanesOf());
  expect(report.lanes.map((lane) => lane.problem)).toEqual([null, null]);
  for (const lane of report.lanes) {
    expect(lane.info?.makespan).toBeGreaterThan(9_000_000);
    expect(lane.series?.t.length).toBe(240);
    expect(lane.hash).toMatch(/^[0-9a-f]{16}$/);
  }
  const chunks = fed.flatMap((one) => (one.kind === 'chunk' && one.lane === 'lane2' ? one : []));
  const log = Log.fromChunks(chunks.map((one) => one.chunk));
  expect(log.endTime).toBe(report.lanes[1]?.horizon);
});

test('lanes: the same scenario twice -> the same hash', async () => {
  const hashes = async (): Promise<(string | null)[]> =>
    (await makeService().run(1, lanesOf())).lanes.map((lane) => lane.hash);
  expect(await hashes()).toEqual(await hashes());
});

test('a moment: looked at -> numbers, verdict, rows and gates of that moment', async () => {
  const { service, run } = makeService();
  await run(1, lanesOf());
  const selection = { lane: 'lane2', ti: 3 };
  const seen = service.look({
    run: 1,
    t: 4_000_000,
    selection,
    table: 'lane2',
    workers: null,
    machines: null,
  });
  expect(seen.lanes.map((lane) => lane.snapshot?.total)).toEqual([4, 4]);
  expect(seen.table?.rows.map((row) => row.task_id)).toEqual(['a', 'b', 'c', 'd']);
  expect(seen.why).toMatchObject({ question: 'waiting', state: 'none' });
  expect(seen.why?.headline).toMatchObject({ code: 'upstream_wait' });
  expect(seen.why?.headline?.params['waiting']).toContain('b');
  const end = service.look({ ...LOOK, t: 1e12 });
  expect(end.verdict?.code).toBe('all_done');
  expect(end.lanes.map((lane) => lane.snapshot?.finished)).toEqual([4, 4]);
});

test('a moment: looked at out of order -> the same answers as in order', async () => {
  const { service, run } = makeService();
  await run(1, lanesOf());
  const ask = (t: number): string =>
    JSON.stringify(
      service.look({
        run: 1,
        t,
        selection: { lane: 'lane1', ti: 2 },
        table: 'lane1',
        workers: null,
        machines: null,
      }),
    );
  const times = [0, 1, 3, 5, 8, 12].map((s) => s * 1_000_000);
  const forwards = times.map(ask);
  expect(times.toReversed().map(ask).toReversed()).toEqual(forwards);
});

test('steps: forwards and back -> every event of a task instance, and an end', async () => {
  const { service, run } = makeService();
  await run(1, lanesOf());
  const step = (t: number, way: 1 | -1): number | null =>
    service.step({ t, way, of: 'selection', lane: 'lane2', ti: 0 });
  const times: number[] = [];
  for (let t = step(-1, 1); t !== null; t = step(t, 1)) times.push(t);
  expect(times.length).toBeGreaterThan(4);
  expect(step(times.at(-1) ?? 0, -1)).toBe(times.at(-2));
});

test('a lane that cannot run -> a problem that says so, and the others run', async () => {
  const lanes = lanesOf();
  const [first, second] = lanes;
  if (!first || !second) throw new Error('two lanes are needed');
  const gone: LaneScenario = {
    lane: { ...first.lane, airflow: '3.3.2' },
    scenario: { ...first.scenario, airflow: '3.3.2' },
  };
  const report = await makeService().run(1, [gone, second]);
  expect(report.lanes[0]?.problem?.code).toBe('executor_gone');
  expect(report.lanes[1]?.info?.makespan).toBeGreaterThan(0);
});

test('a kept run: page reloaded -> shown without computing, and equal in every answer', async () => {
  let kept: ReadonlyMap<string, KeptLaneRun> | null = null;
  const keeper: RunKeeper = {
    read: async () => kept,
    write: async (_, lanes) => {
      kept = structuredClone(lanes);
    },
  };
  const first = makeService(keeper);
  const before = await first.run(1, lanesOf());
  await new Promise((resolve) => setImmediate(resolve));
  expect(kept).not.toBeNull();
  const second = makeService(keeper);
  const after = await second.run(1, lanesOf());
  expect(after.lanes.map((lane) => lane.hash)).toEqual(before.lanes.map((lane) => lane.hash));
  const query = {
    run: 1,
    t: 5e6,
    selection: { lane: 'lane1', ti: 3 },
    table: 'lane2',
    workers: null,
    machines: null,
  };
  expect(second.service.look(query)).toEqual(first.service.look(query));
  expect(second.service.facts(1)).toEqual(first.service.facts(1));
});

test('demonstration: under four executors -> every task instance ends, as the picture tells it', async () => {
  const { dags, behaviour } = demo();
  const base = { ...standardBase(dags, 7), behaviour };
  const lanes = laneScenarios({
    base,
    lanes: [
      { id: 'lane1', executor: 'sequential', airflow: '2.11.2', patch: {} },
      { id: 'lane2', executor: 'local', airflow: '3.3.2', patch: {} },
      { id: 'lane3', executor: 'celery', airflow: '3.3.2', patch: {} },
      { id: 'lane4', executor: 'kubernetes', airflow: '3.3.2', patch: {} },
    ],
  });
  const { service, run } = makeService();
  const report = await run(1, lanes);
  expect(report.lanes.map((lane) => lane.problem)).toEqual([null, null, null, null]);
  expect(report.lanes.map((lane) => lane.info?.total)).toEqual([364, 364, 364, 364]);
  const seen = service.look({ ...LOOK, t: 1e12 });
  for (const { snapshot } of seen.lanes) expect(snapshot?.finished).toBe(364);
});

test('mapped task: before its expansion -> one row without an index, then one row per index', async () => {
  const { dags, behaviour } = demo();
  const { service, run } = makeService();
  const [celery] = laneScenarios({
    base: { ...standardBase(dags, 7), behaviour },
    lanes: [{ id: 'lane1', executor: 'celery', airflow: '3.3.2', patch: {} }],
  });
  const report = await run(1, celery ? [celery] : []);
  const end = report.lanes[0]?.info?.end ?? 0;
  const indexesAt = (t: number) =>
    service
      .look({ ...LOOK, t, table: 'lane1' })
      .table?.rows.filter((row) => row.task_id === 'per_store.read_orders')
      .map((row) => row.map_index);
  expect(indexesAt(500_000)).toEqual([-1]);
  expect(indexesAt(end)?.slice(0, 3)).toEqual([0, 1, 2]);
});

test('task for another executor: in the report -> told, and the lane runs all the same', async () => {
  const { run } = makeService();
  const dag = dagSpec('picky', [{ ...taskSpec('a'), executor: 'KubernetesExecutor' }]);
  const report = await run(1, lanesOf([dag]));
  expect(report.lanes[0]?.notices[0]?.code).toBe('task_executor_unknown');
  expect(report.lanes[0]?.problem).toBeNull();
});

test('deleted run: from that moment on -> neither in the table nor among the runs', async () => {
  const { service, run } = makeService();
  const [lane] = lanesOf();
  if (!lane) throw new Error('no lane');
  const first = await run(1, [lane]);
  const { info } = first.lanes[0] ?? { info: null };
  const at = (info?.end ?? 0) + 60_000_000;
  const made = info?.runs?.[0] ?? { dag_id: '', run_id: '' };
  const action = { at_s: at / 1_000_000, action: 'delete_run', ...made } as const;
  const actions = [...lane.scenario.actions, action];
  const report = await run(2, [{ ...lane, scenario: { ...lane.scenario, actions } }]);
  expect(report.lanes[0]?.edits.at(-1)).toMatchObject({ kind: 'action', outcome: 'done' });
  const look = (t: number) => service.look({ ...LOOK, run: 2, t, table: 'lane1' });
  expect(look(at - 1_000_000).table?.rows).toHaveLength(4);
  expect(look(at + 1_000_000).table?.rows).toEqual([]);
  expect(look(at + 1_000_000).lanes[0]?.snapshot?.dagRuns).toEqual([]);
});
