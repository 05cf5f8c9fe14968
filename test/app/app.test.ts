import { expect, test } from 'vitest';
import { problem } from '../../src/base/result.ts';
import type { PythonRemote } from '../../src/host/remotes/python.ts';
import { computed, get, openStage, python, ready } from './ports.ts';

test('page opened: nothing chosen -> the demonstration plays in four lanes', async () => {
  const stage = await ready(openStage());
  const { lanes, playback, sources, engine } = get(stage);
  expect(engine.phase).toBe('ready');
  expect(lanes.map((lane) => `${lane.executor} ${lane.airflow}`)).toEqual([
    'sequential 2.11.2',
    'local 3.3.2',
    'celery 3.3.2',
    'kubernetes 3.3.2',
  ]);
  expect(lanes.map((lane) => lane.info?.total)).toEqual([2, 2, 2, 2]);
  expect(playback.playing).toBe(true);
  expect(sources).toEqual([{ id: 'demo', kind: 'demo', dags: ['demo_dag'], title: null }]);
  expect(stage.clocks.at(-1)?.rate).toBeGreaterThan(0);
});

test('reduced motion: page opened -> the clock stands until it is started', async () => {
  const stage = await ready(openStage({ reducedMotion: true }));
  expect(get(stage).playback.playing).toBe(false);
  stage.app.commands.play();
  expect(get(stage).playback.playing).toBe(true);
});

test('playing: real time passes -> numbers follow, and the clock stops at the end', async () => {
  const stage = await ready(openStage());
  const { end } = get(stage).playback;
  await stage.pass(500_000);
  await stage.until(() => !get(stage).playback.playing);
  expect(stage.app.playhead.now()).toBe(end);
  await stage.until(() => get(stage).lanes.every((lane) => lane.snapshot?.finished === 2));
  expect(get(stage).verdict?.code).toBe('all_done');
  stage.app.commands.play();
  expect(stage.app.playhead.now()).toBe(0);
});

test('scrubbing: back and forth -> the clock is there, and its epoch has risen', async () => {
  const stage = await ready(openStage());
  stage.app.commands.pause();
  const before = stage.clocks.at(-1)?.epoch ?? 0;
  stage.app.commands.seek(2_000_000);
  expect(stage.app.playhead.now()).toBe(2_000_000);
  expect(stage.clocks.at(-1)?.epoch).toBeGreaterThan(before);
  await stage.until(() => get(stage).playback.t === 2_000_000);
  stage.app.commands.seek(1e15);
  expect(stage.app.playhead.now()).toBe(get(stage).playback.end);
});

test('steps: next and previous event -> the clock jumps there and stands', async () => {
  const stage = await ready(openStage());
  stage.app.commands.seek(0);
  stage.app.commands.stepEvent(1, 'all');
  await stage.until(() => stage.app.playhead.now() > 0);
  const first = stage.app.playhead.now();
  stage.app.commands.stepEvent(1, 'all');
  await stage.until(() => stage.app.playhead.now() > first);
  stage.app.commands.stepEvent(-1, 'all');
  await stage.until(() => stage.app.playhead.now() === first);
  expect(get(stage).playback.playing).toBe(false);
});

test('a setting: changed, undone, done again -> the lanes run again at once each time', async () => {
  const stage = await ready(openStage());
  const slots = (): number | undefined => get(stage).lanes[1]?.info?.slots;
  expect(slots()).toBe(8);
  stage.app.commands.setOption('local_parallelism', 3);
  await stage.until(() => computed(stage)() && slots() === 3);
  expect(get(stage).settings.fields.find((one) => one.id === 'local_parallelism')).toMatchObject({
    value: 3,
    changed: true,
    default: 32,
  });
  expect(get(stage).can).toMatchObject({ undo: true, redo: false });
  stage.app.commands.undo();
  await stage.until(() => computed(stage)() && slots() === 8);
  stage.app.commands.redo();
  await stage.until(() => computed(stage)() && slots() === 3);
});

test('lanes: version and number changed -> as chosen; what a version lacks is said', async () => {
  const stage = await ready(openStage());
  stage.app.commands.setVersion('lane1', '3.3.2');
  await stage.until(() => get(stage).lanes[0]?.problem !== null);
  expect(get(stage).lanes[0]?.problem?.code).toBe('executor_gone');
  stage.app.commands.setLanes([{ executor: 'local', airflow: '2.11.2' }]);
  await stage.until(() => get(stage).lanes.length === 1 && computed(stage)());
  expect(get(stage).lanes[0]).toMatchObject({ executor: 'local', airflow: '2.11.2' });
});

test('why and table: asked for -> answered for the moment of the clock', async () => {
  const stage = await ready(openStage());
  stage.app.commands.pause();
  stage.app.commands.seek(1_500_000);
  stage.app.commands.select({ lane: 'lane3', ti: 1 });
  await stage.until(() => get(stage).why?.ti === 1);
  expect(get(stage).why?.headline?.code).toBe('upstream_wait');
  stage.app.commands.openTable('lane3');
  await stage.until(() => get(stage).table?.rows.length === 2);
  stage.app.commands.openTable(null);
  stage.app.commands.select(null);
  await stage.until(() => get(stage).table === null && get(stage).why === null);
});

