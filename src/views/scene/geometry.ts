/**
 * The tunnel of one lane: from its size and its number of slots to the lines of its walls. Pure.
 * Every lane of a comparison is given the same size, the same pitch and the same slots per line,
 * so that equal heights and widths mean equal numbers (design/visual, section 1).
 */

/** 8 px a slot up to 32 slots; more slots share a line in all lanes alike. */
const LEAST_SLOT_PITCH = 8;
const MAX_LINES = 32;
const SIDE = 14;
const WALL_X = 9;
/** Width of the gap with the pier between two workers. */
const PIER = 8;

export interface LaneSize {
  width: number;
  height: number;
}

/** A grid of squares: `columns` a row, from its corner upwards, at `pitch`. */
export interface Grid {
  x: number;
  /** Top of the lowest row. */
  bottom: number;
  columns: number;
  rows: number;
}

export interface Geometry {
  width: number;
  height: number;
  left: number;
  right: number;
  /** Side of a square is pitch - 1. */
  pitch: number;
  /** Task instances that one square stands for: 1, or more in a lane too full for 3 px. */
  perSquare: number;
  /** Pitch of what moves (queue, slot lines): never smaller than a slot. */
  movingPitch: number;
  chamber: Grid;
  heap: Grid;
  schedulerY: number;
  labelY: number;
  wallTop: number;
  gateY: number;
  queueLabelY: number;
  /** Top of the lower queue row; a second row stands above it. */
  queueY: number;
  slotLabelY: number;
  fanTop: number;
  throatTop: number;
  startEnd: number;
  throatBottom: number;
  fanBottom: number;
  heapBottom: number;
  throatLeft: number;
  throatRight: number;
  /** x of the middle of each line. */
  lines: Float64Array;
  /** x of the fan's end of each line, above and below the throat. */
  fans: Float64Array;
  /** Left edges of the piers between groups. */
  piers: number[];
  slotsPerLine: number;
}

/** What all lanes of a comparison have in common, so that equal sizes mean equal numbers. */
export interface SharedScale {
  slotsPerLine: number;
  /** Task instances of the lane that has most of them. */
  total: number;
}

/** Lines needed for all slots when each stands for `slotsPerLine` of them. */
export function sharedSlotsPerLine(slots: readonly number[], width: number): number {
  const room = Math.max(1, Math.min(MAX_LINES, Math.floor((width - 2 * SIDE) / LEAST_SLOT_PITCH)));
  return Math.max(1, ...slots.map((n) => Math.ceil(n / room)));
}

const PITCHES = [10.5, 8, 7, 6, 5, 4, 3];

interface Pitch {
  pitch: number;
  perSquare: number;
}

/** The largest pitch at which both the chamber and the heap can hold every task instance. */
export function choosePitch(total: number, size: LaneSize): Pitch {
  const bands = verticalBands(size.height);
  const inner = size.width - 2 * SIDE;
  for (const pitch of PITCHES) {
    if (pitch > 8 && size.width < 340) continue;
    if (capacity(bands, inner, pitch) >= total) return { pitch, perSquare: 1 };
  }
  const smallest = PITCHES.at(-1) ?? 3;
  const room = Math.max(1, capacity(bands, inner, smallest));
  return { pitch: smallest, perSquare: Math.ceil(total / room) };
}

function capacity(bands: Bands, inner: number, pitch: number): number {
  const columns = Math.max(1, Math.floor(inner / pitch));
  const rows = Math.min(bands.gateY - bands.wallTop - 6, bands.heapBottom - bands.fanBottom - 10);
  return columns * Math.floor(rows / pitch);
}

interface Bands {
  wallTop: number;
  gateY: number;
  throatTop: number;
  startEnd: number;
  throatBottom: number;
  fanBottom: number;
  heapBottom: number;
}

/** The reference lane; at `LEAST` and below, what lies between chamber and heap is at its shortest. */
const REFERENCE = 504;
const LEAST = 300;

/** More height goes to the chamber and to the heap; less is taken from all parts. */
function verticalBands(height: number): Bands {
  const room = Math.max(0, Math.min(1, (height - LEAST) / (REFERENCE - LEAST)));
  const between = (least: number, most: number): number =>
    Math.round(least + (most - least) * room);
  const throat = between(50, 100);
  const [queue, fan] = [between(85, 99), between(28, 40)];
  const rest = height - 4 - queue - throat - fan;
  const gateY = Math.max(96, Math.round(153 + (rest - 261) * 0.45));
  const throatTop = gateY + queue;
  const throatBottom = throatTop + throat;
  return {
    wallTop: 50,
    gateY,
    throatTop,
    startEnd: throatTop + Math.round(throat * 0.34),
    throatBottom,
    fanBottom: throatBottom + fan,
    heapBottom: height - 4,
  };
}

