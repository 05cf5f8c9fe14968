/**
 * The machines of a lane whose cores are shared: one for everything (`fleet.machine`), or those of
 * `fleet.placement`, each with what stands on it. Work elsewhere takes its own time.
 */
import { group, type Saveable, type SimulationContext } from '../../kernel/index.ts';
import { executorsOf } from '../executors/executorChoice.ts';
import { NONE, type Workloads } from '../runner/workloads.ts';
import type { ExecutorName, Scenario } from '../scenario.ts';
import { Host } from './host.ts';
import { countOfKind, machineOfPart, tasksMachines, type PlacedKind } from './placement.ts';

export class Machines {
  readonly state: Saveable;
  /** False: nobody shares anything, and nobody need ask. */
  readonly shared: boolean;
  private readonly hosts: readonly Host[];
  private readonly cores: readonly number[];
  private readonly workloads: Workloads;
  /** Of each executor of the lane: machine by worker, node or scheduler. */
  private readonly underTasks: readonly (readonly number[])[];
  private readonly byPlace: readonly boolean[];
  private readonly schedulers: readonly number[];
  private readonly elsewhere: number;
  /** Groups of processes: schedulers with what they start, the DAG processor, workers, pods. */
  private readonly firstWorker: number;
  private readonly pods: readonly number[];
  /** 2.x: the scheduler starts the processes that read files. */
  private readonly inScheduler: boolean;
  /** Where the DAG processor reads files, -1: not on shared cores. */
  readonly ofDagProcessor: number;

  /** `cores`: of one machine for all, 0: there is none. `tickKind`: its subject is the machine. */
  constructor(
    context: SimulationContext,
    workloads: Workloads,
    scenario: Scenario,
    cores: number,
    tickKind: number,
  ) {
    const { placement = [] } = scenario.fleet;
    const one = placement.length === 0;
    this.cores = one ? [cores] : placement.map((machine) => machine.cores ?? 0);
    this.workloads = workloads;
    this.shared = this.cores.some((each) => each > 0);
    const ifShared = (machine: number): number => (this.cores[machine]! > 0 ? machine : NONE);
    const of = (kind: PlacedKind, index = 0): number =>
      ifShared(one ? 0 : machineOfPart(scenario, kind, index));
    const executors = executorsOf(scenario);
    const schedulers = countOfKind('scheduler', scenario, executors);
    this.schedulers = Array.from({ length: schedulers }, (_, n) => of('scheduler', n));
    this.underTasks = tasksMachines(scenario).map((table) =>
      table.map((machine) => ifShared(one ? 0 : machine)),
    );
    this.byPlace = executors.map(isPlaced);
    this.ofDagProcessor = of('dag-processor');
    const busiest = [of('api-server'), of('database'), of('scheduler')];
    this.elsewhere = busiest.find((machine) => machine !== NONE) ?? NONE;
    const workers = countOfKind('worker', scenario, executors);
    this.firstWorker = schedulers + 1;
    const pods = this.firstWorker + workers;
    this.inScheduler = scenario.airflow === '2.11.2';
    this.pods = executors.map((name) => (name === 'kubernetes' ? pods : NONE));
    const groups = { count: pods + 1, apart: pods };
    this.hosts = this.cores.map(
      (each, n) => new Host(context, each, tickKind, n, each > 0 ? groups : undefined),
    );
    this.state = group(Object.fromEntries(this.hosts.map((host, i) => [`host${i}`, host.state])));
  }

  /** The machine whose cores the processes of a workload share, -1: none. */
  under(w: number): number {
    const { rows } = this.workloads;
    const part = rows.part[w]!;
    const table = this.underTasks[part]!;
    const at = this.byPlace[part] === true ? rows.place[w]! : rows.owner[w]!;
    return table[at] ?? table[0] ?? NONE;
  }

  ofScheduler(scheduler: number): number {
    return this.schedulers[scheduler] ?? NONE;
  }

  /** Cores of the machine that a scheduler stands on, 0 when nobody has said. */
  coresOfScheduler(scheduler: number): number {
    return this.cores[this.ofScheduler(scheduler)] ?? 0;
  }

  /**
   * Work of a workload's processes on its machine; returns the number of the job, which `tick` hands
   * back when it has had its time.
   */
  start(machine: number, work: number, kind: number, w: number): number {
    return this.add(machine, work, kind, w, this.groupOf(w));
  }

  /** Work of a scheduler's own process. */
  startScheduler(scheduler: number, work: number, kind: number, subject: number): void {
    this.add(this.schedulers[scheduler]!, work, kind, subject, scheduler);
  }

  /** A process reads DAG files. */
  startParse(work: number, kind: number): void {
    const of = this.inScheduler ? 0 : this.schedulers.length;
    this.add(this.ofDagProcessor, work, kind, NONE, of);
  }

  /**
   * Work that a try makes for API server, database and scheduler. Which of it is whose was not
   * recorded (executor-runs 4): all of it is counted to the scheduler.
   */
  startElsewhere(work: number, kind: number): void {
    if (this.elsewhere === NONE) return;
    this.add(this.elsewhere, work, kind, NONE, 0);
  }

  /** Microseconds of processor time that a job still needs. */
  left(job: number): number {
    return this.hosts[job % this.hosts.length]!.left(Math.floor(job / this.hosts.length));
  }

  cancel(job: number): void {
    this.hosts[job % this.hosts.length]!.cancel(Math.floor(job / this.hosts.length));
  }

  /** The event of a machine: ends every job that has had its time. */
  tick(machine: number, done: (kind: number, subject: number) => void): void {
    this.hosts[machine]!.tick(done);
  }

  private add(machine: number, work: number, kind: number, subject: number, of: number): number {
    return this.hosts[machine]!.start(work, kind, subject, of) * this.hosts.length + machine;
  }

  /** Children of a worker or a scheduler are in its session, each pod is a container. */
  private groupOf(w: number): number {
    const { rows } = this.workloads;
    const part = rows.part[w]!;
    if (this.pods[part] !== NONE) return this.pods[part]!;
    if (this.byPlace[part] === true) return this.firstWorker + Math.max(0, rows.place[w]!);
    return rows.owner[w]! < this.schedulers.length ? rows.owner[w]! : 0;
  }
}

/** Tasks run on workers or nodes, not below their scheduler. */
function isPlaced(name: ExecutorName): boolean {
  return name === 'celery' || name === 'kubernetes';
}
