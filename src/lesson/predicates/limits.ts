/** The number that a goal asks for, for prose and for marks in a chart. */
import type { Bounds, Pred } from './pred.ts';

/** Microseconds, a count or a share, as the predicate has it; null when it sets none. */
export function limitOf(pred: Pred | undefined): number | null {
  if (!pred) return null;
  switch (pred.kind) {
    case 'predicted':
      return pred.within;
    case 'within':
      return pred.atMost;
    case 'startBefore':
      return pred.at;
    case 'never':
      return pred.longerThan;
    case 'makespan':
    case 'changes':
    case 'guess':
    case 'set':
    case 'count':
    case 'peak':
    case 'total':
      return boundOf(pred.bounds);
    default:
      return null;
  }
}

function boundOf({ is, atLeast, atMost }: Bounds): number | null {
  return atMost ?? atLeast ?? is ?? null;
}
