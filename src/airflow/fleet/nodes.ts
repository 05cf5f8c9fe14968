/**
 * The nodes of a cluster: what fits where. Rows for all nodes that may ever be there; those of an
 * autoscaled group above its present size are off. A node without given cpu or memory has enough.
 */
import { group, IntSet, makeTable, type Saveable } from '../../kernel/index.ts';
import { nodeName, sizeOf } from './nodeNames.ts';
import { NONE } from '../runner/workloads.ts';
import type { NodeGroupSpec } from '../scenario.ts';
import type { PodNeed } from './podNeeds.ts';

export const NODE = {
  /** Not there: an autoscaler may add it. */
  off: 0,
  /** The cloud makes it. */
  starting: 1,
  ready: 2,
  /** It does not answer. */
  lost: 3,
  /** kubectl cordon: nothing new comes, what is there goes on. */
  cordoned: 4,
} as const;

/** Why a pod does not fit on a node: the words of kube-scheduler's message. */
export type Misfit = 'cpu' | 'memory' | 'pods' | 'away';

export interface NodeInfo {
  readonly name: string;
  readonly group: number;
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
}

export class Nodes {
  readonly state: Saveable;
  readonly info: readonly NodeInfo[];
  readonly groups: readonly NodeGroupSpec[];
  readonly rows = makeTable('node', {
    state: 'u8',
    pods: 'i32',
    cpu: 'f64',
    memory: 'f64',
    /** Since when no pod is on it. */
    emptySince: 'f64',
  });
  /** Nodes that take pods. */
  private readonly open = new IntSet();
  private readonly plain: boolean;

  constructor(groups: readonly NodeGroupSpec[]) {
    this.groups = groups;
    this.info = groups.flatMap(nodesOf);
    this.plain = this.info.every(({ cpu, memory }) => cpu === Infinity && memory === Infinity);
    this.rows.addRows(this.info.length);
    let node = 0;
    for (const spec of groups) {
      for (let n = 0; n < sizeOf(spec); n++, node++) if (n < spec.count) this.set(node, NODE.ready);
    }
    this.state = group({ rows: this.rows, open: this.open });
  }

  /** Nodes that are there and answer. */
  get ready(): number {
    return this.open.size;
  }

  stateOf(node: number): number {
    return this.rows.state[node]!;
  }

  set(node: number, state: number): void {
    this.rows.state[node] = state;
    if (state === NODE.ready) this.open.add(node);
    else this.open.remove(node);
  }

  take(node: number, need: PodNeed): void {
    const { rows } = this;
    rows.pods[node]! += 1;
    rows.cpu[node]! += need.cpu;
    rows.memory[node]! += need.memory;
  }

  give(node: number, need: PodNeed, now: number): void {
    const { rows } = this;
    rows.pods[node]! -= 1;
    rows.cpu[node]! -= need.cpu;
    rows.memory[node]! -= need.memory;
    if (rows.pods[node] === 0) rows.emptySince[node] = now;
  }

  /** The node with the largest free share; the first of equal ones; -1: the pod fits nowhere. */
  pick(need: PodNeed): number {
    let best: number = NONE;
    let most = -1;
    for (let node = this.open.next(0); node >= 0; node = this.open.next(node + 1)) {
      if (this.misfit(node, need) !== null) continue;
      const free = this.freeShare(node);
      if (free > most) [best, most] = [node, free];
    }
    return best;
  }

  /** Null: it fits. */
  misfit(node: number, need: PodNeed): Misfit | null {
    if (this.rows.state[node] !== NODE.ready) return 'away';
    const { pods, cpu, memory } = this.info[node]!;
    if (this.rows.pods[node]! >= pods) return 'pods';
    if (this.plain) return null;
    if (this.rows.cpu[node]! + need.cpu > cpu) return 'cpu';
    return this.rows.memory[node]! + need.memory > memory ? 'memory' : null;
  }

  /** How many nodes are short of what, over all that are there. */
  shortage(need: PodNeed): Record<Misfit, number> {
    const found = { cpu: 0, memory: 0, pods: 0, away: 0 };
    this.info.forEach((_, node) => {
      const state = this.rows.state[node];
      if (state === NODE.off || state === NODE.starting) return;
      const misfit = this.misfit(node, need);
      if (misfit !== null) found[misfit] += 1;
    });
    return found;
  }

  /** An empty node of the group could take the pod. */
  couldHold(node: number, need: PodNeed): boolean {
    const { cpu, memory, pods } = this.info[node]!;
    return need.cpu <= cpu && need.memory <= memory && pods > 0;
  }

  /** kube-scheduler's LeastAllocated: the mean of the free shares that are known. */
  private freeShare(node: number): number {
    const { pods, cpu, memory } = this.info[node]!;
    if (this.plain) return 1 - this.rows.pods[node]! / pods;
    const ofCpu = cpu === Infinity ? 1 : 1 - this.rows.cpu[node]! / cpu;
    const ofMemory = memory === Infinity ? 1 : 1 - this.rows.memory[node]! / memory;
    return (ofCpu + ofMemory) / 2;
  }
}

function nodesOf(spec: NodeGroupSpec, index: number): NodeInfo[] {
  const size = sizeOf(spec);
  return Array.from({ length: size }, (_, i) => ({
    name: nodeName(spec, i),
    group: index,
    pods: spec.pods,
    cpu: spec.cpu_m ?? Infinity,
    memory: spec.memory_mb ?? Infinity,
  }));
}
