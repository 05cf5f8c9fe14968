/**
 * What the pages read; what they ask for is in context.ts. Only interfaces: the machine of
 * playback, the stores and the workers behind them live beside this file, the pages above it.
 *
 * Times are simulated microseconds unless a name ends in `_s`. Everything here is plain data, is
 * replaced (never changed in place) when it changes, and carries codes, not words: src/i18n turns
 * `code` and `params` into a sentence.
 */
import type { AirflowVersion, DagSpec } from '../airflow/spec.ts';
import type { FaultKind } from '../airflow/faults/kinds.ts';
import type { ExecutorName, Fault, MachineSpec, UserAction } from '../airflow/scenario.ts';
import type { Problem } from '../base/result.ts';
import type { Edit, LaneInfo, LaneSnapshot, Reason } from '../explain/frame.ts';
import type { MetricRow } from '../explain/metrics/table.ts';
import type { MachineKind, MachinesSeen, RowSeen, WorkerSeen } from '../host/protocol.ts';
import type { LogAnswer } from '../explain/taskLog/index.ts';
import type { InBothLanguages } from '../interchange/scenarioFile/scenarioFile.ts';
import type { LaneChoice } from './settings.ts';
import type { LessonCard, LessonModel } from './lessonModel.ts';
import type {
  ArrivalSetting,
  DurationSetting,
  FleetGroup,
  LatencySetting,
  PoolSetting,
  Question,
  SettingField,
} from './settingsModel.ts';

export type { MachineKind, WorkerSeen };
export type Locale = 'en' | 'ko';
export type ThemeChoice = 'system' | 'light' | 'dark';
/** Simulated seconds per real second; `fit` plays the whole run in about a minute. */
export type Speed = number | 'fit';

export interface AppModel {
  /** `starting` until the first lane has a snapshot; `failed` when the engine cannot run at all. */
  engine: { phase: 'starting' | 'ready' | 'failed'; problem: Problem | null };
  sources: SourceInfo[];
  /** Id of the source that the lanes play. */
  source: string;
  seed: number;
  lanes: LaneModel[];
  playback: Playback;
  selection: Selection | null;
  why: WhyModel | null;
  /** Where the log of the selected try is, while somebody looks. */
  taskLog: { lane: string; ti: number; answer: LogAnswer } | null;
  verdict: Verdict | null;
  table: TableModel | null;
  /** Of every lane, while somebody looks. */
  metrics: readonly LaneMetrics[] | null;
  /** The inside of the lane that the Machines page shows, and how its machines can go. */
  machines: MachinesSeen | null;
  machineKinds: { airflow: AirflowVersion; machines: readonly MachineKind[] } | null;
  /** Workers of the lane whose parts are shown. */
  workers: { lane: string; workers: readonly WorkerSeen[] } | null;
  settings: SettingsModel;
  workspace: Workspace;
  /** Ready scenarios: empty until somebody asks. */
  gallery: { entries: readonly GalleryEntry[]; opening: string | null };
  lessons: LessonCard[];
  lesson: LessonModel | null;
  notices: Notice[];
  prefs: Preferences;
  /** What is wired: a control that would do nothing is not shown. */
  can: { undo: boolean; redo: boolean; copyLink: boolean; machines: boolean; lessons: boolean };
}

/** Something that can be played: the demonstration, an imported DAG, a lesson's set-up. */
export interface SourceInfo {
  id: string;
  kind: 'demo' | 'file' | 'lesson' | 'scenario';
  /** Dag ids, shown as they are. */
  dags: string[];
  /** Of a ready scenario. */
  title: InBothLanguages | null;
}

/** A ready scenario of lessons/scenarios. */
export interface GalleryEntry {
  id: string;
  title: InBothLanguages;
  about: InBothLanguages | null;
}

/** A lane's numbers over the whole run. */
export interface LaneMetrics {
  lane: string;
  rows: readonly MetricRow[];
}

/** One tunnel. Until `info` is there its header shows en dashes. */
export interface LaneModel {
  id: string;
  executor: ExecutorName;
  airflow: AirflowVersion;
  info: LaneInfo | null;
  snapshot: LaneSnapshot | null;
  series: LaneSeries | null;
  /** True while the engine still computes this lane's run. */
  computing: boolean;
  /** Why this lane cannot run, for example SequentialExecutor on 3.3.2. */
  problem: Problem | null;
  /** Things to tell that stop nothing. */
  notices: readonly Problem[];
  /** What people did to it so far. */
  edits: readonly Edit[];
  /** What a ready scenario calls it, null elsewhere. */
  label: string | null;
  /** Faults and actions that come before those of the settings: with the scenario, or as usual. */
  own: { faults: number; actions: number };
}

