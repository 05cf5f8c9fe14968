/**
 * What the worker pod of each task asks for: requests of cpu and memory, the image. From the task's
 * `pod` (executor_config), else from the pod template of the cluster (semantics 6.4.6).
 */
import type { PlantEnv } from '../runner/env.ts';
import type { DagSpec, PodSpec } from '../spec.ts';

export interface PodNeed {
  /** Millicores. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
  /** Megabytes beyond which the container is killed. */
  readonly limit: number;
  /** Position in `PodNeeds.images`. */
  readonly image: number;
  /** Never created: its executor_config is wrong. */
  readonly invalid: boolean;
}

/** Image of pods that name none. */
const WORKER_IMAGE = 'worker';

export class PodNeeds {
  readonly images: readonly string[];
  /** Every pod asks for the same: whatever does not fit one does not fit another. */
  readonly uniform: boolean;
  private readonly byTask: readonly (readonly PodNeed[])[];

  constructor(dags: readonly DagSpec[], template: PodSpec = {}) {
    const images = [template.image ?? WORKER_IMAGE];
    const numberOf = (name: string): number => {
      const known = images.indexOf(name);
      return known >= 0 ? known : images.push(name) - 1;
    };
    this.byTask = dags.map(({ tasks }) =>
      tasks.map(({ pod }) => ({
        cpu: pod?.cpu_m ?? template.cpu_m ?? 0,
        memory: pod?.memory_mb ?? template.memory_mb ?? 0,
        limit: pod?.memory_limit_mb ?? template.memory_limit_mb ?? Infinity,
        image: pod?.image === undefined ? 0 : numberOf(pod.image),
        invalid: pod?.invalid ?? false,
      })),
    );
    this.images = images;
    this.uniform = dags.every(({ tasks }) => tasks.every(({ pod }) => pod === undefined));
  }

  of({ port }: PlantEnv, ti: number): PodNeed {
    return this.byTask[port.dagOf(ti)]![port.taskOf(ti)]!;
  }
}
