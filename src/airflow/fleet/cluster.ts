/**
 * A Kubernetes cluster as the executor sees it: nodes with room for pods and an image cache each,
 * a scheduler that binds pending pods, first come first served, to the emptiest node that has what
 * they ask for (semantics 6.4.6, 6.7). A pod is a workload; its line is its place on the node.
 */
import { group, IntSet, LinkedLists, scalars, type Saveable } from '../../kernel/index.ts';
import { fire, ILLEGAL, nextState } from '../../machines/fire.ts';
import { pod } from '../../machines/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { FREED, PLANT_DETAIL, PLANT_RECORD } from '../executors/records.ts';
import { drawSpan, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NONE, STAGE } from '../runner/workloads.ts';
import type { FleetSpec } from '../scenario.ts';
import type { DagSpec } from '../spec.ts';
import { Autoscaler } from './autoscaler.ts';
import type { ClusterParts } from './clusterParts.ts';
import { Containers } from './containers.ts';
import { ImageCache } from './imageCache.ts';
import { NODE, Nodes, type Misfit } from './nodes.ts';
import { PodFaults } from './podFaults.ts';
import { PodNeeds, type PodNeed } from './podNeeds.ts';
import { KubeApi } from './kubeApi.ts';
import { Quota } from './quota.ts';
import { SlotLines } from './slotLines.ts';

/** A pod that has ended holds nothing. */
const ENDED: ReadonlySet<number> = new Set([
  pod.state.Succeeded,
  pod.state.Failed,
  pod.state.OOMKilled,
  pod.state.Evicted,
  pod.state.deleted,
]);

export class Cluster implements ClusterParts {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly nodeNames: readonly string[];
  readonly nodes: Nodes;
  readonly quota: Quota;
  readonly needs: PodNeeds;
  readonly images: ImageCache;
  readonly autoscaler: Autoscaler;
  readonly api = new KubeApi();
  readonly faults: PodFaults;
  readonly containers: Containers;
  /** Pods whose end no watcher will see (fault). */
  readonly missed = new IntSet();
  supervisor!: Supervisor;
  readonly env: PlantEnv;
  private readonly left = { pods: 0 };
  private readonly pending = new LinkedLists(1);
  private readonly bind: Step;

  constructor(env: PlantEnv, fleet: FleetSpec, dags: readonly DagSpec[]) {
    this.env = env;
    const { cluster = {} } = fleet;
    this.nodes = new Nodes(fleet.nodes);
    const { info } = this.nodes;
    this.nodeNames = info.map(({ name }) => name);
    this.lines = new SlotLines(info.map(({ name, pods }) => ({ name, slots: pods, queues: [] })));
    this.needs = new PodNeeds(dags, cluster.pod);
    this.quota = new Quota(cluster.quota);
    this.images = new ImageCache(info.length, this.needs.images.length);
    info.forEach((_, node) => this.fillCache(node));
    this.bind = env.timings.step('kubernetes.bind');
    this.containers = new Containers(env, this);
    this.autoscaler = new Autoscaler(env, this.nodes, cluster.autoscaler);
    this.faults = new PodFaults(env, this);
    this.state = group({
      missed: this.missed,
      left: scalars(this.left),
      nodes: this.nodes.state,
      pending: this.pending,
      lines: this.lines,
      quota: this.quota.state,
      images: this.images.state,
      autoscaler: this.autoscaler.state,
      api: this.api.state,
    });
  }

  needOf(w: number): PodNeed {
    return this.needs.of(this.env, this.env.workloads.rows.ti[w]!);
  }

  /** A pod has been created, `before` microseconds from now. */
  create(w: number, before: number): void {
    const { rows } = this.env.workloads;
    rows.pod[w] = pod.initial;
    this.quota.take(this.needOf(w));
    const span = drawSpan(this.env, w, this.bind.sampler, this.bind.purpose);
    rows.event[w] = this.env.context.after(before + span, PLANT_EVENT.bind, w);
  }

