/**
 * The plant of a lane: its executor with everything that runs behind it. The engine gives it the
 * simulation and the port; it gives back the executor, a handler for its events, and its state.
 */
import { allSpecs } from '../dagVersions.ts';
import { must } from '../../base/assert.ts';
import { US_PER_SECOND } from '../../base/time.ts';
import { group, keyOf, unit, type Saveable, type SimulationContext } from '../../kernel/index.ts';
import { BehaviourBook } from '../behaviour/book.ts';
import { Machines } from '../fleet/machines.ts';
import type { SlotGroup } from '../fleet/slotLines.ts';
import { resolveLatencies } from '../latencies/index.ts';
import type { PlantEnv } from '../runner/env.ts';
import type { Port } from '../runner/port.ts';
import { lastBeat, supervisorOf, type SupervisorState } from '../runner/heartbeats.ts';
import { Outage } from '../runner/outage.ts';
import { timingsOf, type Timings } from '../runner/timings.ts';
import { Triggerer } from '../runner/triggerer.ts';
import type { Unheard } from '../runner/unheard.ts';
import { NOBODY, NONE, STAGE, Workloads } from '../runner/workloads.ts';
import type { Scenario } from '../scenario.ts';
import { CeleryExecutor } from './celeryExecutor.ts';
import type { Workers } from '../context.ts';
import type { Executor, SchedulerExecutor } from './executor.ts';
import { KubernetesExecutor } from './kubernetesExecutor.ts';
import { LocalExecutor } from './localExecutor.ts';
import { lostSlots, type IsWanted } from './lostSlots.ts';
import { readPlantConfig, type OptionReader } from './plantConfig.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { partsOf, schedulerExecutors, type PlantPart } from './plantPart.ts';
import { MOST_SCHEDULERS } from '../scheduler/schedulers.ts';
import { reason, type QueuedReason } from './queuedReason.ts';
import { TaskProcesses } from './taskProcesses.ts';

export interface PlantInput {
  readonly sim: SimulationContext;
  readonly port: Port;
  readonly scenario: Scenario;
  /** Names of the broker's queues; `port.queueOf` gives positions in it. */
  readonly queueNames: readonly string[];
  readonly readOption: OptionReader;
  /** Told when work that was given to `spend` is through. */
  readonly serverStep: (kind: number, subject: number) => void;
}

/** Why a task instance waits in the plant, and since when. */
export interface PlantReason extends QueuedReason {
  readonly since: number;
}

export function createPlant(input: PlantInput): Plant {
  return new Plant(input);
}

export class Plant implements Workers {
  /** The executor of the first scheduler; the others have each one of their own. */
  readonly executor: Executor;
  readonly executors: readonly SchedulerExecutor[];
  readonly state: Saveable;
  readonly slotGroups: readonly SlotGroup[];
  readonly triggerer: Triggerer;
  /** The processes of tries, for faults. */
  readonly processes: TaskProcesses;
  private readonly env: PlantEnv;
  private readonly parts: readonly PlantPart[];
  private readonly first: PlantPart;
  private readonly serverStep: (kind: number, subject: number) => void;

  constructor(input: PlantInput) {
    const { scenario } = input;
    const env = envOf(input);
    this.env = env;
    this.serverStep = input.serverStep;
    this.triggerer = new Triggerer(env, scenario.fleet.triggerers);
    this.parts = partsOf(env, input, this.triggerer, (w) => this.ownerOf(w).processEnded(w));
    this.first = must(this.parts[0], 'a plant has an executor');
    this.executors = schedulerExecutors(this.parts, scenario, (ti) => env.port.executorOf(ti));
    this.executor = must(this.executors[0], 'a plant has a scheduler');
    this.triggerer.code = this.first.code;
    this.processes = new TaskProcesses(
      env,
      (w) => this.ownerOf(w),
      (w) => this.partOf(w).supervisor,
    );
    this.slotGroups = this.parts.flatMap(({ lines }) => lines.groups);
    if (env.machines.ofDagProcessor !== NONE) {
      env.context.at(firstParse(env), PLANT_EVENT.parse, NONE);
    }
    this.state = group({
      workloads: env.workloads.state,
      machines: env.machines.state,
      outage: env.outage.state,
      ...Object.fromEntries(this.parts.map((part, i) => [`executors${i}`, part.state])),
      triggerer: this.triggerer.state,
    });
  }

  /** The executor with its fleet, for faults; null when the lane has another. */
  get celery(): CeleryExecutor | null {
    return this.find((each) => each instanceof CeleryExecutor);
  }

