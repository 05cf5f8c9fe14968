/**
 * What can happen to pods and nodes (reliability 5: F15 to F20 and the loss of a node), as the
 * kubelet, the node controller and the watcher of the executor deal with it.
 */
import { US_PER_SECOND } from '../../base/time.ts';
import { pod } from '../../machines/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { drawSpan, forgetPlans, later, type PlantEnv } from '../runner/env.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NONE, OUTCOME, STAGE } from '../runner/workloads.ts';
import type { ClusterParts } from './clusterParts.ts';
import { IMAGE_ERRORS, type ImageError } from './imageCache.ts';
import { ANSWER } from './kubeApi.ts';
import { CALL } from '../runner/outage.ts';
import { NODE } from './nodes.ts';

export class PodFaults {
  private readonly env: PlantEnv;
  private readonly cluster: ClusterParts;
  private readonly watch: Step;
  private readonly unreachable: number;

  constructor(env: PlantEnv, cluster: ClusterParts) {
    this.env = env;
    this.cluster = cluster;
    this.watch = env.timings.step('kubernetes.watch');
    const { timings } = env;
    const seconds = timings.number('kubernetes.node_grace') + timings.number('kubernetes.eviction');
    this.unreachable = Math.round(seconds * US_PER_SECOND);
  }

  /** Evicted by its node: phase Failed. A pod without a node cannot be. */
  evict(w: number): boolean {
    return this.cluster.holds(w) && this.fail(w, pod.event.evict);
  }

  /** Every pod of the node. */
  evictAll(node: number): boolean {
    const pods = this.cluster.podsOn(node);
    for (const w of pods) this.evict(w);
    return pods.length > 0;
  }

  /** The container has used more memory than its limit, or than the node had. */
  killForMemory(w: number): boolean {
    return this.isRunning(w) && this.fail(w, pod.event.oom_killed);
  }

  /** The first process of the container is killed: the container ends with it. */
  killContainer(w: number): boolean {
    return this.isRunning(w) && this.fail(w, pod.event.exit_nonzero);
  }

  /** kubectl delete pod, or the like: `grace` microseconds between SIGTERM and SIGKILL. */
  delete(w: number, grace: number): boolean {
    const { cluster, env } = this;
    if (!cluster.exists(w)) return false;
    if (!this.isRunning(w)) {
      // Pending and deleted: the watcher only writes a line; the task instance stays queued.
      if (cluster.holds(w)) cluster.supervisor.forget(w);
      forgetPlans(env, w);
      return cluster.remove(w, pod.event.delete);
    }
    cluster.mark(w, pod.event.delete);
    const { rows } = env.workloads;
    const begun = rows.stage[w]! >= STAGE.started;
    if (!begun || grace === 0) this.containersGone(w);
    else this.terminate(w, grace);
    return true;
  }

  /** The grace period is over: what still runs is killed. */
  onGraceOver(w: number, ti: number): void {
    const { rows } = this.env.workloads;
    if (rows.ti[w] === ti && rows.pod[w] === pod.state.Terminating) this.containersGone(w);
  }

  /** The watcher will not see how the pod ends (gone before it had started again). */
  miss(w: number): boolean {
    if (!this.cluster.exists(w)) return false;
    this.cluster.missed.add(w);
    return true;
  }

  /** Nothing new comes to the node. */
  cordon(node: number): boolean {
    if (this.cluster.nodes.stateOf(node) !== NODE.ready) return false;
    this.cluster.setNode(node, NODE.cordoned);
    return true;
  }

  /** The node does not answer any more, and what ran on it is dead. */
  loseNode(node: number): boolean {
    const { cluster, env } = this;
    const state = cluster.nodes.stateOf(node);
    if (state !== NODE.ready && state !== NODE.cordoned) return false;
    const pods = cluster.podsOn(node);
    cluster.setNode(node, NODE.lost);
    for (const w of pods) this.loseWithNode(w);
    env.context.after(this.unreachable, PLANT_EVENT.evictLost, node);
    return true;
  }

  /** Its pods are marked for deletion; nobody is there to confirm it. */
  onUnreachable(node: number): void {
    const { cluster } = this;
    if (cluster.nodes.stateOf(node) !== NODE.lost) return;
    for (const w of this.allOn(node)) {
      cluster.mark(w, pod.event['after.node_unreachable_toleration']);
    }
  }

  /** It answers again, or takes pods again: containers of before are dead, images are there. */
  restoreNode(node: number): boolean {
    const { cluster } = this;
    const state = cluster.nodes.stateOf(node);
    if (state !== NODE.lost && state !== NODE.cordoned) return false;
    const pods = state === NODE.lost ? this.allOn(node) : [];
    cluster.setNode(node, NODE.ready);
    for (const w of pods) this.comeBack(w);
    return true;
  }

