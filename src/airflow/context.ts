/** What every function of the engine gets first: the simulation, the world, and what is static. */
import type { SimulationContext } from '../kernel/index.ts';
import type { Executor, SchedulerExecutor } from './executors/executor.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan/index.ts';
import type { Profile } from './profile/index.ts';
import type { Port } from './runner/port.ts';
import type { World } from './world/world.ts';

export interface EngineContext {
  /** Clock, event queue, log. `sim.now` is the present; `sim.record` writes a log record. */
  readonly sim: SimulationContext;
  readonly world: World;
  readonly plan: Plan;
  readonly profile: Profile;
  readonly options: Options;
  /** Guards of the task-instance machine that are true because of the version. */
  readonly versionGuards: number;
  /** The same of the DAG-run machine. */
  readonly versionRunGuards: number;
  /** A DAG processor runs that carries out callback requests (2.x ends zombies in it). */
  readonly hasDagProcessor: boolean;
  /** The executor of the scheduler whose step is the present one (scheduler/schedulers.ts). */
  executor: Executor;
  /** Position of each task's executor, where the lane has several; set once. */
  routes: Uint8Array | null;
  /** The executors of all schedulers; set once when the engine is put together. */
  executors: readonly SchedulerExecutor[];
  /** The processes of the workers, as far as the scheduler can ask for them or stop them. */
  workers: Workers;
  /** What workers may do; set once when the engine is put together. */
  port: Port;
  /** Told of things that conformance and the page want to see; never decides anything. */
  readonly observers: Observer[];
}

/** What the scheduler knows of the processes that run task instances. */
export interface Workers {
  /** SimTime of the last heartbeat of the running row; Infinity when its supervisor lives. */
  lastBeat(ti: number): number;
  /** 2.11.2: its LocalTaskJob has ended though the row is still running. */
  hasEnded(ti: number): boolean;
  /** Places of a scheduler's executor that nothing will free; rows of `isWanted` are looked after. */
  lostSlots(scheduler: number, isWanted: (ti: number, tryNumber: number) => boolean): number;
  /** The row is no longer the process's own: it is told at its next heartbeat. */
  abandon(ti: number): void;
  /** The row has just been deferred by the scheduler itself. */
  startTrigger(ti: number): void;
  /** A deferred row left that state by something else than its trigger. */
  cancelTrigger(ti: number): void;
}

/** Hooks after a change. `ti`, `run` and `dag` are row numbers. */
export interface Observer {
  taskInstance?(ti: number, from: number, to: number): void;
  dagRun?(run: number, from: number, to: number, event: number): void;
  runCreated?(run: number): void;
  queued?(ti: number): void;
}
