/**
 * What `a >> b` means when groups, setups and teardowns are involved (specification 13.1, 13.2):
 * a group stands for its roots or its leaves at the moment of wiring, so the order counts.
 */
import { mustGet } from '../../base/assert.ts';

export interface WiredTask {
  readonly task_id: string;
  /** Innermost group, null or absent for none. */
  readonly group?: string | null;
  readonly setup?: boolean;
  /** Ids of its setups when the task is a teardown. */
  readonly teardown?: readonly string[];
}

export interface WiredGroup {
  readonly group_id: string;
  readonly parent: string | null;
}

export type Edge = readonly [from: string, to: string];

interface Node {
  readonly id: string;
  readonly groups: ReadonlySet<string>;
  readonly isTeardown: boolean;
  isSetup: boolean;
  readonly up: Set<Node>;
  readonly down: Set<Node>;
}

/**
 * All edges between tasks, sorted. `edges` are applied in their order, after the teardowns were
 * marked; an end may be a group's id.
 */
export function wire(
  tasks: readonly WiredTask[],
  groups: readonly WiredGroup[],
  edges: readonly Edge[],
): Edge[] {
  const nodes = new Map(tasks.map((task) => [task.task_id, nodeOf(task, groups)]));
  for (const task of tasks) markTeardown(nodes, task);
  const groupIds = new Set(groups.map((group) => group.group_id));
  for (const [from, to] of edges) {
    const tails = groupIds.has(from) ? leaves(members(nodes, from)) : [mustGet(nodes, from)];
    const heads = groupIds.has(to) ? roots(members(nodes, to)) : [mustGet(nodes, to)];
    for (const tail of tails) for (const head of heads) connect(tail, head);
  }
  return sortedEdges(nodes);
}

function nodeOf(task: WiredTask, groups: readonly WiredGroup[]): Node {
  const inside = new Set<string>();
  for (let id = task.group ?? null; id !== null && !inside.has(id);) {
    inside.add(id);
    id = groups.find((group) => group.group_id === id)?.parent ?? null;
  }
  return {
    id: task.task_id,
    groups: inside,
    isTeardown: task.teardown !== undefined,
    isSetup: task.setup === true,
    up: new Set(),
    down: new Set(),
  };
}

/** `task.as_teardown(setups=...)` marks the setups and puts an edge from each to the teardown. */
function markTeardown(nodes: ReadonlyMap<string, Node>, task: WiredTask): void {
  for (const id of task.teardown ?? []) {
    const setup = mustGet(nodes, id, 'setup');
    setup.isSetup = true;
    connect(setup, mustGet(nodes, task.task_id));
  }
}

function connect(from: Node, to: Node): void {
  from.down.add(to);
  to.up.add(from);
}

function members(nodes: ReadonlyMap<string, Node>, group: string): Set<Node> {
  return new Set([...nodes.values()].filter((node) => node.groups.has(group)));
}

function roots(inside: ReadonlySet<Node>): Node[] {
  return [...inside].filter((node) => !hasAny(inside, node.up));
}

/** Last tasks of a group; a teardown is no leaf, the last works before it are. */
function leaves(inside: ReadonlySet<Node>): Node[] {
  const last = [...inside].filter((node) => !hasAny(inside, node.down));
  return last.flatMap((node) => (node.isTeardown ? worksBefore(node, inside) : [node]));
}

function worksBefore(teardown: Node, inside: ReadonlySet<Node>): Node[] {
  return [...teardown.up].flatMap((node) => {
    if (!inside.has(node)) return [];
    if (node.isTeardown) return worksBefore(node, inside);
    if (node.isSetup) return [];
    const goesOn = [...node.down].some(
      (next) => next !== teardown && inside.has(next) && !next.isTeardown,
    );
    return goesOn ? [] : [node];
  });
}

function hasAny(inside: ReadonlySet<Node>, others: ReadonlySet<Node>): boolean {
  for (const other of others) if (inside.has(other)) return true;
  return false;
}

function sortedEdges(nodes: ReadonlyMap<string, Node>): Edge[] {
  const edges = [...nodes.values()].flatMap((node) =>
    [...node.down].map((next): Edge => [node.id, next.id]),
  );
  return edges.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