  get local(): LocalExecutor | null {
    return this.find((each) => each instanceof LocalExecutor);
  }

  get kubernetes(): KubernetesExecutor | null {
    return this.find((each) => each instanceof KubernetesExecutor);
  }

  /** Newest workload of a task instance (-1: no row), -1 when it has none. */
  workloadOf(ti: number): number {
    return ti < 0 ? NONE : this.env.workloads.newest(ti);
  }

  /** One event of a kind from PLANT_EVENT. */
  handle(kind: number, subject: number, arg: number, extra = 0): void {
    const { supervisor } = this.partOf(subject);
    switch (kind) {
      case PLANT_EVENT.start:
        return supervisor.onStart(subject, arg);
      case PLANT_EVENT.body:
        return this.partOf(subject).onBody(subject);
      case PLANT_EVENT.report:
        return supervisor.onReport(subject, arg);
      case PLANT_EVENT.reap:
        return supervisor.onReap(subject, arg);
      case PLANT_EVENT.exit:
        return supervisor.onExit(subject);
      case PLANT_EVENT.kill:
        return supervisor.onKill(subject);
      case PLANT_EVENT.poke:
        return supervisor.onPoke(subject);
      case PLANT_EVENT.computed:
        return supervisor.code.computed(subject);
      case PLANT_EVENT.answer:
        return this.first.code.answered(subject, arg);
      case PLANT_EVENT.trigger:
      case PLANT_EVENT.triggerLook:
      case PLANT_EVENT.triggererSilent:
        return this.triggerer.handle(kind, subject, arg);
      case PLANT_EVENT.hostTick:
        return this.tickMachine(subject);
      default:
        if (!this.onServer(kind, subject, arg, extra)) this.onExecutor(kind, subject, arg);
    }
  }

  // A function that makes another one allocates its variables at each call: not in `handle`.
  private tickMachine(machine: number): void {
    this.env.machines.tick(machine, (done, w) => this.workDone(done, w));
  }

  private onExecutor(kind: number, subject: number, arg: number): void {
    for (const part of this.parts) if (part.ownerOf(subject).handle(kind, subject, arg)) return;
  }

  /** Events of server processes, and of their absence; false when the kind is none of them. */
  private onServer(kind: number, subject: number, work: number, token: number): boolean {
    if (kind === PLANT_EVENT.parse) this.parseFiles();
    else if (kind === PLANT_EVENT.giveUp)
      this.partOf(subject).supervisor.unheard.givesUp(subject, work, token);
    else if (kind === PLANT_EVENT.serverWork) {
      this.spend(work, subject, 0, token);
    } else return kind === PLANT_EVENT.idle;
    return true;
  }

  /**
   * Work of a scheduler: it competes with everything else on a shared machine. On the machine its
   * subject stands below NONE, so that it is no workload's.
   */
  spend(span: number, kind: number, before: number, subject: number): void {
    const { machines, context } = this.env;
    const scheduler = subject % MOST_SCHEDULERS;
    const shares = machines.shared && machines.ofScheduler(scheduler) !== NONE;
    if (!shares) context.after(before + span, kind, subject);
    else if (before === 0) machines.startScheduler(scheduler, span, kind, NONE - 1 - subject);
    else context.after(before, PLANT_EVENT.serverWork, kind, span, subject);
  }

  /** Why a queued (or deferred) task instance does not run; null when the plant does not hold it. */
  reason(ti: number): PlantReason | null {
    const { workloads } = this.env;
    const since = this.triggerer.waitsSince(ti);
    if (since !== NONE) return { ...this.triggererReason(ti), since };
    const w = workloads.newest(ti);
    if (w === NONE || this.isUnsent(w)) return null;
    return { ...this.ownerOf(w).reason(w), since: workloads.rows.since[w]! };
  }

  /** The executor that was to send it is gone; only its id is in the row (3.x Celery). */
  private isUnsent(w: number): boolean {
    const { rows } = this.env.workloads;
    return rows.owner[w] === NOBODY && rows.stage[w] === STAGE.accepted;
  }

  private find<T>(is: (each: unknown) => each is T): T | null {
    for (const part of this.parts) if (is(part.executor)) return part.executor;
    return null;
  }

  /** The part that has the workload; the first, where the subject is none. */
  private partOf(w: number): PlantPart {
    if (this.parts.length === 1) return this.first;
    return this.parts[this.env.workloads.rows.part[w] ?? 0] ?? this.first;
  }

  /** The executor that has the workload; any, where the subject is none or nobody has it. */
  private ownerOf(w: number): PlantExecutor {
    return this.partOf(w).ownerOf(w);
  }

