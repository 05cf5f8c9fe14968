/**
 * Places the tasks of a DAG from left to right, groups as boxes. Each group is laid out by itself
 * and then stands in its parent as one wide node, so boxes never overlap and nest to any depth.
 * Depends on the structure only, never on states: a running DAG does not move.
 */
import type { DagSpec } from '../../airflow/spec.ts';

export interface PlacedNode {
  id: string;
  /** Text of the node: the id without its group. */
  label: string;
  x: number;
  y: number;
  width: number;
}

export interface PlacedGroup {
  id: string;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
  depth: number;
}

export interface PlacedEdge {
  from: string;
  to: string;
  /** SVG path from the right side of `from` to the left side of `to`. */
  path: string;
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  groups: PlacedGroup[];
  edges: PlacedEdge[];
}

export const NODE = { height: 26, gapX: 44, gapY: 12, padX: 12, padTop: 24, padBottom: 10 };
const CHAR = 7.2;
const MARGIN = 6;

interface Item {
  id: string;
  width: number;
  height: number;
  /** Inner layout of a group, null for a task. */
  inner: Block | null;
  rank: number;
  x: number;
  y: number;
}

interface Block {
  items: Item[];
  width: number;
  height: number;
}

export type LayoutSpec = Pick<DagSpec, 'tasks' | 'groups'>;

export function layout(spec: LayoutSpec): Layout {
  const parents = parentsOf(spec);
  const block = blockOf(null, spec, parents);
  const out: Layout = {
    width: block.width + 2 * MARGIN,
    height: block.height + 2 * MARGIN,
    nodes: [],
    groups: [],
    edges: [],
  };
  unfold(block, { x: MARGIN, y: MARGIN, depth: 0 }, parents, out);
  out.edges = edgesOf(spec, out.nodes);
  return out;
}

/** Parent group of every task and group, null at the top. */
function parentsOf(spec: LayoutSpec): Map<string, string | null> {
  const known = new Set(spec.groups.map((group) => group.group_id));
  const parent = (id: string | null): string | null => (id !== null && known.has(id) ? id : null);
  return new Map([
    ...spec.tasks.map((task) => [task.task_id, parent(task.group)] as const),
    ...spec.groups.map((group) => [`group:${group.group_id}`, parent(group.parent)] as const),
  ]);
}

function blockOf(
  group: string | null,
  spec: LayoutSpec,
  parents: ReadonlyMap<string, string | null>,
): Block {
  const items = [...parents].flatMap(([id, parent]) =>
    parent === group ? [itemOf(id, spec, parents)] : [],
  );
  const edges = liftedEdges(group, spec, parents);
  rank(items, edges);
  return arrange(items, edges);
}

function itemOf(id: string, spec: LayoutSpec, parents: ReadonlyMap<string, string | null>): Item {
  const blank = { id, rank: 0, x: 0, y: 0 };
  if (!id.startsWith('group:')) {
    const width = Math.ceil(shortName(id, parents).length * CHAR) + 40;
    return { ...blank, width, height: NODE.height, inner: null };
  }
  const inner = blockOf(id.slice(6), spec, parents);
  const title = id.length * CHAR + 2 * NODE.padX;
  const width = Math.max(inner.width + 2 * NODE.padX, title);
  return { ...blank, width, height: inner.height + NODE.padTop + NODE.padBottom, inner };
}

function shortName(id: string, parents: ReadonlyMap<string, string | null>): string {
  const group = parents.get(id);
  return group && id.startsWith(`${group}.`) ? id.slice(group.length + 1) : id;
}

/** Edges between the direct children of a group, whatever they hold. */
function liftedEdges(
  group: string | null,
  spec: LayoutSpec,
  parents: ReadonlyMap<string, string | null>,
): [string, string][] {
  const lift = (task: string): string | null => {
    let id = task;
    let parent = parents.get(id);
    while (parent !== group) {
      if (parent === null || parent === undefined) return null;
      id = `group:${parent}`;
      parent = parents.get(id);
    }
    return id;
  };
  const seen = new Set<string>();
  return spec.tasks.flatMap((task) =>
    task.upstream_task_ids.flatMap((up): [string, string][] => {
      const [from, to] = [lift(up), lift(task.task_id)];
      if (from === null || to === null || from === to || seen.has(`${from}>${to}`)) return [];
      seen.add(`${from}>${to}`);
      return [[from, to]];
    }),
  );
}

