/** What the application is given from outside: workers, drawer, Python, storage, real time. */
import type { ClockState } from '../host/protocol.ts';
import type { Demo } from '../host/remotes/demo.ts';
import type { PythonRemote } from '../host/remotes/python.ts';
import type { SimulationRemote } from '../host/remotes/simulation.ts';
import type { StorageRemote } from '../host/remotes/storage.ts';
import type { Result } from '../base/result.ts';
import type { DagsOf } from '../interchange/scenarioFile/lanes.ts';
import type { ScenarioFile } from '../interchange/scenarioFile/scenarioFile.ts';
import type { LaneScenario } from '../interchange/standardScenario.ts';
import type { SceneHost } from './sceneModel.ts';

export interface PictureRemote {
  readonly scene: SceneHost;
  readonly onPage: boolean;
  clock(clock: ClockState): void;
  connect(port: MessagePort): void;
}

/** Real time, as milliseconds since 1970, and ways to wait. */
export interface RealTime {
  now(): number;
  /** Before the next picture of the display, or soon when there is none. */
  nextFrame(action: () => void): void;
  every(ms: number, action: () => void): () => void;
}

export interface AppPorts {
  readonly time: RealTime;
  readonly picture: PictureRemote;
  startSimulation(failed: (message: string) => void): SimulationRemote;
  python(): Promise<PythonRemote>;
  storage(): Promise<StorageRemote>;
  /** The lanes of a scenario file, checked. */
  lanesOfFile(file: ScenarioFile, dagsOf: DagsOf): Promise<Result<LaneScenario[]>>;
  /** The demonstration, without Python. */
  demo(): Promise<Demo>;
  /** Browser's own wishes. */
  readonly browser: {
    locale: 'en' | 'ko';
    reducedMotion: boolean;
    copy(text: string): Promise<boolean>;
    /** Puts a file into the person's downloads. */
    save(name: string, text: string): void;
    /** As the page was opened. */
    address: string;
    /** Takes the link out of the address: what it brought may change now. */
    forgetLink(): void;
    /** Two ends of a pipe between two workers. */
    channel(): { port1: MessagePort; port2: MessagePort };
  };
}
