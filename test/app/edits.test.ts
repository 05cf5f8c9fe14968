import { expect, test } from 'vitest';
import type { PythonRemote } from '../../src/host/remotes/python.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { computed, get, openStage, python, ready } from './ports.ts';

test('fault: at the clock -> the lane that has the part runs on with it, its past stays; undone -> as before', async () => {
  const stage = await ready(openStage());
  stage.app.commands.pause();
  stage.app.commands.seek(4_000_000);
  await stage.until(computed(stage));
  const ends = () => get(stage).lanes.map((lane) => lane.info?.makespan);
  const faults = () => get(stage).lanes[2]?.edits.filter((edit) => edit.kind === 'fault') ?? [];
  const before = ends();
  stage.app.commands.addFault({ at_s: 4, what: 'kill', part: 'worker-1' });
  await stage.until(() => computed(stage)() && faults().length === 1);
  expect(get(stage).lanes.map((lane) => lane.info?.faults.length)).toEqual([0, 0, 1, 0]);
  expect(faults()[0]).toMatchObject({ t: 4_000_000, outcome: 'done' });
  expect(get(stage).playback.t).toBe(4_000_000);
  stage.app.commands.undo();
  await stage.until(() => computed(stage)() && faults().length === 0);
  expect(ends()).toEqual(before);
});

test('actions: mark and an unknown run -> done, refused with its reason, and kept over a reload', async () => {
  const stage = await ready(openStage());
  const run = get(stage).lanes[2]?.info?.runs?.[0];
  const of = { dag_id: run?.dag_id ?? '', run_id: run?.run_id ?? '' };
  stage.app.commands.addAction({ at_s: 2, action: 'mark_run', ...of, state: 'failed' });
  stage.app.commands.addAction({ at_s: 3, action: 'delete_run', ...of, run_id: 'nobody' });
  await stage.until(() => computed(stage)() && (get(stage).lanes[2]?.edits.length ?? 0) > 1);
  const told = get(stage).lanes[2]?.edits.filter((edit) => edit.t > 0);
  expect(told).toMatchObject([
    { kind: 'action', outcome: 'done' },
    { kind: 'action', outcome: 'refused', refusal: 'run_unknown' },
  ]);
  await stage.until(() => stage.stored.has('settings'));
  const again = openStage({ stored: stage.stored });
  await again.until(() => get(again).settings.actions.length === 2);
});

test('link: copied and opened elsewhere -> the same settings, faults and moment; files are read again', async () => {
  const stage = await ready(openStage({ python }));
  stage.app.commands.openFiles([{ name: 'a.py', source: 'x' }]);
  await stage.until(() => get(stage).workspace.dags.length === 1);
  stage.app.commands.runFiles();
  await stage.until(() => get(stage).source === 'files' && computed(stage)());
  stage.app.commands.setOption('local_parallelism', 3);
  stage.app.commands.addFault({ at_s: 1, what: 'kill', part: 'worker-2' });
  await stage.until(computed(stage));
  stage.app.commands.seek(2_000_000);
  expect(await stage.app.commands.copyLink()).toBe(true);
  const address = stage.copied[0] ?? '';
  expect(address).toMatch(/^https:\/\/windtunnel\.example\/#\/s\/[\w-]+$/);
  const other = openStage({ python, address });
  await other.until(() => get(other).source === 'files' && computed(other)());
  await other.until(() => get(other).playback.t >= 2_000_000);
  expect(get(other).lanes[1]?.info?.slots).toBe(3);
  expect(get(other).settings.faults).toMatchObject([{ what: 'kill', part: 'worker-2' }]);
});

test('link: cut off, too long, or text that unpacks to much -> a notice, and the page as ever', async () => {
  const bomb = await packed(JSON.stringify({ settings: 'x'.repeat(3_000_000) }));
  const cut = (await packed(JSON.stringify({ settings: { source: 'demo' } }))).slice(0, -6);
  for (const data of [cut, bomb, 'A'.repeat(40_000), '!!', 'AAAA']) {
    const stage = await ready(openStage({ address: `https://windtunnel.example/#/s/${data}` }));
    await stage.until(() => get(stage).notices.some((one) => one.code === 'link_broken'));
    expect(get(stage).source).toBe('demo');
  }
});

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}

