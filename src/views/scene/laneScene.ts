/**
 * Draws one lane: `draw(frame)` paints the tunnel at the frame's time. Runs the same on the page
 * and in a worker. The layers, from below: walls (painted once), chamber and heap (only what
 * changed), then what moves: queue, slot lines, flights, words, the ring of the selected one.
 */
import type { Broken, LaneFrame, LaneInfo } from '../../explain/frame.ts';
import type { SceneHit, SceneStep, SceneView } from '../../app/sceneModel.ts';
import { BaseLayer, line } from './baseLayer.ts';
import { contextOf, fitCanvas } from './canvas.ts';
import type { AnyCanvas, Context, Layer } from './canvas.ts';
import { drawBroken } from './brokenLayer.ts';
import { brokenParts } from './brokenParts.ts';
import { drawCaptions } from './caption.ts';
import type { LoopView } from './caption.ts';
import { CellLayer } from './cellLayer.ts';
import { containersOf, drawContainers, drawPods, nameContainers } from './containers.ts';
import type { Container } from './containers.ts';
import { Flights } from './flights.ts';
import { choosePitch, layOut } from './geometry.ts';
import type { Geometry, GeometryInput, SharedScale } from './geometry.ts';
import { LabelBrush } from './labels.ts';
import { hitAt, neighbourOf, sideOf } from './pointing.ts';
import { partAt } from './partZones.ts';
import { Placer } from './placement.ts';
import type { Placement } from './placement.ts';
import { SquareBrush } from './squares.ts';
import { STAGE, indexStates } from './stages.ts';
import type { StateIndex } from './stages.ts';

export interface LaneExtras {
  loop: Omit<LoopView, 'downSince'>;
  /** Parts that do not work at this moment. */
  broken: readonly Broken[];
  /** Task instances per state, in the order of `stateNames`. */
  counts: ArrayLike<number>;
  /** False while scrubbing, at 200x and faster, paused: states are shown directly. */
  animate: boolean;
  /** Real milliseconds of the display's clock. */
  nowMs: number;
}

export interface LaneSceneOptions {
  canvas: AnyCanvas;
  info: LaneInfo;
  view: SceneView;
  /** Airflow's states in the order of the frame's numbers. */
  stateNames: readonly string[];
  scale: SharedScale;
}

export class LaneScene {
  private readonly layer: Layer;
  private readonly base = new BaseLayer();
  private readonly cells: CellLayer;
  private readonly flights = new Flights();
  private readonly states: StateIndex;
  private readonly placer: Placer;
  private readonly squares: SquareBrush;
  private readonly labels: LabelBrush;
  private readonly stateNames: readonly string[];
  private info: LaneInfo;
  private view: SceneView;
  private scale: SharedScale;
  private geometry: Geometry;
  private containers: readonly Container[] = [];
  /** What the geometry was made from. */
  private laidOut = '';
  private frame: LaneFrame | null = null;
  /** Real time until which a changed square wears a ring (reduced motion), per task instance. */
  private ringUntil = new Float64Array(0);
  private lastState = new Uint8Array(0);
  private lastEpoch = -1;

  constructor(options: LaneSceneOptions) {
    const context = contextOf(options.canvas);
    this.layer = { canvas: options.canvas, context };
    this.states = indexStates(options.stateNames);
    this.stateNames = options.stateNames;
    this.info = options.info;
    this.view = options.view;
    this.scale = options.scale;
    this.placer = new Placer(this.states);
    this.squares = new SquareBrush(context, options.view.theme, this.states);
    this.labels = new LabelBrush(context, options.view.theme);
    this.cells = new CellLayer(options.view.theme, this.states);
    this.geometry = this.rebuild();
  }

  /** New size, theme, words, selection. Rebuilds only what the change touches. */
  update(change: Partial<SceneView>): void {
    this.view = { ...this.view, ...change };
    const heavy = ['width', 'height', 'ratio', 'theme'].some((key) => key in change);
    if (heavy) this.geometry = this.rebuild();
  }

  /** Another run of the lane (settings changed), or another shared scale. */
  setRun(info: LaneInfo, scale: SharedScale): void {
    this.info = info;
    this.scale = scale;
    // A canvas that is fitted again is empty until it is drawn: only when something moves.
    if (this.layoutKey() !== this.laidOut) this.geometry = this.rebuild();
    else this.containers = containersOf(this.geometry, info);
  }

  /** True while squares are in the air, so that a paused picture knows when to stop drawing. */
  get moving(): boolean {
    return this.flights.active;
  }