test('engine: its worker dies -> another one starts, and the lanes are there again', async () => {
  const stage = await ready(openStage());
  stage.crash();
  await stage.pass(10);
  await ready(stage);
  expect(get(stage).engine.phase).toBe('ready');
  for (let i = 0; i < 5; i++) {
    stage.crash();
    await stage.pass(10);
  }
  expect(get(stage).engine.phase).toBe('failed');
  stage.app.commands.retry();
  await ready(stage);
  await stage.until(() => get(stage).engine.phase === 'ready');
});

test('files: opened and run -> imported once and played in every lane', async () => {
  const stage = await ready(openStage({ python }));
  stage.app.commands.openFiles([{ name: 'a.py', source: 'x' }]);
  await stage.until(() => get(stage).workspace.dags.length === 1);
  expect(get(stage).source).toBe('demo');
  stage.app.commands.runFiles();
  await stage.until(() => get(stage).source === 'files' && computed(stage)());
  expect(get(stage).lanes.map((lane) => lane.info?.labels[0]?.task_id)).toEqual(
    Array.from({ length: 4 }, () => 'only'),
  );
});

test('files: broken text -> problems with their place, what played goes on', async () => {
  const stage = await ready(openStage({ python }));
  stage.app.commands.openFiles([{ name: 'a.py', source: 'x' }]);
  await stage.until(() => get(stage).workspace.dags.length === 1);
  stage.app.commands.editFile('a.py', '((');
  stage.app.commands.runFiles();
  await stage.until(() => get(stage).workspace.problems.length === 1);
  const { workspace, lanes } = get(stage);
  expect(workspace.problems[0]).toMatchObject({ code: 'dag_syntax_error', where: { line: 1 } });
  expect(workspace).toMatchObject({ stale: true, importing: { phase: 'idle' } });
  expect(workspace.dags).toHaveLength(1);
  expect(lanes).toHaveLength(4);
});

test('files: an endless loop -> its limit is waited for once, not once in each version', async () => {
  const asked: string[] = [];
  const slow: PythonRemote = {
    ...python,
    import: async (_, airflow) => {
      asked.push(airflow);
      return { dags: [], problems: [problem('dag_import_timeout', { limit_s: 30 })] };
    },
  };
  const stage = await ready(openStage({ python: slow }));
  stage.app.commands.openFiles([{ name: 'a.py', source: 'while True: pass' }]);
  await stage.until(() => get(stage).workspace.problems.length === 1);
  expect(asked).toEqual(['3.3.2']);
});

test('speed: chosen by a person -> a short run does not set it anew', async () => {
  const stage = await ready(openStage());
  stage.app.commands.setSpeed(24);
  stage.app.commands.setSource('demo');
  stage.app.commands.setSeed(3);
  await stage.until(computed(stage));
  expect(get(stage).playback.speed).toBe(24);
});

test('files: one of 50 MB -> refused with its size, Python is not asked', async () => {
  const stage = await ready(openStage());
  stage.app.commands.openFiles([{ name: 'big.py', source: 'x'.repeat(50_000_000) }]);
  expect(get(stage).workspace.problems[0]).toMatchObject({
    code: 'dag_file_too_large',
    where: { file: 'big.py' },
  });
  expect(get(stage).workspace.files).toEqual([]);
});

test('reload: files, settings, preferences -> as they were left', async () => {
  const stage = await ready(openStage({ python }));
  stage.app.commands.openFiles([{ name: 'a.py', source: 'x' }]);
  stage.app.commands.setOption('local_parallelism', 5);
  stage.app.commands.setPreference({ theme: 'dark' });
  await stage.until(() => stage.stored.size >= 3);
  const again = openStage({ stored: stage.stored });
  await again.until(() => get(again).workspace.files.length === 1);
  await again.until(() => computed(again)() && get(again).lanes[1]?.info?.slots === 5);
  expect(get(again).prefs.theme).toBe('dark');
});

test('reload: rubbish in the database -> defaults, no throw', async () => {
  const stored = new Map<string, unknown>([
    ['settings', { source: 'demo', lanes: 'x', workers: [null], seed: -1, options: { a: {} } }],
    ['files', [{ name: 3 }, 'x']],
    ['prefs', 7],
  ]);
  const stage = await ready(openStage({ stored }));
  expect(get(stage).lanes).toHaveLength(4);
  expect(get(stage).workspace.files).toEqual([]);
  expect(get(stage).seed).toBe(7);
});

test('no storage: page opened -> a notice, and everything plays', async () => {
  const storage = () => Promise.reject(new Error('private window'));
  const stage = await ready(openStage({ storage }));
  expect(get(stage).notices.map((one) => one.code)).toContain('storage_missing');
  stage.app.commands.dismissNotice('storage_missing');
  expect(get(stage).notices).toEqual([]);
});