export interface GeometryInput extends LaneSize, Pitch {
  slots: number;
  /** Slots of each group (worker, node) from left to right; their sum is `slots`. */
  groups: readonly number[];
  slotsPerLine: number;
}

/** Larger squares get wider lines where 32 of them fit; the same for all lanes of a size. */
function slotPitchOf({ pitch, width }: GeometryInput): number {
  const fits = MAX_LINES * pitch + 10 <= width - 2 * WALL_X;
  return fits ? Math.max(LEAST_SLOT_PITCH, pitch) : LEAST_SLOT_PITCH;
}

export function layOut(input: GeometryInput): Geometry {
  const slotPitch = slotPitchOf(input);
  const bands = verticalBands(input.height);
  const left = WALL_X;
  const right = input.width - WALL_X;
  const lines = lineCounts(input, slotPitch);
  const count = lines.reduce((sum, n) => sum + n, 0);
  const piersTotal = Math.max(0, lines.length - 1) * PIER;
  const throat = Math.min(right - left, count * slotPitch + 10 + piersTotal);
  const throatLeft = (input.width - throat) / 2;
  const columns = Math.max(1, Math.floor((input.width - 2 * SIDE) / input.pitch));
  const grid = { x: SIDE + 0.5, columns };
  const room = (from: number, to: number): number =>
    Math.max(1, Math.floor((to - from) / input.pitch));
  return {
    ...bands,
    width: input.width,
    height: input.height,
    left,
    right,
    pitch: input.pitch,
    perSquare: input.perSquare,
    movingPitch: slotPitch,
    slotsPerLine: input.slotsPerLine,
    chamber: { ...grid, bottom: bands.gateY - 2.5 - input.pitch, rows: room(54, bands.gateY - 3) },
    heap: {
      ...grid,
      bottom: bands.heapBottom - 2.5 - input.pitch,
      rows: room(bands.fanBottom + 8, bands.heapBottom - 3),
    },
    schedulerY: 13,
    labelY: 42,
    queueLabelY: bands.gateY + 16,
    queueY: bands.gateY + 36 + (LEAST_SLOT_PITCH - slotPitch),
    slotLabelY: bands.gateY + 60,
    fanTop: bands.gateY + 61,
    throatLeft,
    throatRight: throatLeft + throat,
    ...linePlaces(lines, throatLeft, input.width, slotPitch),
  };
}

function lineCounts(input: GeometryInput, slotPitch: number): number[] {
  const groups = input.groups.length > 0 ? input.groups : [input.slots];
  const counts = groups.map((n) => Math.max(1, Math.ceil(n / input.slotsPerLine)));
  const room = Math.floor((input.width - 2 * WALL_X - 10) / slotPitch);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const piers = Math.max(0, counts.length - 1);
  // Many small groups need more room than the slots themselves: then they stand without piers.
  return total + piers <= room ? counts : [Math.min(total, room)];
}

function linePlaces(
  counts: readonly number[],
  throatLeft: number,
  width: number,
  slotPitch: number,
): Pick<Geometry, 'lines' | 'fans' | 'piers'> {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const lines = new Float64Array(total);
  const piers: number[] = [];
  let x = throatLeft + 5 + slotPitch / 2;
  let at = 0;
  counts.forEach((n, group) => {
    if (group > 0) {
      piers.push(x - slotPitch / 2 + 1);
      x += PIER;
    }
    for (let i = 0; i < n; i++, x += slotPitch) lines[at++] = x;
  });
  const inner = width - 2 * SIDE;
  const spread = total * slotPitch > inner * 0.9;
  const fans = lines.map((line, i) => (spread ? line : SIDE + (inner * (i + 0.5)) / total));
  return { lines, fans, piers };
}

/** Line of a slot number. A slot beyond the last line (a scale-up at run time) shares the last. */
export function lineOfSlot(geometry: Geometry, slot: number): number {
  return Math.min(geometry.lines.length - 1, Math.floor(slot / geometry.slotsPerLine));
}