  draw(frame: LaneFrame, extras: LaneExtras): void {
    const { context } = this.layer;
    const g = this.geometry;
    this.frame = frame;
    const placement = this.placer.place(frame, g);
    const animate = extras.animate && !this.view.reducedMotion;
    this.flights.plan(frame, placement, g, extras.nowMs, animate);
    if (this.view.reducedMotion) this.noteChanges(frame, extras.nowMs);
    this.cells.update(frame, placement, g, this.flights.flying);
    context.clearRect(0, 0, g.width, g.height);
    context.drawImage(this.base.canvas, 0, 0, g.width, g.height);
    context.drawImage(this.cells.canvas, 0, 0, g.width, g.height);
    const broken = brokenParts(this.info, extras.broken);
    const downSince = this.downSince(broken);
    // With the last scheduler there are no loops: its old ones say nothing any more.
    const { ticks, blockedSince } = extras.loop;
    const gone = downSince !== null;
    const loop: LoopView = { ticks: gone ? [] : ticks, blockedSince, downSince };
    this.drawTicks(loop, frame.t);
    drawContainers(context, this.containers, this.view.theme);
    drawPods(context, g, frame, this.containers, this.view.theme);
    this.drawMoving(frame, placement);
    this.drawFlights(extras.nowMs);
    drawCaptions(this.labels, {
      t: frame.t,
      info: this.info,
      view: this.view,
      geometry: g,
      placement,
      counts: { byState: extras.counts, stateNames: this.stateNames },
      loop,
    });
    nameContainers(context, this.containers, this.view.theme);
    drawBroken(context, g, this.info, this.view.theme, broken);
    this.drawRings(frame, placement, extras.nowMs);
  }

  hit(x: number, y: number): SceneHit | null {
    return hitAt(this.frame, this.placer.placement, this.geometry, x, y);
  }

  part(x: number, y: number): string | null {
    return partAt(this.geometry, this.info, x, y);
  }

  locate(ti: number): SceneHit | null {
    const { placement } = this.placer;
    if (!this.frame || ti < 0 || ti >= this.frame.count) return null;
    return { ti, x: placement.x[ti]!, y: placement.y[ti]!, size: this.sideOf(ti) };
  }

  neighbour(ti: number | null, step: SceneStep): SceneHit | null {
    const next = neighbourOf(this.frame, this.placer.placement, ti, step);
    return next === null ? null : this.locate(next);
  }

  private layout(): GeometryInput {
    const { view, info } = this;
    const size = { width: view.width, height: view.height };
    return {
      ...size,
      ...choosePitch(this.scale.total, size),
      slots: info.slots,
      groups: info.slotGroups.map((group) => group.slots),
      slotsPerLine: this.scale.slotsPerLine,
    };
  }

  private layoutKey(): string {
    return JSON.stringify(this.layout());
  }

  private rebuild(): Geometry {
    const { view, info } = this;
    const size = { width: view.width, height: view.height };
    this.laidOut = this.layoutKey();
    const geometry = layOut(this.layout());
    fitCanvas(this.layer, size.width, size.height, view.ratio);
    this.containers = containersOf(geometry, info);
    this.base.paint(geometry, view.theme, view.ratio);
    this.cells.reset(geometry, view.ratio, view.theme);
    this.squares.setTheme(view.theme);
    this.labels.set(view.theme, size.width >= 340 ? 12 : 11);
    return geometry;
  }

  /** When the last scheduler stopped; null while one works. */
  private downSince(broken: readonly Broken[]): number | null {
    const all = this.info.parts.filter((part) => part.kind === 'scheduler').length;
    const gone = broken.filter(({ part }) => part.startsWith('scheduler-'));
    return all > 0 && gone.length >= all ? Math.max(...gone.map(({ since }) => since)) : null;
  }

  private sideOf(ti: number): number {
    const { frame, geometry } = this;
    return frame ? sideOf(frame, this.placer.placement, geometry, ti) : geometry.pitch - 1;
  }

  /** One tick a loop, the newest at the right; a dotted fault line while the loop is held. */
  private drawTicks(loop: LoopView, t: number): void {
    const { context } = this.layer;
    const { theme } = this.view;
    const g = this.geometry;
    const y = g.schedulerY + 9.5;
    if (loop.blockedSince !== null || loop.downSince !== null) {
      context.setLineDash([3, 3]);
      line(context, theme.fault, 3, [
        [14, y],
        [g.width - 14, y],
      ]);
      context.setLineDash([]);
      return;
    }
    context.strokeStyle = theme.ink2;
    context.lineWidth = 1.4;
    context.beginPath();
    for (let i = loop.ticks.length - 1; i >= 0; i--) {
      // 15 px a second: the loops of the last quarter of a minute, moving to the left.
      const x = g.width - 21 - ((t - loop.ticks[i]!) / 1_000_000) * 15;
      if (x < 20) break;
      context.moveTo(x, y - 4);
      context.lineTo(x, y + 4);
    }
    context.stroke();
  }

