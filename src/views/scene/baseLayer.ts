/** What does not move: walls, gate, streams, the shaded start zone, piers. Painted once a size. */
import type { SceneTheme } from '../../app/sceneModel.ts';
import { fitCanvas, makeLayer } from './canvas.ts';
import type { AnyCanvas, Context, Layer } from './canvas.ts';
import type { Geometry } from './geometry.ts';

export class BaseLayer {
  private readonly layer: Layer = makeLayer(1, 1);

  get canvas(): AnyCanvas {
    return this.layer.canvas;
  }

  paint(g: Geometry, theme: SceneTheme, ratio: number): void {
    fitCanvas(this.layer, g.width, g.height, ratio);
    const { context } = this.layer;
    context.clearRect(0, 0, g.width, g.height);
    line(context, theme.line2, 1, [
      [14, g.schedulerY + 9.5],
      [g.width - 14, g.schedulerY + 9.5],
    ]);
    testSection(context, g, theme);
    streams(context, g, theme);
    piers(context, g, theme);
    wall(context, g, theme, g.left, g.throatLeft);
    wall(context, g, theme, g.right, g.throatRight);
    line(context, theme.wall, 1.6, [
      [g.left, g.heapBottom],
      [g.right, g.heapBottom],
    ]);
    context.setLineDash([1, 3]);
    line(context, theme.wall, 1, [
      [g.left, g.gateY + 0.5],
      [g.right, g.gateY + 0.5],
    ]);
    context.setLineDash([]);
  }
}

export function line(
  context: Context,
  colour: string,
  width: number,
  points: readonly (readonly [number, number])[],
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

function testSection(context: Context, g: Geometry, theme: SceneTheme): void {
  const width = g.throatRight - g.throatLeft;
  context.fillStyle = theme.sunken;
  context.fillRect(g.throatLeft, g.throatTop, width, g.throatBottom - g.throatTop);
  context.fillStyle = theme.hover;
  context.fillRect(g.throatLeft, g.throatTop, width, g.startEnd - g.throatTop);
}

function streams(context: Context, g: Geometry, theme: SceneTheme): void {
  context.strokeStyle = theme.stream;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < g.lines.length; i++) {
    const x = g.lines[i]!;
    const fan = g.fans[i]!;
    const top = g.fanTop + 24;
    context.moveTo(fan, g.fanTop);
    context.bezierCurveTo(fan, top, x, top - 10, x, g.throatTop);
    context.lineTo(x, g.throatBottom);
    context.bezierCurveTo(x, g.throatBottom + 26, fan, g.throatBottom + 18, fan, g.fanBottom);
  }
  context.stroke();
}

function piers(context: Context, g: Geometry, theme: SceneTheme): void {
  context.fillStyle = theme.wall;
  for (const x of g.piers) {
    context.beginPath();
    context.roundRect(x, g.throatTop - 2, 6, g.throatBottom - g.throatTop + 4, 2);
    context.fill();
  }
}

/** One wall: wide above, in to the throat, wide again below. */
function wall(context: Context, g: Geometry, theme: SceneTheme, x: number, throat: number): void {
  // Below the words of the slots, also where the lane is short.
  const bend = Math.max(g.throatTop - 46, g.slotLabelY + 4);
  const span = g.throatTop - bend;
  context.strokeStyle = theme.wall;
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(x, g.wallTop);
  context.lineTo(x, bend);
  context.bezierCurveTo(x, bend + span * 0.65, throat, bend + span * 0.43, throat, g.throatTop);
  context.lineTo(throat, g.throatBottom);
  context.bezierCurveTo(throat, g.throatBottom + 26, x, g.throatBottom + 18, x, g.fanBottom);
  context.lineTo(x, g.heapBottom);
  context.stroke();
}
