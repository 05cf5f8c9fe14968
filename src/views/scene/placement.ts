/**
 * From a LaneFrame to the place of every task instance. Pure: the same frame and geometry give the
 * same places. Every task instance has exactly one place; squares never overlap in the chamber, the
 * queue and the heap (with `perSquare` > 1, `perSquare` of them share one square there).
 */
import type { LaneFrame } from '../../explain/frame.ts';
import { lineOfSlot } from './geometry.ts';
import type { Geometry, Grid } from './geometry.ts';
import { STAGE } from './stages.ts';
import type { StateIndex } from './stages.ts';

export interface Placement {
  /** Left top corner of the square of each task instance, CSS pixels. */
  x: Float32Array;
  y: Float32Array;
  /** Square in its grid (chamber, heap), -1 elsewhere. */
  cell: Int32Array;
  /** Numbers of the frame that the labels say. */
  queued: number;
  starting: number;
  working: number;
  heap: number;
  /** Left edge of the first queue row, for the chevron. */
  queueLeft: number;
  /** Pitch of the queue: smaller than the lane's when the queue is long. */
  queuePitch: number;
  /** Top of the highest heap row in use, for its label. */
  heapTop: number;
}

interface Order {
  keys: Float64Array;
  count: number;
}

/** Reused from frame to frame: no allocation while playing. */
export class Placer {
  private chamber: Order = { keys: new Float64Array(0), count: 0 };
  private queue: Order = { keys: new Float64Array(0), count: 0 };
  private heap: Order = { keys: new Float64Array(0), count: 0 };
  readonly placement: Placement = {
    x: new Float32Array(0),
    y: new Float32Array(0),
    cell: new Int32Array(0),
    queued: 0,
    starting: 0,
    working: 0,
    heap: 0,
    queueLeft: 0,
    queuePitch: 8,
    heapTop: 0,
  };
  private readonly states: StateIndex;

  constructor(states: StateIndex) {
    this.states = states;
  }

  place(frame: LaneFrame, geometry: Geometry): Placement {
    this.reserve(frame.count);
    const out = this.placement;
    out.starting = 0;
    out.working = 0;
    for (let ti = 0; ti < frame.count; ti++) this.visit(frame, geometry, ti);
    placeGrid(out, sorted(this.chamber), geometry.chamber, geometry, frame.count);
    placeGrid(out, sorted(this.heap), geometry.heap, geometry, frame.count);
    placeQueue(out, sorted(this.queue), geometry, frame.count);
    out.queued = this.queue.count;
    out.heap = this.heap.count;
    const rows = Math.ceil(out.heap / geometry.perSquare / geometry.heap.columns);
    out.heapTop = geometry.heap.bottom - Math.max(0, rows - 1) * geometry.pitch;
    return out;
  }

  private visit(frame: LaneFrame, geometry: Geometry, ti: number): void {
    const stage = frame.stage[ti]!;
    const rank = frame.rank[ti]!;
    if (stage === STAGE.chamber) {
      // Scheduled lies nearest to the exit; retries and sleepers above it; none on top.
      push(this.chamber, this.chamberBand(frame.state[ti]!), rank, ti, frame.count);
    } else if (stage === STAGE.queue) push(this.queue, 0, rank, ti, frame.count);
    else if (stage === STAGE.heap) push(this.heap, 0, rank, ti, frame.count);
    else this.visitSlot(frame, geometry, ti, stage);
  }

  private chamberBand(state: number): number {
    if (state === this.states.scheduled) return 0;
    return state === this.states.none ? 2 : 1;
  }

  private visitSlot(frame: LaneFrame, geometry: Geometry, ti: number, stage: number): void {
    const out = this.placement;
    if (stage === STAGE.starting) out.starting++;
    else if (stage === STAGE.working) out.working++;
    out.cell[ti] = -1;
    const line = lineOfSlot(geometry, Math.max(0, frame.slot[ti]!));
    const side = geometry.movingPitch - 1;
    out.x[ti] = geometry.lines[line]! - side / 2;
    out.y[ti] = slotY(frame, geometry, ti, stage, side);
  }

