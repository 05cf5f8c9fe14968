/**
 * The processes of a try as targets of a signal: the task process, its supervisor (3.x) or
 * LocalTaskJob (2.x), and the worker process around both (semantics 6.1.5, 6.6).
 */
import { forgetPlans, later, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import { FLAG, NONE, OUTCOME, STAGE } from '../runner/workloads.ts';
import { CeleryExecutor } from './celeryExecutor.ts';
import { KubernetesExecutor } from './kubernetesExecutor.ts';
import { LocalExecutor } from './localExecutor.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';

/** Each method is false when there is no such process now. */
export class TaskProcesses {
  private readonly env: PlantEnv;
  private readonly ownerOf: (w: number) => PlantExecutor;
  private readonly supervisorOf: (w: number) => Supervisor;

  /** `ownerOf`: the executor whose scheduler has a workload. */
  constructor(
    env: PlantEnv,
    ownerOf: (w: number) => PlantExecutor,
    supervisorOf: (w: number) => Supervisor,
  ) {
    this.env = env;
    this.ownerOf = ownerOf;
    this.supervisorOf = supervisorOf;
  }

  /** SIGKILL of the task process: out of memory, most often. */
  killTask(ti: number): boolean {
    const w = this.atWork(ti);
    return w !== NONE && this.supervisorOf(w).killTask(w);
  }

  /** 3.x: the supervisor is the worker process. 2.x: the raw task goes on and writes its own end. */
  killSupervisor(ti: number): boolean {
    if (this.env.config.is3) return this.killWorkerProcess(ti);
    const w = this.atWork(ti);
    if (w === NONE) return false;
    // A pod's first process is its LocalTaskJob: nothing in the container outlives it.
    if (this.ownerOf(w) instanceof KubernetesExecutor) return this.killWorkerProcess(ti);
    this.supervisorOf(w).lose(w, true);
    this.env.workloads.rows.flags[w]! |= FLAG.failed;
    this.ownerOf(w).processEnded(w);
    return true;
  }

  /** The Celery pool child, the worker process of the LocalExecutor, the container of a pod. */
  killWorkerProcess(ti: number): boolean {
    const w = this.atWork(ti);
    if (w === NONE) return false;
    const executor = this.ownerOf(w);
    if (executor instanceof KubernetesExecutor) return executor.cluster.faults.killContainer(w);
    if (executor instanceof CeleryExecutor) return executor.parts.killChild(w);
    if (!(executor instanceof LocalExecutor)) return false;
    return executor.killWorkerOf(w);
  }

  /** User code stops to return to Python: neither a timeout nor SIGTERM ends it. */
  hang(ti: number): boolean {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    const w = this.atWork(ti);
    if (w === NONE || rows.stage[w] !== STAGE.working || this.supervisorOf(w).code.waits(w))
      return false;
    // What is being killed ends whatever it does.
    if ((rows.flags[w]! & (FLAG.hangs | FLAG.leaving)) !== 0) return false;
    rows.left[w] = Math.max(0, rows.until[w]! - context.now);
    rows.flags[w]! |= FLAG.hangs;
    forgetPlans(this.env, w);
    return true;
  }

  /** It comes back: a timeout that has passed meanwhile ends it now. */
  goOn(ti: number): boolean {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    const w = this.atWork(ti);
    if (w === NONE || (rows.flags[w]! & FLAG.hangs) === 0) return false;
    rows.flags[w]! &= ~FLAG.hangs;
    if ((rows.flags[w]! & FLAG.leaving) !== 0) {
      rows.goesOn[w] = context.now + rows.left[w]!;
      return true;
    }
    const overdue = this.supervisorOf(w).code.isOverdue(w);
    if (overdue) rows.outcome[w] = OUTCOME.failed;
    later(this.env, w, overdue ? 0 : rows.left[w]!, PLANT_EVENT.report);
    return true;
  }

  /** The workload of a task instance whose task process lives under a supervisor. */
  private atWork(ti: number): number {
    const { workloads } = this.env;
    const { rows } = workloads;
    for (let w = ti < 0 ? NONE : workloads.newest(ti); w !== NONE; w = rows.next[w]!) {
      const stage = rows.stage[w]!;
      if (stage === STAGE.started || stage === STAGE.working) return w;
    }
    return NONE;
  }
}
