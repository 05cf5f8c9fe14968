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

/** Null: the part has no place of its own in the picture (database, API server ...). */
export function zoneOf(g: Geometry, info: LaneInfo, part: string): Zone | null {
  const n = Number(/-(\d+)$/.exec(part)?.[1] ?? 1);
  const kind = part.replace(/-\d+$/, '');
  if (kind === 'scheduler') return { x: g.left, y: 0, width: g.right - g.left, height: 26 };
  if (kind === 'broker' || kind === 'kubernetes-api') return queueZone(g);
  const own = info.parts.find((one) => one.name === part);
  const group = info.slotGroups[own?.group ?? -1];
  if (!own || own.group === null || !group) return null;
  const before = info.slotGroups.slice(0, own.group).reduce((sum, one) => sum + one.slots, 0);
  if (kind === 'local-worker') return linesZone(g, before + n - 1, before + n - 1);
  return linesZone(g, before, before + Math.max(1, group.slots) - 1);
}

function queueZone(g: Geometry): Zone {
  return {
    x: g.left,
    y: g.gateY + 3,
    width: g.right - g.left,
    height: g.slotLabelY - g.gateY - 17,
  };
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
  if (inside) return inside;
  // Rows of task instances that wait are rows of the metadata database.
  return y > g.wallTop && y < g.gateY && names.includes('database') ? 'database' : null;
}
