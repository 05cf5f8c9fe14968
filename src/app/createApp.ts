/** Puts the application together from what it is given. */
import {
  editCommands,
  fileCommands,
  lessonCommands,
  pageCommands,
  settingCommands,
  timeCommands,
} from './commands.ts';
import { GalleryControl } from './galleryControl.ts';
import { LessonControl } from './lessonControl.ts';
import type { App } from './context.ts';
import type { AppModel } from './model.ts';
import { MetricsControl } from './metricsControl.ts';
import { notify } from './notices.ts';
import { Observer } from './observer.ts';
import { Persistence } from './persistence.ts';
import { PlaybackControl } from './playback.ts';
import type { Parts } from './parts.ts';
import type { AppPorts } from './ports.ts';
import { Session } from './session.ts';
import { openLink } from './sharing.ts';
import { defaultSettings } from './settings.ts';
import { settingsView } from './settingsView.ts';
import { makeStore } from './store.ts';
import { EMPTY_WORKSPACE, WorkspaceControl } from './workspaceControl.ts';

export function createApp(ports: AppPorts): App {
  const parts = makeParts(ports);
  const { store, playback } = parts;
  if (ports.picture.onPage) notify(store, { level: 'info', code: 'scene_fallback' });
  void begin(parts);
  return {
    store,
    playhead: playback,
    scene: ports.picture.scene,
    commands: {
      ...timeCommands(parts),
      ...settingCommands(parts),
      ...editCommands(parts),
      ...fileCommands(parts),
      ...pageCommands(parts),
      ...lessonCommands(parts),
    },
  };
}

function makeParts(ports: AppPorts): Parts {
  const store = makeStore(firstModel(ports), ports.time);
  const playback = new PlaybackControl({
    now: ports.time.now,
    changed: (clock) => ports.picture.clock(clock),
  });
  const session = new Session(ports, store, playback);
  const observer = new Observer(ports, store, playback, session);
  const workspace = new WorkspaceControl(ports, store, session);
  const persistence = new Persistence(ports, store);
  const lessons = new LessonControl(store, session, persistence);
  const gallery = new GalleryControl(ports, store, session, workspace);
  const metrics = new MetricsControl(ports, store, session);
  session.onDone = () => void metrics.ask();
  const parts = {
    metrics,
    gallery,
    ports,
    store,
    playback,
    session,
    observer,
    workspace,
    persistence,
    lessons,
  };
  session.onSettings = (settings) => persistence.keep('settings', settings);
  observer.onSeen = (t) => lessons.see(t);
  workspace.changed = (files) => persistence.keep('files', files);
  workspace.imported = (dags) => persistence.keep('imported', dags);
  return parts;
}

/** The demonstration moves first; what was kept comes after it. */
async function begin(parts: Parts): Promise<void> {
  const { ports, session, workspace, persistence, lessons, gallery } = parts;
  const demo = ports.demo().then((one) => session.addSource({ id: 'demo', kind: 'demo', ...one }));
  const [kept] = await Promise.all([persistence.load(session, workspace), demo]);
  const linked = await openLink(parts);
  // A kept scenario is read by Python: the demonstration plays until it is there.
  if (kept && !linked) void gallery.adopt(kept);
  await lessons.load();
}

function firstModel(ports: AppPorts): AppModel {
  const settings = defaultSettings('demo');
  return {
    engine: { phase: 'starting', problem: null },
    sources: [],
    source: 'demo',
    seed: settings.seed,
    lanes: settings.lanes.map((lane, at) => ({
      id: `lane${at + 1}`,
      ...lane,
      info: null,
      snapshot: null,
      series: null,
      computing: true,
      problem: null,
      notices: [],
      edits: [],
      label: null,
      own: { faults: 0, actions: 0 },
    })),
    playback: { t: 0, playing: false, speed: 24, end: 0 },
    selection: null,
    why: null,
    taskLog: null,
    verdict: null,
    table: null,
    workers: null,
    machines: null,
    machineKinds: null,
    metrics: null,
    settings: settingsView(settings, null, null),
    workspace: EMPTY_WORKSPACE,
    gallery: { entries: [], opening: null },
    lessons: [],
    lesson: null,
    notices: [],
    prefs: { locale: ports.browser.locale, theme: 'system', shortcuts: true },
    can: { undo: false, redo: false, copyLink: true, machines: true, lessons: false },
  };
}
