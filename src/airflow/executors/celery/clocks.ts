/**
 * What Celery and its broker look at from time to time: messages that nobody has acknowledged for
 * too long (Redis: visibility_timeout, RabbitMQ: consumer_timeout), pools that have become too
 * large (celery.worker_autoscale). A clock with nothing to find is not wound up.
 */
import { US_PER_SECOND } from '../../../base/time.ts';
import type { Broker } from '../../fleet/broker.ts';
import type { CeleryWorkers } from '../../fleet/celeryWorkers.ts';
import type { PlantEnv } from '../../runner/env.ts';
import { FLAG, NONE } from '../../runner/workloads.ts';
import { PLANT_EVENT } from '../plantEvents.ts';
import type { Messages } from './messages.ts';

/** celery/worker/autoscale.py: AUTOSCALE_KEEPALIVE, the age of work and the step of looking. */
const KEEPALIVE = 30 * US_PER_SECOND;

/** The Celery provider's visibility_timeout: longer than what is simulated, most often. */
const DAY = 86_400 * US_PER_SECOND;

/** RabbitMQ looks at the age of deliveries once a minute. */
const RABBIT_TICK = 60 * US_PER_SECOND;

interface Site {
  readonly broker: Broker;
  readonly workers: CeleryWorkers;
  readonly messages: Messages;
}

export class CeleryClocks {
  private readonly env: PlantEnv;
  private readonly site: Site;
  private readonly consumerTimeout: number;
  private readonly sweepStep: number;

  constructor(env: PlantEnv, site: Site) {
    this.env = env;
    this.site = site;
    const { timings, context, config } = env;
    const { redeliversOnClose } = site.broker;
    this.consumerTimeout = timings.step('rabbitmq.consumer_timeout').sampler.constant;
    const redisSweep = Math.max(1, timings.step('celery.redis_sweep').sampler.constant);
    this.sweepStep = redeliversOnClose ? RABBIT_TICK : redisSweep;
    const sweeps = redeliversOnClose ? this.consumerTimeout > 0 : config.visibilityTimeout < DAY;
    if (config.acksLate && sweeps) context.after(this.sweepStep, PLANT_EVENT.sweep, NONE);
    const scales = site.workers.plans.some(({ min, max }) => max > min);
    if (scales) context.after(KEEPALIVE, PLANT_EVENT.autoscale, NONE);
  }

  handle(kind: number): boolean {
    if (kind === PLANT_EVENT.sweep) this.sweep();
    else if (kind === PLANT_EVENT.autoscale) this.autoscale();
    else return false;
    return true;
  }

  private autoscale(): void {
    this.site.workers.shrinkPools(KEEPALIVE);
    this.env.context.after(KEEPALIVE, PLANT_EVENT.autoscale, NONE);
  }

  private sweep(): void {
    if (this.site.broker.redeliversOnClose) this.closeChannels();
    else this.restoreVisible();
    this.env.context.after(this.sweepStep, PLANT_EVENT.sweep, NONE);
  }

  /** Redis: each message by its own age. */
  private restoreVisible(): void {
    const { workers, messages } = this.site;
    const limit = this.env.config.visibilityTimeout;
    workers.eachRunning(NONE, (w) => {
      if (this.isOverdue(w, limit)) messages.deliverCopy(w);
    });
  }

  /** RabbitMQ: one delivery that is too old closes the channel, and all of that worker come back. */
  private closeChannels(): void {
    const { workers, messages } = this.site;
    const late = new Set<number>();
    const { rows } = this.env.workloads;
    workers.eachRunning(NONE, (w) => {
      if (this.isOverdue(w, this.consumerTimeout)) late.add(rows.place[w]!);
    });
    for (const worker of late) {
      workers.eachRunning(worker, (w) => {
        if ((rows.flags[w]! & FLAG.copied) === 0) messages.deliverCopy(w);
      });
      workers.forgetReserved(worker, (w) => messages.returnNow(w));
    }
  }

  private isOverdue(w: number, limit: number): boolean {
    const { flags, started } = this.env.workloads.rows;
    if ((flags[w]! & FLAG.copied) !== 0 || started[w] === NONE) return false;
    return this.env.context.now - started[w]! >= limit;
  }
}
