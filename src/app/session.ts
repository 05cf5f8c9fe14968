/**
 * The comparison that plays: settings and source in, lanes out. Every change of a setting starts
 * another run at once; the clock stays where it stands, so that the effect is seen there.
 */
import { problem } from '../base/result.ts';
import type { Catalog, RunReport } from '../host/protocol.ts';
import type { SimulationRemote } from '../host/remotes/simulation.ts';
import type { LaneScenario } from '../interchange/standardScenario.ts';
import { lanesOf } from './comparison.ts';
import type { Source } from './comparison.ts';
import { freshLanes, reportedLane } from './freshLanes.ts';
import { History } from './history.ts';
import type { SourceInfo } from './model.ts';
import type { PlaybackControl } from './playback.ts';
import type { AppPorts } from './ports.ts';
import { defaultSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { settingsView } from './settingsView.ts';
import type { ModelStore } from './store.ts';

/** A worker that dies again and again is not started for ever. */
const MOST_RESTARTS = 3;

/** Real seconds that a run should last at least. */
const SHORT_S = 15;

export class Session {
  readonly history = new History<Settings>(defaultSettings('demo'));
  private readonly ports: AppPorts;
  private readonly store: ModelStore;
  private readonly playback: PlaybackControl;
  private readonly sources = new Map<string, Source>();
  private remote: SimulationRemote;
  private catalog: Catalog | null = null;
  private restarts = 0;
  private autoplay: boolean;
  /** Another run than before, not the same with another setting. */
  private fresh = true;
  /** A person has chosen a speed: it stays. */
  speedChosen = false;
  private waiting: { run: number; resolve: () => void }[] = [];
  /** A lesson has the clock. */
  private lesson = false;
  run = 0;
  computing = false;
  /** Called when the lanes have something new. */
  onReport: () => void = () => undefined;
  /** Called when every lane is computed. */
  onDone: () => void = () => undefined;
  /** Called when settings have changed. */
  onSettings: (settings: Settings) => void = () => undefined;

  constructor(ports: AppPorts, store: ModelStore, playback: PlaybackControl) {
    this.ports = ports;
    this.store = store;
    this.playback = playback;
    this.autoplay = !ports.browser.reducedMotion;
    this.remote = this.connect();
  }

  get simulation(): SimulationRemote {
    return this.remote;
  }

  get settings(): Settings {
    return this.history.value;
  }

  get source(): Source | null {
    return this.sources.get(this.settings.source) ?? null;
  }

  addSource(source: Source): void {
    this.sources.set(source.id, source);
    this.showSources();
    if (source.id === this.settings.source) this.restart(false);
  }

  removeSource(id: string): void {
    this.sources.delete(id);
    this.showSources();
  }

  has(id: string): boolean {
    return this.sources.has(id);
  }

  /** Changes settings and runs again. Changes with one key in a row are one step to undo. */
  change(change: Partial<Settings>, key = ''): void {
    const fresh = change.source !== undefined && change.source !== this.settings.source;
    this.history.push({ ...this.settings, ...change }, key);
    if (fresh) this.autoplay = !this.ports.browser.reducedMotion;
    this.restart(!fresh);
  }

  /** A setting that changes no run. */
  quietly(change: Partial<Settings>): void {
    this.history.push({ ...this.settings, ...change }, 'quiet');
    this.showSettings();
    this.onSettings(this.settings);
  }

  /** Settings that were kept: nothing to undo before them. */
  adopt(settings: Settings): void {
    const known = this.sources.has(settings.source) ? settings.source : 'demo';
    const edits = known === settings.source ? {} : { faults: [], actions: [] };
    this.history.reset({ ...settings, ...edits, source: known });
    this.restart(false);
  }

  undo(): void {
    if (this.history.undo()) this.restart(true);
  }

  redo(): void {
    if (this.history.redo()) this.restart(true);
  }

  /** The engine starts again after a failure. */
  retry(): void {
    this.remote.end();
    this.restarts = 0;
    this.remote = this.connect();
    this.restart(true);
  }

  /** Runs what is set, from the clock's place (`keep`) or from the start. */
  restart(keep: boolean): void {
    const { source, catalog, settings } = this;
    this.showSettings();
    this.onSettings(settings);
    if (!source || !catalog || this.lesson) return;
    const playing = this.playback.moving || this.autoplay;
    this.autoplay = false;
    this.store.set({ source: source.id, seed: settings.seed });
    this.fresh = !keep;
    this.play(lanesOf(source, settings, catalog), playing, keep);
  }

  /** Lanes of a lesson take the clock, until `leaveLesson`. Gives the number of their run. */
  playLesson(lanes: readonly LaneScenario[]): number {
    this.lesson = true;
    this.fresh = true;
    this.play(lanes, true, false);
    return this.run;
  }

  /** The clock stands until the lesson runs something. */
  enterLesson(): void {
    this.lesson = true;
    this.run++;
    this.playback.run(false, false);
    this.playback.horizon(0, 0);
    this.onReport();
  }

  /** Resolves when a run is computed, or another one has taken its place. */
  whenDone(run: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ run, resolve }));
  }

  leaveLesson(): void {
    if (!this.lesson) return;
    this.lesson = false;
    this.autoplay = true;
    this.restart(false);
  }

  private play(lanes: readonly LaneScenario[], playing: boolean, keep: boolean): void {
    const run = ++this.run;
    this.computing = true;
    const source = this.lesson ? null : this.source;
    const before = this.store.get().lanes;
    const { settings } = this;
    this.store.set({ lanes: freshLanes({ lanes, before, keep, source, settings }) });
    this.playback.run(playing, keep);
    this.remote.start(run, lanes, (report) => this.take(report));
  }

  private connect(): SimulationRemote {
    const remote = this.ports.startSimulation((message) => this.failed(remote, message));
    const { port1, port2 } = this.ports.browser.channel();
    remote.connect(port1);
    this.ports.picture.connect(port2);
    remote.catalog().then(
      (catalog) => {
        this.catalog = catalog;
        this.restart(false);
      },
      (error: unknown) => this.failed(remote, String(error)),
    );
    return remote;
  }

  private failed(remote: SimulationRemote, message: string): void {
    if (remote !== this.remote) return;
    remote.end();
    this.computing = false;
    if (this.restarts < MOST_RESTARTS) {
      this.restarts++;
      this.remote = this.connect();
      return;
    }
    const wrong = problem('engine_failed', { message });
    this.store.set({ engine: { phase: 'failed', problem: wrong } });
  }

  private take(report: RunReport): void {
    if (report.run !== this.run) return;
    this.computing = !report.done;
    const before = new Map(this.store.get().lanes.map((lane) => [lane.id, lane]));
    const lanes = report.lanes.flatMap((lane) => {
      const old = before.get(lane.id);
      return old ? [reportedLane(lane, old)] : [];
    });
    const running = report.lanes.filter((lane) => lane.info && !lane.problem);
    const end = Math.max(0, ...running.map((lane) => lane.info?.end ?? 0));
    const limit = report.done ? end : Math.min(...running.map((lane) => lane.horizon), Infinity);
    this.playback.horizon(Number.isFinite(limit) ? limit : 0, end);
    if (report.done && this.fresh) this.suitSpeed(end);
    this.store.set({ lanes, engine: { phase: 'ready', problem: null } });
    this.onReport();
    if (!report.done) return;
    this.release();
    this.onDone();
  }

  private release(): void {
    const over = this.waiting.filter((one) => one.run <= this.run);
    this.waiting = this.waiting.filter((one) => one.run > this.run);
    for (const { resolve } of over) resolve();
  }

  /** A short run at a high speed is over before anybody has looked. */
  private suitSpeed(end: number): void {
    this.fresh = false;
    const { speed } = this.playback.state;
    if (!this.speedChosen && typeof speed === 'number' && end / 1_000_000 / speed < SHORT_S) {
      this.playback.setSpeed('fit');
    }
  }

  showSettings(): void {
    const { can } = this.store.get();
    this.store.set({
      settings: settingsView(this.settings, this.source, this.catalog),
      can: { ...can, undo: this.history.canUndo, redo: this.history.canRedo },
    });
  }

  private showSources(): void {
    const sources: SourceInfo[] = [...this.sources.values()].map(({ id, kind, dags, title }) => ({
      id,
      kind,
      dags: dags.map((dag) => dag.dag_id),
      title: title ?? null,
    }));
    this.store.set({ sources });
  }
}