  handle(kind: number, subject: number, arg: number): boolean {
    if (kind === PLANT_EVENT.bind) this.onBind(subject);
    else if (kind === PLANT_EVENT.image) this.containers.onImage(subject);
    else if (kind === PLANT_EVENT.boot) this.containers.onBoot(subject);
    else if (kind === PLANT_EVENT.scan) this.onScan();
    else if (kind === PLANT_EVENT.nodeReady) this.onNodeReady(subject);
    else if (kind === PLANT_EVENT.unneeded) this.onUnneeded(subject);
    else if (kind === PLANT_EVENT.podGone) this.faults.onGraceOver(subject, arg);
    else if (kind === PLANT_EVENT.evictLost) this.faults.onUnreachable(subject);
    else return false;
    return true;
  }

  /** The container has exited: room for the next pending pod. A pod that hangs stays. */
  exited(w: number, failed: boolean): void {
    const exits = this.step(w, failed ? pod.event.exit_nonzero : pod.event.exit_zero);
    if (exits || this.step(w, pod.event.containers_gone)) this.leaveNode(w);
  }

  /** Its node is back: the container is made anew. */
  resume(w: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.slot, context.now);
    this.containers.bring(w);
  }

  /** A pod is over before its end: `event` of the pod's machine. False: it was over already. */
  remove(w: number, event: number): boolean {
    const { rows } = this.env.workloads;
    const ended = this.isOver(w);
    if (!this.step(w, event)) return false;
    if (ended) return true;
    if (rows.place[w] !== NONE) {
      if (this.neverRan(w)) this.supervisor.freed(w);
      this.leaveNode(w);
    } else {
      this.pending.remove(w);
      this.quota.give(this.needOf(w));
    }
    return true;
  }

  /** Given up by the watcher for its image or its configuration: no process was there to end. */
  private neverRan(w: number): boolean {
    const { rows } = this.env.workloads;
    return rows.stage[w] === STAGE.ended && (rows.flags[w]! & FLAG.lost) === 0;
  }

  /** The pod is deleted, and nobody waits for anything of it. */
  forget(w: number): void {
    this.remove(w, pod.event.delete);
    this.missed.remove(w);
    this.api.forget(w);
  }

  /** The failed pod stays where it is, pending for ever, and keeps what it asked for. */
  abandon(w: number): void {
    const { rows } = this.env.workloads;
    this.left.pods += 1;
    this.supervisor.freed(w, FREED.lost);
    rows.place[w] = NONE;
    rows.line[w] = NONE;
  }

  /** Pods that nobody deletes any more. */
  get leftovers(): number {
    return this.left.pods;
  }

  /** The pod is gone before a watcher could see it end: its key stays in the executor. */
  endUnseen(w: number): void {
    this.missed.remove(w);
    this.exited(w, false);
    this.step(w, pod.event.delete);
    this.env.workloads.rest(w);
  }

  setNode(node: number, state: number): void {
    const { nodes, env } = this;
    nodes.set(node, state);
    env.context.record(node, PLANT_RECORD.nodeChanged, state);
    if (state === NODE.ready) this.placePending();
  }

  /** One step of the pod's machine without more. */
  mark(w: number, event: number): void {
    this.step(w, event);
  }

  /** The workload is a pod on a node. */
  holds(w: number): boolean {
    const { rows } = this.env.workloads;
    if (w === NONE || rows.place[w] === NONE) return false;
    return rows.stage[w]! >= STAGE.slot && rows.stage[w]! < STAGE.ended;
  }

  /** Its pod is in a phase in which it holds nothing any more. */
  isOver(w: number): boolean {
    return ENDED.has(this.env.workloads.rows.pod[w]!);
  }

  /** The workload has a pod, on a node or not. */
  exists(w: number): boolean {
    return w !== NONE && (this.holds(w) || this.isUnschedulable(w));
  }

  podsOn(node: number): number[] {
    const { rows } = this.env.workloads;
    const found: number[] = [];
    for (let w = 0; w < rows.rows; w++) {
      const stage = rows.stage[w]!;
      const mine = rows.ti[w] !== NONE && rows.part[w] === this.env.part;
      const here = mine && rows.place[w] === node;
      if (here && stage >= STAGE.slot && stage < STAGE.ended) found.push(w);
    }
    return found;
  }

  /** Pods that wait for a node, and all places of the nodes that are there. */
  get demand(): { pending: number; busy: number; slots: number } {
    return { pending: this.pending.count(), busy: this.lines.busy, slots: this.lines.total };
  }

  /** What kube-scheduler says of a pod that fits nowhere. */
  shortage(w: number): Record<Misfit, number> & { nodes: number } {
    const found = this.nodes.shortage(this.needOf(w));
    return { ...found, nodes: found.cpu + found.memory + found.pods + found.away };
  }

  isUnschedulable(w: number): boolean {
    return this.pending.listOf(w) !== NONE;
  }

  /** Phase and reason of a workload's pod, in Kubernetes' words. */
  phaseOf(w: number): string {
    return pod.states[this.env.workloads.rows.pod[w]!] ?? '';
  }

  private onBind(w: number): void {
    const node = this.nodes.pick(this.needOf(w));
    // Who waits already and fits the same places goes first.
    const first = !this.needs.uniform || this.pending.count() === 0;
    if (node !== NONE && first) return this.place(w, node);
    this.step(w, pod.event.unschedulable);
    this.env.workloads.enter(w, STAGE.reserved, this.env.context.now);
    this.pending.append(0, w);
    this.autoscaler.podPending();
  }

  private onScan(): void {
    const waiting: PodNeed[] = [];
    for (let w = this.pending.first(); w !== NONE; w = this.pending.after(w)) {
      waiting.push(this.needOf(w));
    }
    this.autoscaler.onScan(waiting);
  }

  private onNodeReady(node: number): void {
    this.images.forget(node);
    this.fillCache(node);
    this.nodes.rows.emptySince[node] = this.env.context.now;
    this.setNode(node, NODE.ready);
    if (this.nodes.rows.pods[node] === 0) this.autoscaler.emptied(node);
  }

  private onUnneeded(node: number): void {
    if (this.autoscaler.onUnneeded(node)) this.images.forget(node);
  }

  private fillCache(node: number): void {
    const { nodes } = this;
    if (nodes.groups[nodes.info[node]!.group]!.image_cached) this.images.keepAll(node);
  }

  private place(w: number, node: number): void {
    const { rows } = this.env.workloads;
    rows.place[w] = node;
    this.nodes.take(node, this.needOf(w));
    this.step(w, pod.event.scheduled);
    this.env.context.detail(PLANT_DETAIL.node, node);
    this.supervisor.takeSlot(w, this.lines.take(node));
    this.containers.bring(w);
  }

  private leaveNode(w: number): void {
    const { rows } = this.env.workloads;
    const node = rows.place[w]!;
    const need = this.needOf(w);
    this.lines.giveBack(rows.line[w]!);
    this.nodes.give(node, need, this.env.context.now);
    this.quota.give(need);
    rows.place[w] = NONE;
    if (this.nodes.rows.pods[node] === 0) this.autoscaler.emptied(node);
    this.placePending();
  }

  private placePending(): void {
    for (let w = this.pending.first(); w !== NONE;) {
      const after = this.pending.after(w);
      const node = this.nodes.pick(this.needOf(w));
      if (node !== NONE) {
        this.pending.remove(w);
        this.place(w, node);
      } else if (this.needs.uniform) return;
      w = after;
    }
  }

  private step(w: number, event: number): boolean {
    const { rows } = this.env.workloads;
    const id = fire(pod, rows.pod[w]!, event, 0);
    if (id === ILLEGAL) return false;
    rows.pod[w] = nextState(pod, id);
    this.env.context.record(rows.ti[w]!, id);
    return true;
  }
}
