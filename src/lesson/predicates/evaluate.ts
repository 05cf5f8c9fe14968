/** Says of a predicate, as of time t: met or not, how far, with which number, and the witness. */
import { evaluateEffort } from './effort.ts';
import { nothingYet } from './pred.ts';
import type { Outcome, Pred, Verdict } from './pred.ts';
import type { Scene } from './scene.ts';
import { evaluateStates } from './states.ts';

export function evaluate(pred: Pred, scene: Scene): Outcome {
  switch (pred.kind) {
    case 'and':
      return joined(pred.of, scene, 'no', 'yes');
    case 'or':
      return joined(pred.of, scene, 'yes', 'no');
    case 'not':
      return opposite(evaluate(pred.of, scene));
    case 'makespan':
    case 'guessed':
    case 'predicted':
    case 'changes':
    case 'set':
    case 'guess':
      return evaluateEffort(pred, scene);
    default:
      return evaluateStates(pred, scene);
  }
}

export function holds(pred: Pred, scene: Scene): boolean {
  return evaluate(pred, scene).verdict === 'yes';
}

/** One `decisive` verdict decides; all must have the `other` for the other; else it is open. */
function joined(parts: readonly Pred[], scene: Scene, decisive: Verdict, other: Verdict): Outcome {
  const outcomes = parts.map((part) => evaluate(part, scene));
  const telling = outcomes.find((one) => one.verdict === decisive);
  if (telling) return { ...telling, progress: progressOf(outcomes, decisive) };
  const verdict = outcomes.every((one) => one.verdict === other) ? other : 'open';
  const shown = outcomes.find((one) => one.verdict === verdict) ?? nothingYet;
  return { ...shown, verdict, progress: progressOf(outcomes, decisive) };
}

/** Of `and` the mean of the parts, of `or` the best. */
function progressOf(outcomes: readonly Outcome[], decisive: Verdict): number {
  const all = outcomes.map((one) => one.progress);
  if (all.length === 0) return 0;
  if (decisive === 'yes') return Math.max(...all);
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

function opposite(outcome: Outcome): Outcome {
  const verdict = { yes: 'no', no: 'yes', open: 'open' } as const;
  return { ...outcome, verdict: verdict[outcome.verdict], progress: 1 - outcome.progress };
}
