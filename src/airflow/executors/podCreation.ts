/**
 * Step 7 of a heartbeat of the KubernetesExecutor (semantics 6.4.1, 6.4.2): some pods of the task
 * queue are created, one call after the other or at once, and what the API answers decides whether
 * a key goes on, waits in the queue again, or has failed.
 */
import { US_PER_SECOND } from '../../base/time.ts';
import { group, scalars, type IntQueue, type Saveable } from '../../kernel/index.ts';
import { kubernetesKey } from '../../machines/index.ts';
import type { Cluster } from '../fleet/cluster.ts';
import { ANSWER, isForNow, pausesCreation } from '../fleet/kubeApi.ts';
import { drawSpan, type PlantEnv } from '../runner/env.ts';
import { CALL } from '../runner/outage.ts';
import type { Step } from '../runner/timings.ts';
import { IntMap } from '../world/intMap.ts';
import type { KeyBook } from './keyBook.ts';

const EVENT = kubernetesKey.event;
const RETRIES_LEFT = 1 << kubernetesKey.guard.publish_retries_left;

export class PodCreation {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly cluster: Cluster;
  private readonly keys: KeyBook;
  /** Keys whose pod is still to be created. */
  private readonly queue: IntQueue;
  /** The scheduler whose executor this is of. */
  private readonly owner: number;
  private readonly createCall: Step;
  private readonly timeout: number;
  /** task_publish_retries: attempts that failed so far. */
  private readonly failed = new IntMap();
  /** create_pods_after. */
  private readonly pause = { until: 0 };

  constructor(env: PlantEnv, cluster: Cluster, keys: KeyBook, queue: IntQueue, owner: number) {
    this.owner = owner;
    this.env = env;
    this.cluster = cluster;
    this.keys = keys;
    this.queue = queue;
    this.createCall = env.timings.step('kubernetes.create_call');
    this.timeout = env.timings.number('kubernetes.api_timeout') * US_PER_SECOND;
    this.state = group({ failed: this.failed, pause: scalars(this.pause) });
  }

  /** Until when nothing is created, after an answer that asked to wait. */
  get pausedUntil(): number {
    return this.pause.until;
  }

  /** How often creating the pod has failed so far. */
  attempts(w: number): number {
    return this.failed.get(w, 0);
  }

  /** A batch; `held` microseconds of the heartbeat have passed. Returns how many have then. */
  run(held: number, guards: number): number {
    const { config, context } = this.env;
    if (this.pause.until > context.now) return held;
    const together = config.podCreationsAtOnce;
    let longest = 0;
    for (let n = 0; n < config.podBatch && this.queue.size > 0; n++) {
      const w = this.queue.shift();
      if (this.isStale(w, guards)) continue;
      longest = Math.max(longest, this.spanOf(w));
      if (together > 1 && (n + 1) % together !== 0) {
        this.ask(w, held + longest, guards);
        continue;
      }
      held += longest;
      longest = 0;
      if (this.ask(w, held, guards) && together === 1) return held;
    }
    return held + longest;
  }

  /** 3.x: the row has changed meanwhile, nobody wants the pod any more. */
  private isStale(w: number, guards: number): boolean {
    const { workloads, port, config } = this.env;
    const { rows } = workloads;
    if (!config.is3 || port.isQueued(rows.ti[w]!, rows.tryNumber[w]!)) return false;
    this.keys.step(w, EVENT.row_changed, guards);
    this.forget(w);
    return true;
  }

  private spanOf(w: number): number {
    const answer = this.answer();
    if (answer === ANSWER.noConnection) return 0;
    if (answer === ANSWER.noAnswer) return this.timeout;
    return drawSpan(this.env, w, this.createCall.sampler, this.createCall.purpose);
  }

  /** One create call, through `held` from now. True: no further pods in this heartbeat. */
  private ask(w: number, held: number, guards: number): boolean {
    const { cluster, keys } = this;
    const { quota } = cluster;
    const over = quota.exceeded(cluster.needOf(w)) !== null;
    const met = this.answer();
    const answer = met === ANSWER.created && over ? ANSWER.exceededQuota : met;
    if (answer !== ANSWER.created) return this.refused(w, answer, held, guards);
    this.failed.delete(w);
    keys.step(w, EVENT.pod_created, guards);
    cluster.create(w, held);
    return false;
  }

  /** What a call of this scheduler meets: its own way to the API may be cut. */
  private answer(): number {
    const cut = this.env.outage.executorCut(this.owner);
    if (cut === CALL.answered) return this.cluster.api.answer;
    return cut === CALL.silent ? ANSWER.noAnswer : ANSWER.noConnection;
  }

  private refused(w: number, answer: number, held: number, guards: number): boolean {
    const { config, context } = this.env;
    const used = this.failed.get(w, 0);
    const limit = config.podPublishRetries;
    const again = isForNow(answer) && (limit < 0 || used < limit);
    if (!again) {
      this.keys.step(
        w,
        isForNow(answer) ? EVENT.create_refused_for_now : EVENT.create_refused,
        guards,
      );
      this.forget(w);
      return false;
    }
    this.keys.step(w, EVENT.create_refused_for_now, guards | RETRIES_LEFT);
    this.failed.set(w, used + 1);
    this.queue.push(w);
    const { retryAfter } = this.cluster.api;
    if (!pausesCreation(answer, retryAfter)) return false;
    this.pause.until = context.now + held + retryAfter;
    return true;
  }

  private forget(w: number): void {
    this.failed.delete(w);
    this.env.workloads.remove(w);
  }
}
