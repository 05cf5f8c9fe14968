/** How the container of a pod comes up on its node: image, container, interpreter (semantics 6.7). */
import { pod } from '../../machines/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { drawSpan, later, spend, type PlantEnv } from '../runner/env.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NONE } from '../runner/workloads.ts';
import type { ClusterParts } from './clusterParts.ts';
import { IMAGE_ERRORS } from './imageCache.ts';

/** Seconds between two attempts to pull an image: 10, 20, 40 ... 300 (kubelet). */
const FIRST_BACK_OFF = 10_000_000;
const LONGEST_BACK_OFF = 300_000_000;

export class Containers {
  private readonly env: PlantEnv;
  private readonly cluster: ClusterParts;
  private readonly pull: Step;
  private readonly pullError: Step;
  private readonly containerStart: Step;
  private readonly interpreter: Step;
  private readonly watch: Step;

  constructor(env: PlantEnv, cluster: ClusterParts) {
    this.env = env;
    this.cluster = cluster;
    const { timings } = env;
    this.pull = timings.step('kubernetes.image_pull');
    this.pullError = timings.step('kubernetes.image_error');
    this.containerStart = timings.step('kubernetes.container_start');
    this.interpreter = timings.step('kubernetes.interpreter');
    this.watch = timings.step('kubernetes.watch');
  }

  onImage(w: number): void {
    const { rows } = this.env.workloads;
    const { image } = this.cluster.needOf(w);
    if (rows.pod[w] === pod.state.ImagePullBackOff) {
      this.cluster.mark(w, pod.event['after.image_pull_back_off']);
      return this.bring(w);
    }
    const error = this.cluster.images.broken.get(image);
    if (error !== NONE) return this.failImage(w, IMAGE_ERRORS[error]!);
    this.cluster.images.keep(rows.place[w]!, image);
    this.startContainer(w);
  }

  /** The container runs: interpreter and imports come before the supervisor. */
  onBoot(w: number): void {
    this.cluster.mark(w, pod.event.started);
    const span = drawSpan(this.env, w, this.interpreter.sampler, this.interpreter.purpose);
    this.cluster.supervisor.begin(w, span);
  }

  /** Into the container at once where the image is, else with or after a pull. */
  bring(w: number): void {
    const { env } = this;
    const { images } = this.cluster;
    const node = env.workloads.rows.place[w]!;
    const { image } = this.cluster.needOf(w);
    const error = images.broken.get(image);
    const cached = images.isCached(node, image, env.context.now);
    // A pull is not asked for what lies there; a broken configuration is noticed all the same.
    if (error !== NONE && (!cached || IMAGE_ERRORS[error] === 'CreateContainerConfigError')) {
      const span = drawSpan(env, w, this.pullError.sampler, this.pullError.purpose);
      return later(env, w, span, PLANT_EVENT.image);
    }
    if (cached) return this.startContainer(w);
    if (images.isAbsent(node, image)) {
      const span = drawSpan(env, w, this.pull.sampler, this.pull.purpose);
      images.pull(node, image, env.context.now + span);
    }
    later(env, w, images.endOf(node, image) - env.context.now, PLANT_EVENT.image);
  }

  private failImage(w: number, reason: string): void {
    const wrongConfig = reason === 'CreateContainerConfigError';
    this.cluster.mark(w, wrongConfig ? pod.event.config_error : pod.event.image_pull_failed);
    const { rows } = this.env.workloads;
    // ErrImagePull with "pull QPS exceeded" is waited out whatever the list says.
    if (this.env.config.podFatalReasons.includes(reason)) {
      rows.flags[w]! |= FLAG.failed;
      const seen = drawSpan(this.env, w, this.watch.sampler, this.watch.purpose);
      return later(this.env, w, seen, PLANT_EVENT.watch);
    }
    if (wrongConfig) return;
    this.cluster.mark(w, pod.event.back_off);
    const elapsed = this.env.context.now - rows.since[w]!;
    const wait = Math.min(LONGEST_BACK_OFF, elapsed + FIRST_BACK_OFF);
    later(this.env, w, wait, PLANT_EVENT.image);
  }

  private startContainer(w: number): void {
    spend(this.env, this.containerStart, w, PLANT_EVENT.boot);
  }

  /** When the row of a pod on a node will be running, if nothing comes between. */
  runsAt(w: number): number {
    const { rows } = this.env.workloads;
    const span = (step: Step): number => drawSpan(this.env, w, step.sampler, step.purpose);
    let at = rows.until[w]!;
    const phase = rows.pod[w];
    if (phase === pod.state.ContainerCreating) {
      at += span(this.interpreter) + this.cluster.supervisor.startSpan(w);
      if (this.pulls(w)) at += span(this.containerStart);
    }
    return at;
  }

  pulls(w: number): boolean {
    const node = this.env.workloads.rows.place[w]!;
    return node !== NONE && this.cluster.images.isPulling(node, this.cluster.needOf(w).image);
  }
}
