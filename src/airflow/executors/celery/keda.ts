/**
 * KEDA for Celery workers, as the Helm chart of Airflow sets it up: every few seconds it asks the
 * database how many task instances run or are queued, and wants ceil(that / concurrency) workers.
 * More are started at once; fewer must have been enough for a while (the stabilization window of
 * the pod autoscaler) before the last ones are told to stop, warm, with their grace period.
 */
import { makeTable, type Saveable } from '../../../kernel/index.ts';
import { US_PER_SECOND } from '../../../base/time.ts';
import type { CeleryWorkers } from '../../fleet/celeryWorkers.ts';
import { WORKER } from '../../fleet/workerPlan.ts';
import type { PlantEnv } from '../../runner/env.ts';
import { FLAG, NONE } from '../../runner/workloads.ts';
import type { KedaSpec, WorkerGroupSpec } from '../../scenario.ts';
import { PLANT_EVENT } from '../plantEvents.ts';
import type { CeleryParts } from './parts.ts';

/** chart/values.yaml: workers.keda.pollingInterval, workers.terminationGracePeriodSeconds. */
const POLLING_S = 5;
const GRACE_S = 600;
/** Kubernetes: --horizontal-pod-autoscaler-downscale-stabilization. */
const COOLDOWN_S = 300;

interface Site {
  readonly workers: CeleryWorkers;
  readonly parts: CeleryParts;
}

interface Scaled extends Required<KedaSpec> {
  readonly group: number;
  readonly concurrency: number;
}

export class Keda {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly site: Site;
  private readonly groups: readonly Scaled[];
  /** Per group of the fleet: since when fewer workers are enough, and how many at most. */
  private readonly calm = makeTable('keda', { since: ['f64', NONE], most: 'i32' });

  constructor(env: PlantEnv, site: Site, groups: readonly WorkerGroupSpec[]) {
    this.env = env;
    this.site = site;
    this.groups = groups.flatMap(({ keda, concurrency, autoscale }, group) =>
      keda === undefined ? [] : [scaled(keda, group, autoscale?.max ?? concurrency)],
    );
    this.calm.addRows(groups.length);
    this.state = this.calm;
    this.groups.forEach(({ polling_s }, each) => {
      env.context.after(Math.round(polling_s * US_PER_SECOND), PLANT_EVENT.keda, each);
    });
  }

  handle(kind: number, subject: number): boolean {
    const scale = kind === PLANT_EVENT.keda ? this.groups[subject] : undefined;
    if (scale === undefined) return false;
    this.look(scale);
    const wait = Math.max(1, Math.round(scale.polling_s * US_PER_SECOND));
    this.env.context.after(wait, PLANT_EVENT.keda, subject);
    return true;
  }

  private look(scale: Scaled): void {
    const needed = Math.ceil(this.demand(scale.group) / scale.concurrency);
    const wanted = Math.min(Math.max(needed, scale.min), scale.max);
    const have = this.workersOf(
      scale.group,
      (mode) => mode !== WORKER.gone && mode !== WORKER.draining,
    );
    const { since } = this.calm;
    if (wanted >= have.length) {
      since[scale.group] = NONE;
      const spare = this.workersOf(scale.group, (mode) => mode === WORKER.gone);
      for (const worker of spare.slice(0, wanted - have.length))
        this.site.parts.startWorker(worker);
    } else this.settle(scale, wanted, have);
  }

  /** Fewer are enough: for long enough, and down to the most that was wanted meanwhile. */
  private settle(scale: Scaled, wanted: number, have: readonly number[]): void {
    const { calm } = this;
    const { now } = this.env.context;
    const { group } = scale;
    const first = calm.since[group] === NONE;
    calm.most[group] = first ? wanted : Math.max(calm.most[group]!, wanted);
    if (first) calm.since[group] = now;
    if (now - calm.since[group]! < scale.cooldown_s * US_PER_SECOND) return;
    calm.since[group] = NONE;
    const grace = Math.round(scale.grace_s * US_PER_SECOND);
    for (const worker of have.slice(calm.most[group]!)) this.site.parts.stopWorker(worker, grace);
  }

  private workersOf(group: number, has: (mode: number) => boolean): number[] {
    const { workers } = this.site;
    return workers.plans.flatMap((plan, worker) =>
      plan.group === group && has(workers.modeOf(worker)) ? [worker] : [],
    );
  }

  /** Task instances of the group's queues in the states queued and running. */
  private demand(group: number): number {
    const { workloads, port, part } = this.env;
    const { rows } = workloads;
    const queues = this.site.workers.plans.find((plan) => plan.group === group)?.queues ?? [];
    let count = 0;
    for (let w = 0; w < rows.rows; w++) {
      const ti = rows.ti[w]!;
      if (ti === NONE || rows.part[w] !== part || (rows.flags[w]! & NOT_NEWEST) !== 0) continue;
      const tryNumber = rows.tryNumber[w]!;
      if (!port.isQueued(ti, tryNumber) && !port.isRunning(ti, tryNumber)) continue;
      if (queues.includes(port.queueOf(ti))) count += 1;
    }
    return count;
  }
}

/** Deliveries and revoked messages of a row that another workload stands for. */
const NOT_NEWEST = FLAG.copy | FLAG.ignored;

function scaled(spec: KedaSpec, group: number, concurrency: number): Scaled {
  const { min, max, polling_s = POLLING_S, cooldown_s = COOLDOWN_S, grace_s = GRACE_S } = spec;
  return { min, max, polling_s, cooldown_s, grace_s, group, concurrency };
}
