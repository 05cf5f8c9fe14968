/**
 * What holds the slot lines: a worker's or a node's box with its true name, and around each task
 * instance on a node the pod that was made for it.
 */
import type { LaneFrame, LaneInfo } from '../../explain/frame.ts';
import type { SceneTheme } from '../../app/sceneModel.ts';
import type { Context } from './canvas.ts';
import { lineOfSlot } from './geometry.ts';
import type { Geometry } from './geometry.ts';
import { zoneOf } from './partZones.ts';
import type { Zone } from './partZones.ts';
import { STAGE } from './stages.ts';

const BOXED: readonly string[] = ['worker', 'node'];
/** A name needs so much room, CSS pixels a character. */
const CHARACTER = 6.8;

export interface Container extends Zone {
  name: string;
  isNode: boolean;
  /** Slots from `first` to `last`, both within. */
  first: number;
  last: number;
}

/** Boxes of a lane, from left to right; none where groups share their lines. */
export function containersOf(g: Geometry, info: LaneInfo): Container[] {
  const firsts: number[] = [];
  let slots = 0;
  for (const group of info.slotGroups) {
    firsts.push(slots);
    slots += group.slots;
  }
  return info.parts.flatMap((part) => {
    const zone = BOXED.includes(part.kind) ? zoneOf(g, info, part.name) : null;
    if (!zone || part.group === null) return [];
    const first = firsts[part.group] ?? 0;
    const last = first + (info.slotGroups[part.group]?.slots ?? 1) - 1;
    return [{ ...zone, name: part.name, isNode: part.kind === 'node', first, last }];
  });
}

export function drawContainers(
  context: Context,
  containers: readonly Container[],
  theme: SceneTheme,
): void {
  context.strokeStyle = theme.stream;
  context.lineWidth = 1;
  for (const { x, y, width, height } of containers) {
    context.beginPath();
    context.roundRect(x + 0.5, y - 1.5, width - 1, height + 3, 3);
    context.stroke();
  }
}

/** Names below the boxes, where each has room for its own. */
export function nameContainers(
  context: Context,
  containers: readonly Container[],
  theme: SceneTheme,
): void {
  context.save();
  context.font = `11px ${theme.fontUi}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = theme.surface;
  context.fillStyle = theme.ink3;
  for (const { name, x, y, width, height } of containers) {
    if (name.length * CHARACTER > width) continue;
    context.strokeText(name, x + width / 2, y + height + 14);
    context.fillText(name, x + width / 2, y + height + 14);
  }
  context.restore();
}

/** One capsule per pod that is there. */
export function drawPods(
  context: Context,
  g: Geometry,
  frame: LaneFrame,
  containers: readonly Container[],
  theme: SceneTheme,
): void {
  const nodes = containers.filter(({ isNode }) => isNode);
  if (nodes.length === 0 || g.slotsPerLine > 1) return;
  const half = g.movingPitch / 2 - 0.5;
  context.strokeStyle = theme.wall;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.beginPath();
  for (let ti = 0; ti < frame.count; ti++) {
    const stage = frame.stage[ti]!;
    const slot = frame.slot[ti]!;
    if (stage < STAGE.starting || stage > STAGE.ending || slot < 0) continue;
    if (!nodes.some(({ first, last }) => slot >= first && slot <= last)) continue;
    const x = g.lines[lineOfSlot(g, slot)]!;
    context.roundRect(x - half, g.throatTop + 2, 2 * half, g.throatBottom - g.throatTop - 4, half);
  }
  context.stroke();
  context.globalAlpha = 1;
}