/** How many wait over the whole run, for the scrubber: equal-length columns, a few hundred. */
export interface LaneSeries {
  t: ArrayLike<number>;
  scheduled: ArrayLike<number>;
  queued: ArrayLike<number>;
  /** Task instances in `running`. */
  running: ArrayLike<number>;
}

/** `t` here steps with the snapshots (about 4 Hz); Playhead gives it at every moment. */
export interface Playback {
  t: number;
  playing: boolean;
  speed: Speed;
  /** Largest end of all lanes. */
  end: number;
}

/** A task instance: row of the lane's LaneInfo.labels. */
export interface Selection {
  lane: string;
  ti: number;
}

export type WhyQuestion = 'waiting' | 'running' | 'retrying' | 'failed' | 'skipped' | 'succeeded';

/** The answer for the selected task instance at the present moment. */
export interface WhyModel {
  lane: string;
  ti: number;
  t: number;
  question: WhyQuestion;
  /** Airflow's state name; `none` for NULL. */
  state: string;
  tryNumber: number;
  /** What holds it now, in one sentence; null when nothing does. */
  headline: Reason | null;
  /** All gates in the order in which they are examined. */
  gates: Gate[];
  /** Its states from the creation of the row to `t`, in order. */
  life: LifeSpan[];
  /** Events that explain an end (failed, skipped), oldest first. */
  causes: CauseEvent[];
}

export interface Gate {
  /** `later` was not examined because an earlier gate holds. */
  result: 'passed' | 'holds' | 'later';
  reason: Reason;
}

export interface LifeSpan {
  state: string;
  from: number;
  /** Null: still in it. */
  to: number | null;
  tryNumber: number;
}

export interface CauseEvent {
  t: number;
  reason: Reason;
  /** State it led to, for the cell; null when it is not a change of state. */
  state: string | null;
  /** True for the first cause of the chain. */
  root: boolean;
}

/** The sentence above the lanes: `code` is a key of i18n (verdict.<code>). */
export interface Verdict {
  code: string;
  params: Record<string, string | number>;
  /** A second sentence that says what decides, null when nothing is certain. */
  because: { code: string; params: Record<string, string | number> } | null;
}

/** Every task instance of one lane, as a table: the accessible equal of the picture. */
export interface TableModel {
  lane: string;
  t: number;
  rows: TiRow[];
}

export type TiRow = RowSeen;

/** What can be set. Fields carry their default in the version they belong to. */
export interface SettingsModel {
  lanes: (LaneChoice & { id: string })[];
  fields: SettingField[];
  workers: FleetGroup[];
  pools: PoolSetting[];
  durations: DurationSetting[];
  latencies: LatencySetting[];
  prices: Readonly<Record<string, number>>;
  arrivals: readonly ArrivalSetting[];
  machines: readonly MachineSpec[];
  /** Names of the source's assets, and its tasks that ask a person. */
  assets: readonly string[];
  questions: readonly Question[];
  faults: readonly Fault[];
  actions: readonly UserAction[];
  /** What can be done to parts. */
  faultKinds: readonly FaultKind[];
  /** Problems of single fields, by `where.field` (the field's id). */
  problems: Problem[];
}

export interface Workspace {
  files: SourceFile[];
  /** Name of the file in front, null when there is none. */
  current: string | null;
  importing: ImportProgress;
  dags: DagPreview[];
  /** Of the last import, with `where.file` and `where.line`. */
  problems: Problem[];
  /** True when `dags` belong to an older text than the files have now. */
  stale: boolean;
}

export interface SourceFile {
  name: string;
  source: string;
  /** Changed since it was last imported. */
  dirty: boolean;
}

export interface ImportProgress {
  phase: 'idle' | 'loading' | 'starting' | 'importing';
  /** Bytes of Python received and expected, during `loading`. */
  loaded: number;
  total: number;
  /** While a file's own code runs: the file, and the seconds that it may take. */
  reading: { file: string; limit_s: number } | null;
}

export interface DagPreview {
  spec: DagSpec;
  file: string;
  /** Task instances of one run where all mapped lengths are known, else null. */
  taskInstances: number | null;
}

/** A lasting message (storage, drawing fallback, a folder of files ...): notice.<code>. */
export interface Notice {
  id: string;
  level: 'info' | 'caution' | 'fault';
  code: string;
  params: Record<string, string | number>;
  /** Command that helps, if there is one. */
  action: 'retry' | 'cancelImport' | null;
}

export interface Preferences {
  locale: Locale;
  theme: ThemeChoice;
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  shortcuts: boolean;
}
