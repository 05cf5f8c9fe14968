/** Where the parts of a lane are in its picture, and which part is at a point. Pure. */
import type { LaneInfo } from '../../explain/frame.ts';
import { lineOfSlot } from './geometry.ts';
import type { Geometry } from './geometry.ts';

export interface Zone {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Where a part is. Rows that wait are rows of the metadata database; what ends is told to the API
 * server, or to the result backend. Null: it has no place of its own (DAG processor, triggerer).
 */
export function zoneOf(g: Geometry, info: LaneInfo, part: string): Zone | null {
  const n = Number(/-(\d+)$/.exec(part)?.[1] ?? 1);
  const kind = part.replace(/-\d+$/, '');
  if (kind === 'scheduler') return { x: g.left, y: 0, width: g.right - g.left, height: 26 };
  if (kind === 'database') return band(g, g.wallTop + 2, g.gateY - 3);
  if (kind === 'api-server' || kind === 'result-backend') {
    return band(g, g.throatBottom + 4, g.fanBottom);
  }
  if (kind === 'broker' || kind === 'kubernetes-api') return queueZone(g);
  const own = info.parts.find((one) => one.name === part);
  const group = info.slotGroups[own?.group ?? -1];
  if (!own || own.group === null || !group) return null;
  const before = info.slotGroups.slice(0, own.group).reduce((sum, one) => sum + one.slots, 0);
  if (kind === 'local-worker') return linesZone(g, before + n - 1, before + n - 1);
  return linesZone(g, before, before + Math.max(1, group.slots) - 1);
}

function queueZone(g: Geometry): Zone {
  return band(g, g.gateY + 3, g.slotLabelY - 14);
}

/** From wall to wall. */
function band(g: Geometry, top: number, bottom: number): Zone {
  return { x: g.left, y: top, width: g.right - g.left, height: bottom - top };
}

function linesZone(g: Geometry, first: number, last: number): Zone | null {
  const left = g.lines[lineOfSlot(g, first)];
  const right = g.lines[lineOfSlot(g, last)];
  if (left === undefined || right === undefined) return null;
  const half = g.movingPitch / 2;
  const height = g.throatBottom - g.throatTop;
  return { x: left - half, y: g.throatTop, width: right - left + 2 * half, height };
}

/** The part that a press at a point means. */
export function partAt(g: Geometry, info: LaneInfo, x: number, y: number): string | null {
  const names = info.parts.map((part) => part.name);
  const inside = names.find((name) => {
    const zone = zoneOf(g, info, name);
    if (!zone) return false;
    const across = x >= zone.x && x <= zone.x + zone.width;
    return across && y >= zone.y && y <= zone.y + zone.height;
  });
  return inside ?? null;
}
