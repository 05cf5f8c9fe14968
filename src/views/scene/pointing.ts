/** From a point to a task instance, and from one to its neighbour in the picture. Pure. */
import type { LaneFrame } from '../../explain/frame.ts';
import type { SceneHit, SceneStep } from '../../app/sceneModel.ts';
import type { Geometry } from './geometry.ts';
import type { Placement } from './placement.ts';
import { STAGE } from './stages.ts';

/** How far from a square a pointer may be and still mean it (24 px targets, WCAG 2.5.8). */
const REACH = 10;

export function hitAt(
  frame: LaneFrame | null,
  placement: Placement,
  g: Geometry,
  x: number,
  y: number,
): SceneHit | null {
  if (!frame) return null;
  let best = -1;
  let nearest = REACH;
  for (let ti = 0; ti < frame.count; ti++) {
    const side = sideOf(frame, placement, g, ti);
    const dx = Math.abs(x - placement.x[ti]! - side / 2);
    const dy = Math.abs(y - placement.y[ti]! - side / 2);
    const far = Math.max(dx, dy) - side / 2;
    if (far < nearest) {
      nearest = far;
      best = ti;
    }
  }
  if (best < 0) return null;
  const size = sideOf(frame, placement, g, best);
  return { ti: best, x: placement.x[best]!, y: placement.y[best]!, size };
}

/** Side of the square of a task instance, CSS pixels. */
export function sideOf(frame: LaneFrame, placement: Placement, g: Geometry, ti: number): number {
  const stage = frame.stage[ti];
  if (stage === STAGE.chamber || stage === STAGE.heap) return g.pitch - 1;
  return (stage === STAGE.queue ? placement.queuePitch : g.movingPitch) - 1;
}

/**
 * The nearest task instance in a direction; `first` is the left top one, `last` the right bottom
 * one. A step sideways prefers the same row: distance across counts four times.
 */
export function neighbourOf(
  frame: LaneFrame | null,
  placement: Placement,
  from: number | null,
  step: SceneStep,
): number | null {
  if (!frame || frame.count === 0) return null;
  if (step === 'first' || step === 'last') return extreme(frame, placement, step);
  if (from === null || from >= frame.count) return extreme(frame, placement, 'first');
  let best: number | null = null;
  let least = Infinity;
  for (let ti = 0; ti < frame.count; ti++) {
    const cost = costOf(
      placement.x[ti]! - placement.x[from]!,
      placement.y[ti]! - placement.y[from]!,
      step,
    );
    if (ti !== from && cost < least) {
      least = cost;
      best = ti;
    }
  }
  return best;
}

/** Infinity when the place does not lie in the direction of the step. */
function costOf(dx: number, dy: number, step: SceneStep): number {
  const along = step === 'left' ? -dx : step === 'right' ? dx : step === 'up' ? -dy : dy;
  const across = step === 'left' || step === 'right' ? dy : dx;
  return along > 0.5 ? along + 4 * Math.abs(across) : Infinity;
}

function extreme(frame: LaneFrame, placement: Placement, step: 'first' | 'last'): number {
  const sign = step === 'first' ? 1 : -1;
  let best = 0;
  const before = (a: number, b: number): boolean => {
    const dy = (placement.y[a]! - placement.y[b]!) * sign;
    return dy < 0 || (dy === 0 && (placement.x[a]! - placement.x[b]!) * sign < 0);
  };
  for (let ti = 1; ti < frame.count; ti++) if (before(ti, best)) best = ti;
  return best;
}