/** Longest path from a root; groups that depend on each other in a ring stop after all items. */
function rank(items: readonly Item[], edges: readonly [string, string][]): void {
  const byId = new Map(items.map((item) => [item.id, item]));
  for (let round = 0; round < items.length; round++) {
    let moved = false;
    for (const [from, to] of edges) {
      const [a, b] = [byId.get(from), byId.get(to)];
      if (!a || !b || b.rank > a.rank) continue;
      b.rank = a.rank + 1;
      moved = true;
    }
    if (!moved) return;
  }
}

/** Columns by rank; within a column near the middle of what comes before (or after). */
function arrange(items: readonly Item[], edges: readonly [string, string][]): Block {
  const columns: Item[][] = [];
  for (const item of items) (columns[item.rank] ??= []).push(item);
  const filled = columns.filter((column) => column.length > 0);
  for (const column of filled) stack(column);
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const column of filled.slice(1)) settle(column, neighbours(edges, byId, 'before'));
  for (const column of filled.slice(0, -1).reverse()) {
    settle(column, neighbours(edges, byId, 'after'));
  }
  let x = 0;
  for (const column of filled) {
    for (const item of column) item.x = x;
    x += Math.max(...column.map((item) => item.width)) + NODE.gapX;
  }
  const top = Math.min(0, ...items.map((item) => item.y));
  for (const item of items) item.y -= top;
  const height = Math.max(NODE.height, ...items.map((item) => item.y + item.height));
  return { items: [...items], width: Math.max(0, x - NODE.gapX), height };
}

function stack(column: readonly Item[]): void {
  let y = 0;
  for (const item of column) {
    item.y = y;
    y += item.height + NODE.gapY;
  }
}

type Near = (item: Item) => readonly Item[];

function neighbours(
  edges: readonly [string, string][],
  byId: ReadonlyMap<string, Item>,
  side: 'before' | 'after',
): Near {
  const near = new Map<string, Item[]>();
  for (const [from, to] of edges) {
    const [of, other] = side === 'before' ? [to, from] : [from, to];
    const item = byId.get(other);
    if (item) near.set(of, [...(near.get(of) ?? []), item]);
  }
  return (item) => near.get(item.id) ?? [];
}

const middle = (item: Item): number => item.y + item.height / 2;

/** Each item as near to its neighbours' middle as its place in the column allows. */
function settle(column: readonly Item[], near: Near): void {
  const wish = new Map(
    column.map((item) => {
      const others = near(item);
      const sum = others.reduce((total, other) => total + middle(other), 0);
      return [item, others.length > 0 ? sum / others.length : middle(item)];
    }),
  );
  const order = [...column].sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
  let floor = -Infinity;
  for (const item of order) {
    item.y = Math.max(floor, (wish.get(item) ?? 0) - item.height / 2);
    floor = item.y + item.height + NODE.gapY;
  }
  const drift = order.reduce((sum, item) => sum + middle(item) - (wish.get(item) ?? 0), 0);
  for (const item of order) item.y -= drift / order.length;
}

interface Corner {
  x: number;
  y: number;
  depth: number;
}

function unfold(
  block: Block,
  at: Corner,
  parents: ReadonlyMap<string, string | null>,
  out: Layout,
): void {
  for (const item of block.items) {
    const [x, y] = [at.x + item.x, at.y + item.y];
    if (item.inner === null) {
      out.nodes.push({ id: item.id, label: shortName(item.id, parents), x, y, width: item.width });
      continue;
    }
    const id = item.id.slice(6);
    const label = id.split('.').at(-1) ?? id;
    const { width, height } = item;
    out.groups.push({ id, label, x, y, width, height, depth: at.depth });
    const inside = { x: x + NODE.padX, y: y + NODE.padTop, depth: at.depth + 1 };
    unfold(item.inner, inside, parents, out);
  }
}

function edgesOf(spec: LayoutSpec, nodes: readonly PlacedNode[]): PlacedEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return spec.tasks.flatMap((task) =>
    task.upstream_task_ids.flatMap((up) => {
      const [a, b] = [byId.get(up), byId.get(task.task_id)];
      return a && b ? [{ from: up, to: task.task_id, path: curve(a, b) }] : [];
    }),
  );
}

function curve(a: PlacedNode, b: PlacedNode): string {
  const [x1, y1] = [a.x + a.width, a.y + NODE.height / 2];
  const [x2, y2] = [b.x, b.y + NODE.height / 2];
  const bend = Math.max(16, Math.min(60, (x2 - x1) / 2));
  const r = (value: number): number => Math.round(value * 10) / 10;
  if (Math.abs(y1 - y2) < 0.5) return `M${r(x1)} ${r(y1)}H${r(x2)}`;
  return `M${r(x1)} ${r(y1)}C${r(x1 + bend)} ${r(y1)} ${r(x2 - bend)} ${r(y2)} ${r(x2)} ${r(y2)}`;
}
