/** What the files around a cluster know of it. */
import type { IntSet } from '../../kernel/index.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { ImageCache } from './imageCache.ts';
import type { KubeApi } from './kubeApi.ts';
import type { Nodes } from './nodes.ts';
import type { PodNeed, PodNeeds } from './podNeeds.ts';

export interface ClusterParts {
  readonly nodes: Nodes;
  readonly needs: PodNeeds;
  readonly images: ImageCache;
  readonly api: KubeApi;
  /** Pods whose end no watcher will see. */
  readonly missed: IntSet;
  readonly supervisor: Supervisor;
  needOf(w: number): PodNeed;
  /** One step of the pod's machine without more. */
  mark(w: number, event: number): void;
  /** A pod is over before its end: `event` of the pod's machine. False: it was over already. */
  remove(w: number, event: number): boolean;
  setNode(node: number, state: number): void;
  /** The workload is a pod on a node. */
  holds(w: number): boolean;
  /** The workload has a pod, on a node or not. */
  exists(w: number): boolean;
  podsOn(node: number): number[];
  /** Its node is back: the container is made anew. */
  resume(w: number): void;
}
