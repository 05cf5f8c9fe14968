/** What the pages may ask for, each carried out by the part that it belongs to. */
import type { Commands } from './context.ts';
import type { Preferences } from './model.ts';
import { dismiss } from './notices.ts';
import type { Parts } from './parts.ts';
import { copyLink } from './sharing.ts';
import { defaultSettings, MAX_LANES } from './settings.ts';

type Time = 'play' | 'pause' | 'seek' | 'stepEvent' | 'setSpeed';

export function timeCommands(parts: Parts): Pick<Commands, Time> {
  const { playback, observer, session, store, lessons } = parts;
  const then = (action: () => void) => {
    action();
    observer.now();
  };
  return {
    play() {
      // In a lesson the clock starts with a run, and a run needs guesses.
      if (lessons.waitsForGuesses) void lessons.act({ do: 'run' });
      else then(() => playback.play());
    },
    pause: () => then(() => playback.pause()),
    seek: (t) => then(() => playback.seek(t)),
    setSpeed(speed) {
      session.speedChosen = true;
      then(() => playback.setSpeed(speed));
    },
    stepEvent(way, of) {
      playback.pause();
      const { selection } = store.get();
      const kind = of === 'selection' && !selection ? 'all' : of;
      const lane = selection?.lane ?? null;
      const query = { t: playback.now(), way, of: kind, lane, ti: selection?.ti ?? null };
      void session.simulation.step(query).then((t) => {
        if (t !== null) playback.seek(t);
        observer.now();
      });
    },
  };
}

type Setting =
  | 'setSource'
  | 'listScenarios'
  | 'openScenario'
  | 'setSeed'
  | 'setLanes'
  | 'setVersion'
  | 'setOption'
  | 'setWorkers'
  | 'setPool'
  | 'setDuration'
  | 'setLatency'
  | 'setArrivals'
  | 'setMachines'
  | 'resetSettings'
  | 'undo'
  | 'redo';

export function settingCommands({ session, observer, gallery }: Parts): Pick<Commands, Setting> {
  const now = () => session.settings;
  return {
    listScenarios: () => void gallery.list(),
    openScenario(id) {
      observer.select(null);
      void gallery.open(id);
    },
    setSource(id) {
      if (!session.has(id) || id === now().source) return;
      observer.select(null);
      session.change({ source: id, faults: [], actions: [] });
    },
    setSeed: (seed) => {
      if (Number.isSafeInteger(seed) && seed >= 0) session.change({ seed }, 'seed');
    },
    setLanes: (lanes) => {
      if (lanes.length === 0) return;
      observer.select(null);
      session.change({ lanes: lanes.slice(0, MAX_LANES) });
    },
    setVersion(id, airflow) {
      const at = Number(id.replace('lane', '')) - 1;
      const lanes = now().lanes.map((lane, i) => (i === at ? { ...lane, airflow } : lane));
      session.change({ lanes });
    },
    setOption(field, value) {
      const { [field]: _, ...options } = now().options;
      if (value !== null) options[field] = value;
      session.change({ options }, `option ${field}`);
    },
    setWorkers: (workers) => session.change({ workers }, 'workers'),
    setPool(name, pool) {
      const { [name]: _, ...pools } = now().pools;
      if (pool) pools[name] = pool;
      session.change({ pools }, `pool ${name}`);
    },
    setDuration(kind, seconds) {
      const { [kind]: _, ...durations } = now().durations;
      if (seconds !== null) durations[kind] = seconds;
      session.change({ durations }, `duration ${kind}`);
    },
    setLatency(name, value) {
      const { [name]: _, ...latencies } = now().latencies;
      if (value !== null) latencies[name] = value;
      session.change({ latencies }, `latency ${name}`);
    },
    setArrivals: (arrivals) => session.change({ arrivals: [...arrivals] }, 'arrivals'),
    setMachines: (machines) => session.change({ machines: [...machines] }, 'machines'),
    resetSettings() {
      const { lanes, source, seed, faults, actions } = now();
      session.change({ ...defaultSettings(source), lanes, seed, faults, actions });
    },
    undo: () => session.undo(),
    redo: () => session.redo(),
  };
}

