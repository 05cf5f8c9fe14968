/**
 * Broken parts in the picture: hatched at 135 degrees, with a diamond and the part's name. A
 * scheduler's line says in words since when it is down (caption.ts).
 */
import type { Broken, LaneInfo } from '../../explain/frame.ts';
import type { SceneTheme } from '../../app/sceneModel.ts';
import type { Context } from './canvas.ts';
import type { Geometry } from './geometry.ts';
import { zoneOf } from './partZones.ts';
import type { Zone } from './partZones.ts';

const GAP = 7;

export function drawBroken(
  context: Context,
  g: Geometry,
  info: LaneInfo,
  theme: SceneTheme,
  broken: readonly Broken[],
): void {
  for (const { part } of broken) {
    const zone = part.startsWith('scheduler-') ? null : zoneOf(g, info, part);
    if (zone) hatch(context, zone, theme);
    if (zone) sign(context, zone, theme, part);
  }
}

function hatch(context: Context, zone: Zone, theme: SceneTheme): void {
  const { x, y, width, height } = zone;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.globalAlpha = 0.6;
  context.strokeStyle = theme.fault;
  context.lineWidth = 1.4;
  context.beginPath();
  for (let at = -height; at < width; at += GAP) {
    context.moveTo(x + at, y);
    context.lineTo(x + at + height, y + height);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  context.restore();
}

/** A plate, so that the name is read over the hatching. */
function sign(context: Context, zone: Zone, theme: SceneTheme, part: string): void {
  context.save();
  context.font = `600 11px ${theme.fontMono}`;
  context.textBaseline = 'middle';
  const width = context.measureText(part).width + 24;
  const x = Math.max(4, zone.x + zone.width / 2 - width / 2);
  const y = zone.y + zone.height / 2 - 9;
  context.fillStyle = theme.surface;
  context.strokeStyle = theme.fault;
  context.lineWidth = 1.2;
  context.beginPath();
  context.roundRect(x, y, width, 18, 4);
  context.fill();
  context.stroke();
  diamond(context, x + 10, y + 9);
  context.fillStyle = theme.fault;
  context.fillText(part, x + 18, y + 9.5);
  context.restore();
}

function diamond(context: Context, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - 4.5);
  context.lineTo(x + 4.5, y);
  context.lineTo(x, y + 4.5);
  context.lineTo(x - 4.5, y);
  context.closePath();
  context.stroke();
}
