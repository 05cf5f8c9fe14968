/** Places of the states of a machine and the ways between them. Pure. */
import type { MachineKind } from '../../app/model.ts';

export interface StatePlace {
  name: string;
  x: number;
  y: number;
  width: number;
}

export interface Way {
  from: string;
  to: string;
  /** Events that lead there, without those that change nothing. */
  events: readonly string[];
}

export const BOX_HEIGHT = 38;
const BOX_WIDTH = 152;
/** Distance of two ways back. */
const LANE = 16;
const COLUMN = 246;
const ROW = 86;

export interface ChartLayout {
  width: number;
  height: number;
  places: ReadonlyMap<string, StatePlace>;
  ways: readonly Way[];
  /** Lower edge of the lowest box: ways back run below it. */
  floor: number;
}

/** By hand, as people know it: forward along the middle, what waits below, ends at the right. */
const TASK_INSTANCE: Readonly<Record<string, readonly [x: number, y: number, width?: number]>> = {
  none: [12, 150],
  scheduled: [222, 150],
  queued: [432, 150],
  running: [642, 150],
  upstream_failed: [222, 30, 172],
  success: [930, 12, 176],
  skipped: [930, 80, 176],
  restarting: [930, 150, 176],
  failed: [930, 220, 176],
  removed: [12, 284],
  deferred: [222, 284],
  up_for_reschedule: [420, 284, 186],
  up_for_retry: [642, 284],
  awaiting_input: [930, 290, 176],
};

export function layOutMachine(machine: MachineKind): ChartLayout {
  const ways = waysOf(machine);
  const names = machine.states.map(({ name }) => name);
  const known = machine.id === 'task_instance' && names.every((name) => name in TASK_INSTANCE);
  const places = known ? byHand(names) : byRank(machine, ways);
  const right = Math.max(...[...places.values()].map(({ x, width }) => x + width));
  const bottom = Math.max(...[...places.values()].map(({ y }) => y + BOX_HEIGHT));
  const back = ways.filter(({ from, to }) => isBack(places.get(from), places.get(to))).length;
  const height = bottom + (known ? 64 : 28 + back * LANE);
  return { width: right + 14, height, places, ways, floor: bottom };
}

function byHand(names: readonly string[]): Map<string, StatePlace> {
  return new Map(
    names.map((name) => {
      const [x = 0, y = 0, width = BOX_WIDTH] = TASK_INSTANCE[name] ?? [];
      return [name, { name, x, y, width }];
    }),
  );
}

/** One way per pair of states: many events may lead from one to the other. */
function waysOf({ transitions }: MachineKind): Way[] {
  const ways = new Map<string, { from: string; to: string; events: string[] }>();
  for (const { from, to, event, ignored } of transitions) {
    if (ignored || from === to) continue;
    const key = `${from}>${to}`;
    const way = ways.get(key) ?? { from, to, events: [] };
    if (!way.events.includes(event)) way.events.push(event);
    ways.set(key, way);
  }
  // What a person does is told last: it can be done in nearly every state.
  const byHand = (event: string): number => Number(event.startsWith('mark_'));
  for (const { events } of ways.values()) events.sort((a, b) => byHand(a) - byHand(b));
  return [...ways.values()];
}

/** Columns by the least number of steps from the start. */
function byRank(machine: MachineKind, ways: readonly Way[]): Map<string, StatePlace> {
  const ranks = ranksOf(machine, ways);
  const filled: number[] = [];
  const tallest = Math.max(...countsOf(ranks));
  const places = new Map<string, StatePlace>();
  const counts = countsOf(ranks);
  for (const [name, rank] of ranks) {
    const at = filled[rank] ?? 0;
    filled[rank] = at + 1;
    const y = 24 + (at + (tallest - (counts[rank] ?? 1)) / 2) * ROW;
    const width = Math.max(BOX_WIDTH, name.length * 7.4 + 66);
    places.set(name, { name, x: 12 + rank * (COLUMN + 20), y, width });
  }
  return places;
}

