/** What a page gives to the drawer of the lanes, and what it gets back. */

/** Labels of the picture, already in the reader's language; `{n}` and `{t}` are filled in by the drawer. */
export const SCENE_WORDS = [
  'scheduler',
  'loopEvery',
  'loopBlocked',
  'loopDown',
  'loopNone',
  'scheduled',
  'none',
  'waitingState',
  'queued',
  'queueSequential',
  'queueLocal',
  'queueCelery',
  'queueKubernetes',
  'running',
  'starting',
  'slotsSequential',
  'slotsLocal',
  'slotsCelery',
  'slotsKubernetes',
  'zoneStarting',
  'zoneWorking',
  'finished',
  'endedOther',
  'linePerSlots',
] as const;
export type SceneWord = (typeof SCENE_WORDS)[number];
export type SceneWords = Readonly<Record<SceneWord, string>>;

/** Values of the tokens that a canvas cannot read from CSS. `states` is in the order of TI_STATES. */
export interface SceneTheme {
  dark: boolean;
  surface: string;
  sunken: string;
  hover: string;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  line2: string;
  wall: string;
  stream: string;
  accent: string;
  fault: string;
  states: readonly { fill: string; outline: string | null; glyph: string }[];
  /** CSS font families. */
  fontUi: string;
  fontMono: string;
}

export interface SceneView {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel, at most 2. */
  ratio: number;
  theme: SceneTheme;
  words: SceneWords;
  reducedMotion: boolean;
  /** Task instance that wears the accent ring, with a leader to the right edge when `leader`. */
  selected: number | null;
  leader: boolean;
  /** Task instance under the pointer or the keyboard, null when none. */
  hovered: number | null;
}

/** Where a task instance is drawn now, CSS pixels from the canvas's left top corner. */
export interface SceneHit {
  ti: number;
  x: number;
  y: number;
  size: number;
  /** Its state at that moment (Airflow's name), for its label. */
  state?: string;
}

export interface SceneHandle {
  update(change: Partial<SceneView>): void;
  /** Task instance at a point, null when there is none within reach. */
  hit(x: number, y: number): Promise<SceneHit | null>;
  /** Name of the part of the installation at a point, null when there is none. */
  part(x: number, y: number): Promise<string | null>;
  /** Place of a task instance, for the focus mark; null while it cannot be seen. */
  locate(ti: number): Promise<SceneHit | null>;
  /** Neighbour of a task instance in the picture (arrow keys); from null the first one. */
  neighbour(ti: number | null, step: SceneStep): Promise<SceneHit | null>;
  detach(): void;
}

export type SceneStep = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** Draws lanes. Each canvas is fresh, belongs to one lane and is given over until `detach`. */
export interface SceneHost {
  attach(lane: string, canvas: HTMLCanvasElement, view: SceneView): SceneHandle;
}
