/**
 * A Kubernetes cluster as the executor sees it: nodes with room for pods and an image cache each,
 * a scheduler that binds pending pods, first come first served, to the emptiest node (semantics
 * 6.4.6, 6.7). A pod is a workload; its line is its place on the node.
 */
import { group, LinkedLists, makeTable, type Saveable } from '../../kernel/index.ts';
import { fire, ILLEGAL, nextState } from '../../machines/fire.ts';
import { pod } from '../../machines/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { PLANT_DETAIL } from '../executors/records.ts';
import { drawSpan, later, spend, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { NONE, STAGE } from '../runner/workloads.ts';
import type { NodeGroupSpec } from '../scenario.ts';
import { SlotLines } from './slotLines.ts';

const IMAGE = { absent: 0, pulling: 1, cached: 2 } as const;

export class Cluster {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly nodeNames: readonly string[];
  supervisor!: Supervisor;
  private readonly env: PlantEnv;
  private readonly nodes = makeTable('node', {
    alive: ['u8', 1],
    image: 'u8',
    /** When the pull that runs will be through. */
    imageAt: 'f64',
    pods: 'i32',
    room: 'i32',
  });
  private readonly pending = new LinkedLists(1);
  private readonly bind: Step;
  private readonly pull: Step;
  private readonly containerStart: Step;
  private readonly interpreter: Step;

  constructor(env: PlantEnv, groups: readonly NodeGroupSpec[]) {
    this.env = env;
    const specs = groups.flatMap((spec) => nodesOf(spec));
    this.nodeNames = specs.map(({ name }) => name);
    this.lines = new SlotLines(specs.map(({ name, pods }) => ({ name, slots: pods, queues: [] })));
    this.nodes.addRows(specs.length);
    specs.forEach((spec, node) => {
      this.nodes.room[node] = spec.pods;
      this.nodes.image[node] = spec.cached ? IMAGE.cached : IMAGE.absent;
    });
    const { timings } = env;
    this.bind = timings.step('kubernetes.bind');
    this.pull = timings.step('kubernetes.image_pull');
    this.containerStart = timings.step('kubernetes.container_start');
    this.interpreter = timings.step('kubernetes.interpreter');
    this.state = group({ nodes: this.nodes, pending: this.pending, lines: this.lines });
  }

  /** A pod has been created, `before` microseconds from now. */
  create(w: number, before: number): void {
    const { rows } = this.env.workloads;
    rows.pod[w] = pod.initial;
    const span = drawSpan(this.env, w, this.bind.sampler, this.bind.purpose);
    rows.event[w] = this.env.context.after(before + span, PLANT_EVENT.bind, w);
  }

  handle(kind: number, w: number): boolean {
    if (kind === PLANT_EVENT.bind) this.onBind(w);
    else if (kind === PLANT_EVENT.image) this.onImage(w);
    else if (kind === PLANT_EVENT.boot) this.onBoot(w);
    else return false;
    return true;
  }

  /** The container has exited: room for the next pending pod. */
  exited(w: number, failed: boolean): void {
    this.step(w, failed ? pod.event.exit_nonzero : pod.event.exit_zero);
    this.leaveNode(w);
  }

  /** A pod is deleted or evicted before its end. */
  remove(w: number, evicted: boolean): void {
    this.step(w, evicted ? pod.event.evict : pod.event.delete);
    if (this.pending.remove(w)) return;
    if (this.env.workloads.rows.place[w] !== NONE) this.leaveNode(w);
  }

  /** A node does not answer any more (fault): its pods are found by `podsOn`. */
  loseNode(node: number): void {
    this.nodes.alive[node] = 0;
    this.nodes.image[node] = IMAGE.absent;
  }

  restoreNode(node: number): void {
    this.nodes.alive[node] = 1;
    this.placePending();
  }

  /** The workload is a pod on a node. */
  holds(w: number): boolean {
    const { rows } = this.env.workloads;
    if (w === NONE || rows.place[w] === NONE) return false;
    return rows.stage[w]! >= STAGE.slot && rows.stage[w]! < STAGE.ended;
  }

  podsOn(node: number): number[] {
    const { rows } = this.env.workloads;
    const found: number[] = [];
    for (let w = 0; w < rows.rows; w++) {
      const stage = rows.stage[w]!;
      const here = rows.ti[w] !== NONE && rows.place[w] === node;
      if (here && stage >= STAGE.slot && stage < STAGE.ended) found.push(w);
    }
    return found;
  }

  /** Pods that wait for a node, and all places. */
  get demand(): { pending: number; busy: number; slots: number } {
    return { pending: this.pending.count(), busy: this.lines.busy, slots: this.lines.total };
  }

  isUnschedulable(w: number): boolean {
    return this.pending.listOf(w) !== NONE;
  }

  /** When the row of a pod on a node will be running, if nothing comes between. */
  runsAt(w: number): number {
    const { rows } = this.env.workloads;
    const span = (step: Step): number => drawSpan(this.env, w, step.sampler, step.purpose);
    let at = rows.until[w]!;
    const phase = rows.pod[w];
    if (phase === pod.state.ContainerCreating) {
      at += span(this.interpreter) + this.supervisor.startSpan(w);
      if (this.pulls(w)) at += span(this.containerStart);
    }
    return at;
  }

  pulls(w: number): boolean {
    const node = this.env.workloads.rows.place[w]!;
    return node !== NONE && this.nodes.image[node] === IMAGE.pulling;
  }

  private onBind(w: number): void {
    const node = this.pickNode();
    if (node !== NONE && this.pending.count() === 0) return this.place(w, node);
    this.step(w, pod.event.unschedulable);
    this.env.workloads.enter(w, STAGE.reserved, this.env.context.now);
    this.pending.append(0, w);
  }

  private onImage(w: number): void {
    this.nodes.image[this.env.workloads.rows.place[w]!] = IMAGE.cached;
    this.startContainer(w);
  }

  /** The container runs: interpreter and imports come before the supervisor. */
  private onBoot(w: number): void {
    this.step(w, pod.event.started);
    const span = drawSpan(this.env, w, this.interpreter.sampler, this.interpreter.purpose);
    this.supervisor.begin(w, span);
  }

  private place(w: number, node: number): void {
    const { rows } = this.env.workloads;
    const { nodes, env } = this;
    rows.place[w] = node;
    nodes.pods[node]! += 1;
    this.step(w, pod.event.scheduled);
    env.context.detail(PLANT_DETAIL.node, node);
    this.supervisor.takeSlot(w, this.lines.take(node));
    // Nobody may have been there to see the end of a pull.
    const there = nodes.image[node] === IMAGE.pulling && nodes.imageAt[node]! <= env.context.now;
    if (there) nodes.image[node] = IMAGE.cached;
    if (nodes.image[node] === IMAGE.cached) return this.startContainer(w);
    if (nodes.image[node] === IMAGE.absent) {
      const span = drawSpan(env, w, this.pull.sampler, this.pull.purpose);
      nodes.image[node] = IMAGE.pulling;
      nodes.imageAt[node] = env.context.now + span;
    }
    later(env, w, nodes.imageAt[node]! - env.context.now, PLANT_EVENT.image);
  }

  private startContainer(w: number): void {
    spend(this.env, this.containerStart, w, PLANT_EVENT.boot);
  }

  private leaveNode(w: number): void {
    const { rows } = this.env.workloads;
    const node = rows.place[w]!;
    this.lines.giveBack(rows.line[w]!);
    this.nodes.pods[node]! -= 1;
    rows.place[w] = NONE;
    this.placePending();
  }

  private placePending(): void {
    while (this.pending.count() > 0) {
      const node = this.pickNode();
      if (node === NONE) return;
      const w = this.pending.first();
      this.pending.remove(w);
      this.place(w, node);
    }
  }

  /** The node with the largest free share; the first of equal ones. */
  private pickNode(): number {
    const { nodes } = this;
    let best: number = NONE;
    let most = 0;
    for (let node = 0; node < nodes.rows; node++) {
      const free = nodes.alive[node] === 1 ? 1 - nodes.pods[node]! / nodes.room[node]! : 0;
      if (free > most) [best, most] = [node, free];
    }
    return best;
  }

  private step(w: number, event: number): void {
    const { rows } = this.env.workloads;
    const id = fire(pod, rows.pod[w]!, event, 0);
    if (id === ILLEGAL) return;
    rows.pod[w] = nextState(pod, id);
    this.env.context.record(rows.ti[w]!, id);
  }
}

function nodesOf(spec: NodeGroupSpec): { name: string; pods: number; cached: boolean }[] {
  return Array.from({ length: spec.count }, (_, i) => ({
    name: spec.count === 1 ? spec.name : `${spec.name}-${i + 1}`,
    pods: spec.pods,
    cached: spec.image_cached,
  }));
}
