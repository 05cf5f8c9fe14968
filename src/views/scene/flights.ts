/**
 * A flight is the way of a square from one place to the next, along its stream line and never
 * straight through a wall. Flights belong to the picture, not to time: they last 320 ms of the
 * reader's clock whatever the speed, and none is started on a seek (a frame of another epoch), at
 * high speed or with reduced motion.
 */
import type { LaneFrame } from '../../explain/frame.ts';
import { lineOfSlot } from './geometry.ts';
import type { Geometry } from './geometry.ts';
import type { Placement } from './placement.ts';
import { STAGE } from './stages.ts';

const FLIGHT_MS = 320;
const MAX_FLIGHTS = 400;
/** More starts in one frame than this are shown as a stream: they appear at the far end. */
const STREAM_STARTS = 40;
const TAIL = 0.3;
const TAIL_PARTS = 5;

interface Flight {
  ti: number;
  state: number;
  started: number;
  /** x and y in turn: the corners of the way. */
  way: number[];
  length: number;
}

export interface FlightPoint {
  ti: number;
  state: number;
  x: number;
  y: number;
  /** The last part of the way behind it, oldest point first: x and y in turn. */
  tail: readonly number[];
}

export class Flights {
  private flights: Flight[] = [];
  /** 1 for each task instance in the air. */
  flying = new Uint8Array(0);
  private stage = new Uint8Array(0);
  private x = new Float32Array(0);
  private y = new Float32Array(0);
  private slot = new Int16Array(0);
  private epoch = -1;

  /** Compares the frame with the last one and starts flights for what changed its stage. */
  plan(frame: LaneFrame, place: Placement, g: Geometry, nowMs: number, animate: boolean): void {
    const known = this.epoch === frame.epoch && this.stage.length >= frame.count;
    if (!known || !animate) this.land(frame);
    else this.depart(frame, place, g, nowMs);
    this.remember(frame, place);
  }

  private depart(frame: LaneFrame, place: Placement, g: Geometry, nowMs: number): void {
    const moved: number[] = [];
    for (let ti = 0; ti < frame.count; ti++) {
      if (leaves(this.stage[ti]!, frame.stage[ti]!)) moved.push(ti);
    }
    if (moved.length > STREAM_STARTS) return;
    for (const ti of moved) {
      if (this.flights.length >= MAX_FLIGHTS) return;
      this.start(frame, place, g, ti, nowMs);
    }
  }

  private start(frame: LaneFrame, place: Placement, g: Geometry, ti: number, nowMs: number): void {
    const slot = frame.slot[ti]! >= 0 ? frame.slot[ti]! : this.slot[ti]!;
    const way = wayOf(this.stage[ti]!, frame.stage[ti]!, {
      from: [this.x[ti]!, this.y[ti]!],
      to: [place.x[ti]!, place.y[ti]!],
      line: lineOfSlot(g, Math.max(0, slot)),
      g,
    });
    const old = this.flights.findIndex((flight) => flight.ti === ti);
    if (old >= 0) this.flights.splice(old, 1);
    this.flights.push({ ti, state: frame.state[ti]!, started: nowMs, way, length: lengthOf(way) });
    this.flying[ti] = 1;
  }

  /** Calls `draw` for every square in the air at `nowMs` and lets those that arrived land. */
  each(nowMs: number, draw: (point: FlightPoint) => void): void {
    let kept = 0;
    for (const flight of this.flights) {
      const share = (nowMs - flight.started) / FLIGHT_MS;
      if (share >= 1 || share < 0) {
        this.flying[flight.ti] = 0;
        continue;
      }
      this.flights[kept++] = flight;
      const eased = ease(share);
      const [x, y] = along(flight, eased);
      draw({ ti: flight.ti, state: flight.state, x, y, tail: tailOf(flight, eased) });
    }
    this.flights.length = kept;
  }

  get active(): boolean {
    return this.flights.length > 0;
  }

  private land(frame: LaneFrame): void {
    this.flights = [];
    if (this.flying.length < frame.count) this.flying = new Uint8Array(frame.count);
    else this.flying.fill(0);
  }

  private remember(frame: LaneFrame, place: Placement): void {
    if (this.stage.length < frame.count) {
      this.stage = new Uint8Array(frame.count);
      this.x = new Float32Array(frame.count);
      this.y = new Float32Array(frame.count);
      this.slot = new Int16Array(frame.count);
    }
    this.epoch = frame.epoch;
    this.stage.set(frame.stage.subarray(0, frame.count));
    this.x.set(place.x.subarray(0, frame.count));
    this.y.set(place.y.subarray(0, frame.count));
    this.slot.set(frame.slot.subarray(0, frame.count));
  }
}

/** Starting, working and ending are one line in which a square moves by itself. */
function leaves(before: number, after: number): boolean {
  if (before === after) return false;
  const inLine = (stage: number): boolean => stage >= STAGE.starting && stage <= STAGE.ending;
  return !(inLine(before) && inLine(after));
}

type Point = [number, number];

interface Ends {
  from: Point;
  to: Point;
  line: number;
  g: Geometry;
}

/** Corners between the ends: down the stream line into the throat, and out of it. */
function wayOf(before: number, after: number, { from, to, line, g }: Ends): number[] {
  const half = (g.movingPitch - 1) / 2;
  const inX = g.lines[line]! - half;
  const fanX = g.fans[line]! - half;
  const way: number[] = [...from];
  if (after < before) {
    // Back to the chamber (a retry, a sleeping sensor): up through the throat it came down.
    if (before >= STAGE.starting) way.push(inX, g.throatTop, fanX, g.fanTop);
    way.push(...to);
    return way;
  }
  if (before <= STAGE.queue && after >= STAGE.starting) way.push(fanX, g.fanTop, inX, g.throatTop);
  if (after === STAGE.heap) {
    if (before <= STAGE.queue) way.push(inX, g.throatBottom);
    way.push(inX, g.throatBottom, fanX, g.fanBottom);
  }
  way.push(...to);
  return way;
}

function lengthOf(way: readonly number[]): number {
  let sum = 0;
  for (let i = 2; i < way.length; i += 2) sum += step(way, i);
  return sum;
}

function step(way: readonly number[], i: number): number {
  return Math.hypot(way[i]! - way[i - 2]!, way[i + 1]! - way[i - 1]!);
}

function along(flight: Flight, share: number): Point {
  const { way } = flight;
  let rest = share * flight.length;
  for (let i = 2; i < way.length; i += 2) {
    const part = step(way, i);
    if (rest <= part || i === way.length - 2) {
      const at = part === 0 ? 1 : Math.min(1, rest / part);
      return [
        way[i - 2]! + (way[i]! - way[i - 2]!) * at,
        way[i - 1]! + (way[i + 1]! - way[i - 1]!) * at,
      ];
    }
    rest -= part;
  }
  return [way[0]!, way[1]!];
}

/** The tail bends with the way, so that it never cuts across a wall. */
function tailOf(flight: Flight, share: number): number[] {
  const from = Math.max(0, share - TAIL);
  const tail: number[] = [];
  for (let i = 0; i <= TAIL_PARTS; i++) {
    tail.push(...along(flight, from + ((share - from) * i) / TAIL_PARTS));
  }
  return tail;
}

/** Slow at both ends, like the token --e-flow. */
function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
