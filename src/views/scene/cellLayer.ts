/**
 * The chamber and the heap as one bitmap in which only changed squares are painted again: 2,000
 * resting squares cost nothing while a few move.
 */
import { fitCanvas, makeLayer } from './canvas.ts';
import type { AnyCanvas, Layer } from './canvas.ts';
import type { Geometry, Grid } from './geometry.ts';
import type { LaneFrame } from '../../explain/frame.ts';
import type { Placement } from './placement.ts';
import { SquareBrush } from './squares.ts';
import { STAGE } from './stages.ts';
import type { StateIndex } from './stages.ts';
import type { SceneTheme } from '../../app/sceneModel.ts';

const EMPTY = 255;
/** Which state wins where a square stands for several task instances: the most severe. */
const SEVERITY = [
  'failed',
  'upstream_failed',
  'skipped',
  'running',
  'queued',
  'scheduled',
] as const;

export class CellLayer {
  private readonly layer: Layer = makeLayer(1, 1);
  private readonly brush: SquareBrush;
  private readonly states: StateIndex;
  private shown: Uint8Array[] = [new Uint8Array(0), new Uint8Array(0)];
  private next: Uint8Array[] = [new Uint8Array(0), new Uint8Array(0)];

  constructor(theme: SceneTheme, states: StateIndex) {
    this.brush = new SquareBrush(this.layer.context, theme, states);
    this.states = states;
  }

  get canvas(): AnyCanvas {
    return this.layer.canvas;
  }

  /** Forgets everything: after a change of size, theme or run. */
  reset(geometry: Geometry, ratio: number, theme: SceneTheme): void {
    fitCanvas(this.layer, geometry.width, geometry.height, ratio);
    this.brush.setTheme(theme);
    const sizes = [cells(geometry.chamber), cells(geometry.heap)];
    this.shown = sizes.map((n) => new Uint8Array(n).fill(EMPTY));
    this.next = sizes.map((n) => new Uint8Array(n).fill(EMPTY));
  }

  /** Brings the bitmap up to the frame; task instances in `flying` leave their squares empty. */
  update(frame: LaneFrame, placement: Placement, g: Geometry, flying: Uint8Array): void {
    for (const grid of this.next) grid.fill(EMPTY);
    for (let ti = 0; ti < frame.count; ti++) {
      const cell = placement.cell[ti]!;
      if (cell < 0 || flying[ti] === 1) continue;
      const grid = this.next[frame.stage[ti] === STAGE.heap ? 1 : 0]!;
      if (cell < grid.length) grid[cell] = this.worse(grid[cell]!, frame.state[ti]!);
    }
    this.repaint(0, g.chamber, g.pitch);
    this.repaint(1, g.heap, g.pitch);
  }

  private worse(a: number, b: number): number {
    if (a === EMPTY) return b;
    for (const name of SEVERITY) {
      if (a === this.states[name] || b === this.states[name]) return this.states[name];
    }
    return a;
  }

  private repaint(which: number, grid: Grid, pitch: number): void {
    const shown = this.shown[which]!;
    const next = this.next[which]!;
    for (let cell = 0; cell < next.length; cell++) {
      const state = next[cell]!;
      if (state === shown[cell]) continue;
      shown[cell] = state;
      const x = grid.x + (cell % grid.columns) * pitch;
      const y = grid.bottom - Math.floor(cell / grid.columns) * pitch;
      this.layer.context.clearRect(x - 0.5, y - 0.5, pitch, pitch);
      if (state !== EMPTY) this.brush.draw(state, x, y, pitch - 1);
    }
  }
}

/** A few rows more than fit, so that a lane that grows past its room still shows every square. */
function cells(grid: Grid): number {
  return grid.columns * (grid.rows + 2);
}
