/** What pages are given: the model to read, the commands to send, the clock and the picture. */
import { createContext } from 'react';
import type { AirflowVersion } from '../airflow/spec.ts';
import type { Fault, MachineSpec, UserAction } from '../airflow/scenario.ts';
import type { AppModel, Preferences, Selection, Speed } from './model.ts';
import type { SceneHost } from './sceneModel.ts';
import type { LaneChoice } from './settings.ts';
import type { ArrivalSetting, FleetGroup } from './settingsModel.ts';

export interface Commands {
  play(): void;
  pause(): void;
  seek(t: number): void;
  /** To the next or previous event: of the selected task instance, else of the lane, else of all. */
  stepEvent(direction: 1 | -1, of: 'selection' | 'lane' | 'all' | 'loop'): void;
  setSpeed(speed: Speed): void;

  select(selection: Selection | null): void;
  /** Lane whose rows `table` shall hold; null closes it. */
  openTable(lane: string | null): void;

  /** Lane whose workers `workers` shall hold; null ends it. */
  watchWorkers(lane: string | null): void;
  /** Lane whose inside `machines` shall hold; null ends it. */
  watchMachines(lane: string | null): void;
  /** Whether somebody looks at where logs are. */
  watchLog(on: boolean): void;
  /** Whether somebody looks at the metrics. */
  watchMetrics(on: boolean): void;
  /** Price of an hour of one of its kind; null: it costs nothing. */
  setPrice(part: string, price: number | null): void;
  saveMetrics(form: 'csv' | 'json'): void;

  setSource(id: string): void;
  /** Asks for the list of ready scenarios. */
  listScenarios(): void;
  openScenario(id: string): void;
  setSeed(seed: number): void;
  setLanes(lanes: LaneChoice[]): void;
  setVersion(lane: string, airflow: AirflowVersion): void;
  setOption(field: string, value: number | string | boolean | null): void;
  setWorkers(groups: FleetGroup[]): void;
  setPool(name: string, pool: { slots: number; include_deferred: boolean } | null): void;
  setDuration(kind: string, seconds: number | null): void;
  /** Seconds (or the unit of its table) of a named latency; null is the table's own. */
  setLatency(name: string, value: number | null): void;

  setArrivals(arrivals: readonly ArrivalSetting[]): void;
  setMachines(machines: readonly MachineSpec[]): void;

  /** Breaks or mends a part in every lane that has it, from that time on. */
  addFault(fault: Fault): void;
  changeFault(at: number, fault: Fault): void;
  removeFault(at: number): void;
  addAction(action: UserAction): void;
  removeAction(at: number): void;
  resetSettings(): void;

  /** Adds files, replacing those of the same name, brings the first to the front, imports them. */
  openFiles(files: { name: string; source: string }[]): void;
  editFile(name: string, source: string): void;
  showFile(name: string): void;
  closeFile(name: string): void;
  renameFile(name: string, to: string): void;
  /** A person is about to open a file: Python may start. */
  prepareImport(): void;
  /** Imports what is open and plays it in all lanes. */
  runFiles(): void;
  cancelImport(): void;

  openLesson(id: string | null): void;
  predict(id: string, us: number): void;
  openHint(rung: number): void;
  setLessonControl(id: string, value: number | string): void;
  restartLesson(): void;
  replaySolution(id: string): void;

  undo(): void;
  redo(): void;
  copyLink(): Promise<boolean>;
  setPreference(change: Partial<Preferences>): void;
  dismissNotice(id: string): void;
  retry(): void;
}

/** A value to subscribe to, in the shape of useSyncExternalStore. */
export interface AppStore {
  get(): AppModel;
  subscribe(changed: () => void): () => void;
}

/** The exact moment of the clock, for what follows it at the rate of the display. */
export interface Playhead {
  now(): number;
}

export interface App {
  store: AppStore;
  commands: Commands;
  playhead: Playhead;
  scene: SceneHost;
}

export const AppContext = createContext<App | null>(null);