  /** Containers with the image do not start from now on. */
  breakImage(name: string, error: ImageError): boolean {
    const image = this.cluster.needs.images.indexOf(name);
    if (image < 0) return false;
    this.cluster.images.broken.set(image, IMAGE_ERRORS.indexOf(error));
    return true;
  }

  /** Pods that the kubelet still tries find the image at their next attempt. */
  mendImage(name: string): boolean {
    const image = this.cluster.needs.images.indexOf(name);
    if (image < 0 || this.cluster.images.broken.get(image) < 0) return false;
    this.cluster.images.broken.delete(image);
    return true;
  }

  /** Every call gets this answer: an HTTP status, or one of ANSWER. */
  breakApi(answer: number, retryAfter: number): boolean {
    this.cluster.api.break(answer, retryAfter);
    return true;
  }

  /** Watchers start anew and see the ends of pods that still exist. */
  restoreApi(): boolean {
    const { outage, workloads } = this.env;
    this.cluster.api.break(ANSWER.created, 0);
    const seen = this.cluster.api.takeMissed(
      (w) => outage.executorCut(workloads.rows.owner[w]!) === CALL.answered,
    );
    for (const w of seen) this.seenSoon(w);
    return true;
  }

  /** The way of one scheduler to the API is there again: its watchers start anew. */
  watchAgain(scheduler: number): void {
    const { rows } = this.env.workloads;
    if (this.cluster.api.isAway) return;
    for (const w of this.cluster.api.takeMissed((each) => rows.owner[each] === scheduler)) {
      this.seenSoon(w);
    }
  }

  private fail(w: number, event: number): boolean {
    const { cluster } = this;
    cluster.supervisor.lose(w);
    if (!cluster.remove(w, event)) return false;
    this.reportFailure(w);
    return true;
  }

  private containersGone(w: number): void {
    this.cluster.supervisor.lose(w);
    this.cluster.remove(w, pod.event.containers_gone);
    this.reportFailure(w);
  }

  private reportFailure(w: number): void {
    const { rows } = this.env.workloads;
    rows.flags[w]! |= FLAG.failed;
    rows.outcome[w] = OUTCOME.killed;
    this.seenSoon(w);
  }

  private seenSoon(w: number): void {
    const seen = drawSpan(this.env, w, this.watch.sampler, this.watch.purpose);
    later(this.env, w, seen, PLANT_EVENT.watch);
  }

  /** SIGTERM: 2.x raises in the task, which fails; in 3.x user code goes on after on_kill. */
  private terminate(w: number, grace: number): void {
    const { env, cluster } = this;
    const { rows } = env.workloads;
    const raises = !env.config.is3 && (rows.flags[w]! & FLAG.hangs) === 0;
    if (raises && rows.stage[w]! <= STAGE.working) {
      forgetPlans(env, w);
      rows.outcome[w] = OUTCOME.failed;
      cluster.supervisor.onReport(w);
    } else env.context.after(grace, PLANT_EVENT.podGone, w, rows.ti[w]!);
  }

  private loseWithNode(w: number): void {
    const { cluster } = this;
    const { rows } = this.env.workloads;
    cluster.mark(w, pod.event.node_lost);
    if (rows.stage[w]! >= STAGE.started) cluster.supervisor.lose(w);
    else cluster.supervisor.forget(w);
  }

  private comeBack(w: number): void {
    const { cluster, env } = this;
    const { rows } = env.workloads;
    cluster.mark(w, pod.event.node_back);
    if (rows.pod[w] === pod.state.ContainerCreating) return cluster.resume(w);
    const gone = rows.pod[w] === pod.state.Terminating;
    const known = (rows.flags[w]! & FLAG.failed) !== 0;
    cluster.remove(w, gone ? pod.event.containers_gone : pod.event.exit_nonzero);
    if (!known) this.reportFailure(w);
  }

  /** Also those whose processes are gone. */
  private allOn(node: number): number[] {
    const { rows } = this.env.workloads;
    const found: number[] = [];
    for (let w = 0; w < rows.rows; w++) {
      const mine = rows.ti[w] !== NONE && rows.part[w] === this.env.part;
      if (mine && rows.place[w] === node) found.push(w);
    }
    return found;
  }

  private isRunning(w: number): boolean {
    return this.cluster.holds(w) && this.env.workloads.rows.pod[w] === pod.state.Running;
  }
}