type Edit = 'addFault' | 'changeFault' | 'removeFault' | 'addAction' | 'removeAction';

export function editCommands({ session }: Parts): Pick<Commands, Edit> {
  const now = () => session.settings;
  return {
    addFault: (fault) => session.change({ faults: inTime([...now().faults, fault]) }),
    changeFault(at, fault) {
      session.change({ faults: now().faults.with(at, fault) }, `fault ${at}`);
    },
    removeFault: (at) => session.change({ faults: now().faults.toSpliced(at, 1) }),
    addAction: (action) => session.change({ actions: inTime([...now().actions, action]) }),
    removeAction: (at) => session.change({ actions: now().actions.toSpliced(at, 1) }),
  };
}

/** In the order of their times; equal times stay as they were added. */
function inTime<T extends { at_s: number }>(edits: readonly T[]): T[] {
  return [...edits].sort((a, b) => a.at_s - b.at_s);
}

type Files =
  | 'prepareImport'
  | 'openFiles'
  | 'editFile'
  | 'showFile'
  | 'closeFile'
  | 'renameFile'
  | 'runFiles'
  | 'cancelImport';

export function fileCommands({ workspace }: Parts): Pick<Commands, Files> {
  return {
    openFiles: (files) => void workspace.open(files),
    editFile: (name, source) => workspace.edit(name, source),
    showFile: (name) => workspace.show(name),
    closeFile: (name) => workspace.close(name),
    renameFile: (name, to) => workspace.rename(name, to),
    prepareImport: () => workspace.prepare(),
    runFiles: () => void workspace.import(true),
    cancelImport: () => workspace.cancel(),
  };
}

type Page =
  | 'watchMetrics'
  | 'saveMetrics'
  | 'setPrice'
  | 'watchWorkers'
  | 'watchMachines'
  | 'watchLog'
  | 'select'
  | 'openTable'
  | 'copyLink'
  | 'setPreference'
  | 'dismissNotice'
  | 'retry';

export function pageCommands(parts: Parts): Pick<Commands, Page> {
  const { observer, store, session, persistence, metrics } = parts;
  return {
    select: (selection) => observer.select(selection),
    openTable: (lane) => observer.openTable(lane),
    watchMetrics: (on) => metrics.watch(on),
    saveMetrics: (form) => void metrics.save(form),
    setPrice(part, price) {
      const { [part]: _, ...prices } = session.settings.prices;
      if (price !== null) prices[part] = price;
      session.quietly({ prices });
      void metrics.ask();
    },
    watchWorkers: (lane) => observer.watchWorkers(lane),
    watchMachines(lane) {
      observer.watchMachines(lane);
      void showMachines(parts, lane);
    },
    watchLog: (on) => observer.watchLog(on),
    copyLink: () => copyLink(parts),
    setPreference(change: Partial<Preferences>) {
      const prefs = { ...store.get().prefs, ...change };
      store.set({ prefs });
      persistence.keep('prefs', prefs);
    },
    dismissNotice: (id) => dismiss(store, id),
    retry: () => session.retry(),
  };
}

/** How the machines can go differs by version: asked for once a version. */
async function showMachines({ store, session }: Parts, lane: string | null): Promise<void> {
  const { lanes, machineKinds } = store.get();
  const airflow = lanes.find((one) => one.id === lane)?.airflow;
  if (!airflow || machineKinds?.airflow === airflow) return;
  const machines = await session.simulation.machines(airflow);
  store.set({ machineKinds: { airflow, machines } });
}

type Lessons =
  'openLesson' | 'predict' | 'openHint' | 'setLessonControl' | 'restartLesson' | 'replaySolution';

export function lessonCommands({ lessons }: Parts): Pick<Commands, Lessons> {
  return {
    openLesson: (id) => lessons.choose(id),
    predict: (id, us) => void lessons.act({ do: 'predict', id, us }),
    openHint: (rung) => void lessons.act({ do: 'hint', rung }),
    setLessonControl: (id, value) => void lessons.act({ do: 'set', id, value }),
    restartLesson: () => void lessons.act({ do: 'restart' }),
    replaySolution: (solution) => void lessons.act({ do: 'replay', solution }),
  };
}