  private drawMoving(frame: LaneFrame, placement: Placement): void {
    const g = this.geometry;
    const { flying } = this.flights;
    this.drawChevron(placement);
    this.drawTrails(frame, placement);
    for (let ti = 0; ti < frame.count; ti++) {
      const stage = frame.stage[ti]!;
      if (stage === STAGE.chamber || stage === STAGE.heap || flying[ti] === 1) continue;
      const side = sideOf(frame, placement, g, ti);
      this.squares.draw(frame.state[ti]!, placement.x[ti]!, placement.y[ti]!, side);
    }
  }

  private drawChevron(placement: Placement): void {
    if (placement.queued === 0) return;
    const x = placement.queueLeft - 7;
    const y = this.geometry.queueY + (this.geometry.movingPitch - 1) / 2;
    line(this.layer.context, this.view.theme.ink2, 1.4, [
      [x, y - 3.5],
      [x + 3.4, y],
      [x, y + 3.5],
    ]);
  }

  /** The line above a working square in its colour: how far it has come. */
  private drawTrails(frame: LaneFrame, placement: Placement): void {
    const { context } = this.layer;
    const g = this.geometry;
    const side = g.movingPitch - 1;
    context.globalAlpha = 0.55;
    context.strokeStyle = this.view.theme.states[this.states.running]?.fill ?? this.view.theme.ink;
    context.lineWidth = 1.4;
    context.beginPath();
    for (let ti = 0; ti < frame.count; ti++) {
      if (frame.stage[ti] !== STAGE.working) continue;
      const x = placement.x[ti]! + side / 2;
      context.moveTo(x, g.startEnd);
      context.lineTo(x, placement.y[ti]!);
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  private drawFlights(nowMs: number): void {
    const { context } = this.layer;
    const side = this.geometry.movingPitch - 1;
    this.flights.each(nowMs, ({ state, x, y, tail }) => {
      const points: [number, number][] = [];
      for (let i = 0; i < tail.length; i += 2) {
        points.push([tail[i]! + side / 2, tail[i + 1]! + side / 2]);
      }
      context.globalAlpha = 0.45;
      line(context, this.view.theme.states[state]?.fill ?? this.view.theme.ink, 1.4, points);
      context.globalAlpha = 1;
      this.squares.draw(state, x, y, side);
    });
  }

  private noteChanges(frame: LaneFrame, nowMs: number): void {
    if (this.lastState.length < frame.count || this.lastEpoch !== frame.epoch) {
      this.lastState = new Uint8Array(frame.count);
      this.ringUntil = new Float64Array(frame.count);
    } else {
      for (let ti = 0; ti < frame.count; ti++) {
        if (this.lastState[ti] !== frame.state[ti]) this.ringUntil[ti] = nowMs + 1000;
      }
    }
    this.lastEpoch = frame.epoch;
    this.lastState.set(frame.state.subarray(0, frame.count));
  }

  private drawRings(frame: LaneFrame, placement: Placement, nowMs: number): void {
    const { context } = this.layer;
    const { selected, hovered, theme, leader, reducedMotion } = this.view;
    if (reducedMotion) {
      for (let ti = 0; ti < this.ringUntil.length; ti++) {
        if (this.ringUntil[ti]! > nowMs) this.ring(context, placement, ti, theme.ink, 1);
      }
    }
    if (hovered !== null && hovered < frame.count) {
      this.ring(context, placement, hovered, theme.ink, 1.4);
    }
    if (selected === null || selected >= frame.count) return;
    this.ring(context, placement, selected, theme.accent, 2);
    if (!leader) return;
    const side = this.sideOf(selected);
    const y = placement.y[selected]! + side / 2;
    line(context, theme.accent, 1.2, [
      [placement.x[selected]! + side + 3, y],
      [this.geometry.width, y],
    ]);
  }

  private ring(
    context: Context,
    placement: Placement,
    ti: number,
    colour: string,
    width: number,
  ): void {
    const side = this.sideOf(ti);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.roundRect(placement.x[ti]! - 3, placement.y[ti]! - 3, side + 6, side + 6, 2.5);
    context.stroke();
  }
}