  private reserve(count: number): void {
    for (const order of [this.chamber, this.queue, this.heap]) {
      if (order.keys.length < count) order.keys = new Float64Array(count);
      order.count = 0;
    }
    const out = this.placement;
    if (out.x.length >= count) return;
    out.x = new Float32Array(count);
    out.y = new Float32Array(count);
    out.cell = new Int32Array(count);
  }
}

/** The height of a square in its line is its progress; without a known end it creeps to the end. */
function slotY(frame: LaneFrame, g: Geometry, ti: number, stage: number, side: number): number {
  if (stage === STAGE.ending) return g.throatBottom - side;
  const top = stage === STAGE.starting ? g.throatTop : g.startEnd;
  const bottom = (stage === STAGE.starting ? g.startEnd : g.throatBottom) - side - 1;
  const since = frame.stageSince[ti]!;
  const until = frame.stageUntil[ti]!;
  const passed = frame.t - since;
  const share = Number.isFinite(until)
    ? passed / Math.max(1, until - since)
    : passed / (passed + 60_000_000);
  return top + (bottom - top) * Math.min(1, Math.max(0, share));
}

/** Sort key: band, then rank, then row, packed into one exact number. */
function push(order: Order, band: number, rank: number, ti: number, count: number): void {
  order.keys[order.count++] = (band * 0x8000_0000 + rank) * count + ti;
}

function sorted(order: Order): Order {
  const keys = order.keys.subarray(0, order.count);
  for (let i = 1; i < keys.length; i++) {
    if (keys[i]! < keys[i - 1]!) {
      keys.sort();
      break;
    }
  }
  return order;
}

function placeGrid(out: Placement, order: Order, grid: Grid, g: Geometry, count: number): void {
  for (let i = 0; i < order.count; i++) {
    const ti = order.keys[i]! % count;
    const square = Math.floor(i / g.perSquare);
    out.cell[ti] = square;
    out.x[ti] = grid.x + (square % grid.columns) * g.pitch;
    out.y[ti] = grid.bottom - Math.floor(square / grid.columns) * g.pitch;
  }
}

/** Room of the queue between its label and the contraction, CSS pixels. */
const QUEUE_ROOM = 18;
const QUEUE_PITCHES = [6, 5, 4, 3, 2];

/** Two rows at the lane's pitch; a longer queue is drawn with smaller squares, never left out. */
export function queuePitch(n: number, g: Geometry): number {
  const fits = (pitch: number, rows: number): boolean => rowLength(pitch, g) * rows >= n;
  if (fits(g.movingPitch, 2)) return g.movingPitch;
  for (const pitch of QUEUE_PITCHES) {
    if (fits(pitch, Math.floor(QUEUE_ROOM / pitch))) return pitch;
  }
  return 2;
}

function rowLength(pitch: number, g: Geometry): number {
  return Math.max(1, Math.floor((g.right - g.left - 30) / pitch));
}

/** Centred rows, the first in line at the chevron of the lowest row. */
function placeQueue(out: Placement, order: Order, g: Geometry, count: number): void {
  const pitch = queuePitch(order.count, g);
  const perRow = rowLength(pitch, g);
  const maxRows = Math.max(2, Math.floor(QUEUE_ROOM / pitch));
  const share = Math.max(1, Math.ceil(order.count / (perRow * maxRows)));
  const squares = Math.ceil(order.count / share);
  const bottom = g.queueY + g.movingPitch - pitch;
  for (let i = 0; i < order.count; i++) {
    const ti = order.keys[i]! % count;
    const square = Math.floor(i / share);
    const row = Math.floor(square / perRow);
    const left = centred(Math.min(perRow, squares - row * perRow), pitch, g);
    out.cell[ti] = -1;
    out.x[ti] = left + (square - row * perRow) * pitch;
    out.y[ti] = bottom - row * pitch;
  }
  out.queuePitch = pitch;
  out.queueLeft = centred(Math.min(perRow, squares), pitch, g);
}

function centred(n: number, pitch: number, g: Geometry): number {
  return Math.round((g.width - n * pitch) / 2) + 0.5;
}