function countsOf(ranks: ReadonlyMap<string, number>): number[] {
  const counts: number[] = [];
  for (const rank of ranks.values()) counts[rank] = (counts[rank] ?? 0) + 1;
  return counts;
}

function ranksOf({ states }: MachineKind, ways: readonly Way[]): Map<string, number> {
  const first = states.find(({ initial }) => initial)?.name ?? '';
  const ranks = new Map([[first, 0]]);
  const queue = [first];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const { from, to } of ways) {
      if (from !== name || ranks.has(to)) continue;
      ranks.set(to, (ranks.get(name) ?? 0) + 1);
      queue.push(to);
    }
  }
  const last = Math.max(...ranks.values());
  for (const { name } of states) if (!ranks.has(name)) ranks.set(name, last);
  return ranks;
}

export interface Route {
  path: string;
  labelX: number;
  labelY: number;
}

function isBack(a: StatePlace | undefined, b: StatePlace | undefined): boolean {
  return a !== undefined && b !== undefined && b.x + b.width <= a.x;
}

/**
 * The ways of a chart as curves: forward from side to side, up and down through the middles, back
 * below all boxes, each on a line of its own.
 */
export function routesOf(
  ways: readonly Way[],
  { places, floor }: ChartLayout,
  id: string,
): { way: Way; route: Route }[] {
  let back = 0;
  return ways.flatMap((way) => {
    const a = places.get(way.from);
    const b = places.get(way.to);
    if (!a || !b) return [];
    if (id === 'task_instance' && way.to === 'scheduled' && a.y > b.y && a.x > b.x) {
      return [{ way, route: roundTo(a, b, floor) }];
    }
    if (isBack(a, b)) return [{ way, route: below(a, b, floor + 14 + LANE * back++) }];
    return [{ way, route: b.x >= a.x + a.width ? forward(a, b) : upright(a, b) }];
  });
}

function forward(a: StatePlace, b: StatePlace): Route {
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + BOX_HEIGHT / 2, b.x - 2, b.y + BOX_HEIGHT / 2];
  const bend = Math.max(18, (x2 - x1) * 0.5);
  const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return { path, labelX: (x1 + x2) / 2, labelY: (y1 + y2) / 2 };
}

function upright(a: StatePlace, b: StatePlace): Route {
  const down = b.y > a.y;
  const x1 = a.x + a.width / 2;
  const x2 = b.x + b.width / 2;
  const y1 = down ? a.y + BOX_HEIGHT : a.y;
  const y2 = down ? b.y - 2 : b.y + BOX_HEIGHT + 2;
  const bend = (y2 - y1) * 0.5;
  return {
    path: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`,
    labelX: (x1 + x2) / 2,
    labelY: (y1 + y2) / 2,
  };
}

function below(a: StatePlace, b: StatePlace, deep: number): Route {
  const x1 = a.x + a.width / 2 - 12;
  const x2 = b.x + b.width / 2 + 12;
  const [y1, y2] = [a.y + BOX_HEIGHT, b.y + BOX_HEIGHT + 2];
  const path = `M${x1} ${y1}V${deep - 8}Q${x1} ${deep} ${x1 - 8} ${deep}H${x2 + 8}Q${x2} ${deep} ${x2} ${deep - 8}V${y2}`;
  return { path, labelX: (x1 + x2) / 2, labelY: deep };
}

/** Below everything, then up to the lower left corner. */
function roundTo(a: StatePlace, b: StatePlace, floor: number): Route {
  const x1 = a.x + a.width / 2;
  const deep = floor + 46;
  const [left, foot] = [b.x - 18, b.y + BOX_HEIGHT + 2];
  const path =
    `M${x1} ${a.y + BOX_HEIGHT}V${deep - 8}Q${x1} ${deep} ${x1 - 8} ${deep}H${left + 14}` +
    `Q${left} ${deep} ${left} ${deep - 14}V${foot + 22}Q${left} ${foot + 12} ${left + 12} ${foot + 10}` +
    `L${b.x + 20} ${foot}`;
  return { path, labelX: x1 - 54, labelY: deep };
}