  private triggererReason(ti: number): QueuedReason {
    const { used, capacity } = this.triggerer.room;
    if (capacity === 0) return reason('no_triggerer');
    if (this.triggerer.isLost(ti)) return reason('triggerer_lost');
    return reason('triggerer_full', 'triggerer.capacity', used, capacity);
  }

  /** The row was cleared or marked while its process lives: it learns so at its next beat. */
  abandon(ti: number): void {
    const { workloads } = this.env;
    for (let w = workloads.newest(ti); w !== NONE; w = workloads.rows.next[w]!) {
      this.partOf(w).supervisor.abandon(w);
    }
  }

  /** The scheduler has deferred the row itself (start_from_trigger). */
  startTrigger(ti: number): void {
    this.first.code.startTrigger(ti);
  }

  /** The row has left deferred by another way than its trigger. */
  cancelTrigger(ti: number): void {
    this.triggerer.cancel(ti);
  }

  /** Last heartbeat of a running row; Infinity while its supervisor lives: beats are no events. */
  lastBeat(ti: number): number {
    return lastBeat(this.env, ti);
  }

  /** 2.11.2: the LocalTaskJob has ended by itself though its row is still running. */
  hasEnded(ti: number): boolean {
    return !this.env.config.is3 && supervisorOf(this.env, ti) === 'ended';
  }

  lostSlots(scheduler: number, isWanted: IsWanted): number {
    const reasonOf = (w: number): QueuedReason => this.ownerOf(w).reason(w);
    return lostSlots(this.env, scheduler, isWanted, reasonOf);
  }

  supervisorOf(ti: number): SupervisorState {
    return supervisorOf(this.env, ti);
  }

  /** workers.execution_api_timeout, microseconds. */
  get apiTimeout(): number {
    return this.env.config.apiTimeout;
  }

  /** What workers do while API server or database are away. */
  get unheard(): Unheard {
    return this.first.supervisor.unheard;
  }

  /** Lines of the lane: processes, worker children, places for pods. */
  get lines(): number {
    return this.parts.reduce((sum, { lines }) => sum + lines.total, 0);
  }

  get busyLines(): number {
    return this.parts.reduce((sum, { lines }) => sum + lines.busy, 0);
  }

  /** No process, no message, no pod, no result that nobody has read. */
  get idle(): boolean {
    return this.env.workloads.live === 0;
  }

  /** The DAG processor competes for the cores of a shared machine, at a moment of its own. */
  private parseFiles(): void {
    const { machines, context, config, timings } = this.env;
    const work = timings.step('dag_processor.parse').sampler.constant;
    const each = work / config.parsingProcesses;
    for (let n = 0; work > 0 && n < config.parsingProcesses; n++) {
      machines.startParse(each, PLANT_EVENT.idle);
    }
    context.after(Math.max(1, config.parseInterval), PLANT_EVENT.parse, NONE);
  }

  private workDone(kind: number, w: number): void {
    if (w < NONE) return this.serverStep(kind, NONE - 1 - w);
    if (w === NONE) return;
    this.env.workloads.rows.job[w] = NONE;
    this.handle(kind, w, 0);
  }
}

function envOf(input: PlantInput): PlantEnv {
  const { sim, scenario, port } = input;
  const table = resolveLatencies(scenario.airflow, scenario.executor, scenario.latencies);
  const timings = timingsOf(table.ok ? table.value : new Map());
  const workloads = new Workloads();
  return {
    context: sim,
    port,
    config: readPlantConfig(scenario.airflow, input.readOption),
    timings,
    machines: new Machines(
      sim,
      workloads,
      scenario,
      coresOf(scenario, timings),
      PLANT_EVENT.hostTick,
    ),
    workloads,
    outage: new Outage(workloads),
    memory: null,
    book: new BehaviourBook(allSpecs(scenario), scenario.behaviour),
    key: { task: 0, run: 0, part: 0 },
    executors: [],
    part: 0,
    firstLine: 0,
  };
}

/** Cores that everything of the lane shares, 0: nothing is shared. */
function coresOf({ fleet }: Scenario, timings: Timings): number {
  return fleet.machine?.cores ?? timings.number('host.cores');
}

/** Where in its interval the DAG processor happens to read the files. */
function firstParse(env: PlantEnv): number {
  const at = env.timings.number('dag_processor.first_parse') * US_PER_SECOND;
  if (at > 0) return Math.round(at);
  const share = unit(env.context.seed, 0, 0, 0, keyOf('dag_processor.parse'));
  return Math.floor(share * env.config.parseInterval);
}
