/**
 * Node autoscaler, after the rules of Kubernetes' Cluster Autoscaler: each scan looks at the pods
 * that fit nowhere and adds as many nodes as they need; a node that has been empty for long enough
 * is taken away. Pods of tasks belong to no controller, so that a node with one is never emptied.
 */
import { PLANT_RECORD } from '../executors/records.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { scalars, unit, type Saveable } from '../../kernel/index.ts';
import type { PlantEnv } from '../runner/env.ts';
import type { Step } from '../runner/timings.ts';
import { NONE } from '../runner/workloads.ts';
import type { AutoscalerSpec } from '../scenario.ts';
import { sizeOf } from './nodeNames.ts';
import { NODE, type Nodes } from './nodes.ts';
import type { PodNeed } from './podNeeds.ts';

const SECOND = 1_000_000;

/** Room on one node that comes, while a scan counts how many are needed. */
interface Room {
  readonly node: number;
  pods: number;
  cpu: number;
  memory: number;
}

export class Autoscaler {
  readonly state: Saveable;
  readonly enabled: boolean;
  private readonly env: PlantEnv;
  private readonly nodes: Nodes;
  private readonly scan: number;
  private readonly unneeded: number;
  private readonly provision: Step;
  private readonly counters = { armed: 0, added: 0 };

  constructor(env: PlantEnv, nodes: Nodes, spec: AutoscalerSpec = {}) {
    this.env = env;
    this.nodes = nodes;
    this.scan = Math.max(1, (spec.scan_s ?? 10) * SECOND);
    this.unneeded = (spec.scale_down_after_s ?? 600) * SECOND;
    this.provision = env.timings.step('kubernetes.node_provision');
    this.enabled = nodes.groups.some((each) => each.max !== undefined || each.min !== undefined);
    this.state = scalars(this.counters);
    if (this.enabled) nodes.info.forEach((_, node) => this.emptied(node));
  }

  /** A pod fits nowhere: the next scan will see it. */
  podPending(): void {
    if (!this.enabled || this.counters.armed === 1) return;
    this.counters.armed = 1;
    const { context } = this.env;
    const wait = this.scan - (context.now % this.scan);
    context.after(wait, PLANT_EVENT.scan, NONE);
  }

  /** Adds nodes for the pods that wait; `needs` in the order in which they would be placed. */
  onScan(needs: readonly PodNeed[]): void {
    this.counters.armed = 0;
    const coming = this.coming();
    for (const need of needs) {
      const room = coming.find((each) => fits(each, need)) ?? this.add(need, coming);
      if (room === null) continue;
      room.pods -= 1;
      room.cpu -= need.cpu;
      room.memory -= need.memory;
    }
  }

  /** The last pod has left the node, or it has just come. */
  emptied(node: number): void {
    if (!this.enabled || this.nodes.stateOf(node) !== NODE.ready) return;
    this.env.context.after(this.unneeded, PLANT_EVENT.unneeded, node);
  }

  /** True when the node goes: empty all the time, and the group is above its least size. */
  onUnneeded(node: number): boolean {
    const { nodes, env } = this;
    const { rows } = nodes;
    if (nodes.stateOf(node) !== NODE.ready || rows.pods[node]! > 0) return false;
    if (env.context.now - rows.emptySince[node]! < this.unneeded) return false;
    const { group } = nodes.info[node]!;
    const spec = nodes.groups[group]!;
    if (this.sizeNow(group) <= (spec.min ?? spec.count)) return false;
    nodes.set(node, NODE.off);
    env.context.record(node, PLANT_RECORD.nodeRemoved);
    return true;
  }

  private coming(): Room[] {
    const { nodes } = this;
    const found: Room[] = [];
    nodes.info.forEach(({ pods, cpu, memory }, node) => {
      if (nodes.stateOf(node) === NODE.starting) found.push({ node, pods, cpu, memory });
    });
    return found;
  }

  /** Orders the first node that is off and could take the pod. */
  private add(need: PodNeed, coming: Room[]): Room | null {
    const { nodes, env } = this;
    const node = nodes.info.findIndex(
      (_, each) => nodes.stateOf(each) === NODE.off && nodes.couldHold(each, need),
    );
    if (node < 0) return null;
    nodes.set(node, NODE.starting);
    const { sampler, purpose } = this.provision;
    const u = unit(env.context.seed, node, this.counters.added++, 0, purpose);
    env.context.record(node, PLANT_RECORD.nodeOrdered);
    env.context.after(sampler.draw(u), PLANT_EVENT.nodeReady, node);
    const { pods, cpu, memory } = nodes.info[node]!;
    const room = { node, pods, cpu, memory };
    coming.push(room);
    return room;
  }

  private sizeNow(group: number): number {
    const { nodes } = this;
    let size = 0;
    nodes.info.forEach((info, node) => {
      if (info.group === group && nodes.stateOf(node) !== NODE.off) size += 1;
    });
    return Math.min(size, sizeOf(nodes.groups[group]!));
  }
}

function fits(room: Room, need: PodNeed): boolean {
  return room.pods > 0 && room.cpu >= need.cpu && room.memory >= need.memory;
}
