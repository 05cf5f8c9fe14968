/**
 * One square is one task instance. Its colour is its state; below 12 px it has no glyph, so four
 * states speak by shape too: failed is cut, upstream_failed has a hole, skipped is half high, none
 * is an outline, removed is hatched (design/visual, section 5).
 */
import type { SceneTheme } from '../../app/sceneModel.ts';
import type { Context } from './canvas.ts';
import type { StateIndex } from './stages.ts';

export class SquareBrush {
  private readonly context: Context;
  private theme: SceneTheme;
  private readonly states: StateIndex;

  constructor(context: Context, theme: SceneTheme, states: StateIndex) {
    this.context = context;
    this.theme = theme;
    this.states = states;
  }

  setTheme(theme: SceneTheme): void {
    this.theme = theme;
  }

  /** Draws the square with its left top corner at (x, y). */
  draw(state: number, x: number, y: number, side: number): void {
    const { context } = this;
    const colours = this.theme.states[state];
    if (!colours) return;
    // Too small for an outline: then the outline's colour is the fill, so that none stays visible.
    context.fillStyle = side < 4 && colours.outline ? colours.outline : colours.fill;
    const height = state === this.states.skipped ? Math.max(1, Math.ceil(side / 2)) : side;
    context.fillRect(x, y, side, height);
    if (colours.outline && side >= 4) {
      context.strokeStyle = colours.outline;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, side - 1, height - 1);
    }
    if (side >= 5) this.mark(state, x, y, side);
  }

  private mark(state: number, x: number, y: number, side: number): void {
    const { context } = this;
    if (state === this.states.failed) {
      context.strokeStyle = this.theme.surface;
      context.lineWidth = 1.1;
      context.beginPath();
      context.moveTo(x + 1.2, y + 1.2);
      context.lineTo(x + side - 1.2, y + side - 1.2);
      context.stroke();
    } else if (state === this.states.upstream_failed) {
      const hole = Math.max(2, Math.round(side * 0.42));
      const at = (side - hole) / 2;
      context.fillStyle = this.theme.surface;
      context.fillRect(x + at, y + at, hole, hole);
    } else if (state === this.states.removed) this.hatch(x, y, side);
  }

  private hatch(x: number, y: number, side: number): void {
    const { context } = this;
    context.strokeStyle = this.theme.surface;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 2; i < side * 2; i += 3) {
      context.moveTo(x + Math.min(side, i), y + Math.max(0, i - side));
      context.lineTo(x + Math.max(0, i - side), y + Math.min(side, i));
    }
    context.stroke();
  }
}