test('clock: a setting is changed while it runs -> it goes on from where it was', async () => {
  const stage = await ready(openStage());
  stage.app.commands.setSpeed(1);
  stage.app.commands.seek(1_000_000);
  stage.app.commands.play();
  await stage.pass(2_000);
  stage.app.commands.setOption('local_parallelism', 4);
  await stage.until(computed(stage));
  expect(stage.app.playhead.now()).toBeGreaterThanOrEqual(3_000_000);
});

test('ready scenario: opened -> its lanes with their names and faults, mine beside them', async () => {
  const dags = ['chain_as_written', 'chain_weighted', 'chain_faster'].map((id) =>
    dagSpec(id, [taskSpec('a')]),
  );
  const reader: PythonRemote = {
    ...python,
    import: async () => ({ dags: dags.map((spec) => ({ spec, file: 'x.py' })), problems: [] }),
  };
  const stage = await ready(openStage({ python: reader }));
  stage.app.commands.listScenarios();
  const { poll } = expect;
  await poll(() => get(stage).gallery.entries.length, { timeout: 10_000 }).toBeGreaterThan(5);
  stage.app.commands.openScenario('10-what-is-worth-optimising');
  await poll(() => get(stage).source, { timeout: 10_000 }).toMatch(/^scenario:10/);
  await stage.until(computed(stage));
  stage.app.commands.addFault({ at_s: 1, what: 'kill', part: 'worker-1' });
  await stage.until(() => computed(stage)() && get(stage).lanes[0]?.info?.faults.length === 1);
  const { lanes } = get(stage);
  expect(lanes.map((lane) => lane.label)).toEqual([
    'as-written',
    'priority-weight',
    'twice-as-fast',
  ]);
  expect(lanes.map((lane) => lane.info?.slots)).toEqual([6, 6, 6]);
});

test('ready scenario: the page is opened again -> it plays, with what was done to it', async () => {
  const dags = ['chain_as_written', 'chain_weighted', 'chain_faster'].map((id) =>
    dagSpec(id, [taskSpec('a')]),
  );
  const reader: PythonRemote = {
    ...python,
    import: async () => ({ dags: dags.map((spec) => ({ spec, file: 'x.py' })), problems: [] }),
  };
  const faults = [{ at_s: 1, what: 'kill', part: 'worker-1' }];
  const settings = { source: 'scenario:10-what-is-worth-optimising', seed: 7, lanes: [], faults };
  const stage = openStage({ python: reader, stored: new Map([['settings', settings]]) });
  await expect.poll(() => get(stage).source, { timeout: 10_000 }).toMatch(/^scenario:10/);
  await stage.until(computed(stage));
  expect(get(stage).settings.faults).toEqual(faults);
  expect(get(stage).lanes.map((lane) => lane.label)).toContain('priority-weight');
});

test('metrics: looked at -> every lane has its numbers, a price its cost, and a file can be saved', async () => {
  const stage = await ready(openStage());
  stage.app.commands.watchMetrics(true);
  await stage.until(() => get(stage).metrics?.length === 4);
  const cost = () => {
    const rows = get(stage).metrics?.[2]?.rows ?? [];
    return rows.find((row) => row.metric === 'cost' && row.of === '')?.value ?? 0;
  };
  expect(cost()).toBe(0);
  stage.app.commands.setPrice('worker', 3600);
  await stage.until(() => cost() > 0);
  const span = get(stage).metrics?.[2]?.rows.find((row) => row.metric === 'span')?.value ?? 0;
  // Two workers at 3,600 an hour: two a second.
  expect(cost()).toBeCloseTo(2 * span, 6);
  stage.app.commands.saveMetrics('csv');
  await stage.until(() => stage.copied.length === 1);
  expect(stage.copied[0]).toMatch(/^windtunnel-metrics\.csv\nlane,metric,of,value,unit\r\n/);
});
