/**
 * Human in the loop (semantics 8.7): the first part of such a task asks and parks, the second one
 * does what the answer says: approve or reject, follow a branch, or hand on what was entered.
 */
import { US_PER_SECOND } from '../../base/time.ts';
import type { TaskBehaviour } from '../behaviour/book.ts';
import { DEFERRAL_CODE_S } from '../behaviour/defaults.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import type { HitlSpec } from '../spec.ts';
import type { PlantEnv } from './env.ts';
import type { Ending } from './sensorCode.ts';
import { OUTCOME } from './workloads.ts';

const APPROVE = 'Approve';
const ASKING_US = DEFERRAL_CODE_S * US_PER_SECOND;

export class HitlCode {
  private readonly env: PlantEnv;
  private readonly code: Ending;

  constructor(env: PlantEnv, code: Ending) {
    this.env = env;
    this.code = code;
  }

  /** The question is written, then the task parks. */
  begin(w: number, behaviour: TaskBehaviour): void {
    const { context, port, workloads } = this.env;
    const ti = this.code.tiOf(w);
    const limit = behaviour.hitl?.response_timeout_s ?? Infinity;
    const asked = context.now + ASKING_US;
    port.ask(ti);
    if (behaviour.answerAfter < Infinity) {
      const at = asked + behaviour.answerAfter;
      context.at(at, PLANT_EVENT.answer, ti, port.tryNumberOf(ti));
    }
    const end = limit === Infinity ? Infinity : asked + Math.round(limit * US_PER_SECOND);
    workloads.rows.timeout[w] = end;
    const drawn = this.code.drawnOutcome(w, behaviour);
    this.code.endAfter(w, ASKING_US, drawn === OUTCOME.success ? OUTCOME.parked : drawn);
  }

  /** End of the second part: no answer in time and fail_on_reject raise. */
  outcome(ti: number, hitl: HitlSpec): number {
    const answer = this.env.port.answerOf(ti);
    if (answer === null) return OUTCOME.failed;
    const fails = isRejected(hitl, answer) && hitl.approval?.fail_on_reject === true;
    return fails ? OUTCOME.failed : OUTCOME.success;
  }

  /** What is skipped because of the answer. */
  follow(ti: number, { hitl, ignoresRules }: TaskBehaviour): void {
    const { port } = this.env;
    const answer = port.answerOf(ti) ?? [];
    if (hitl && isRejected(hitl, answer)) port.shortCircuit(ti, ignoresRules);
    const mapping = hitl?.options_mapping;
    if (!mapping) return;
    port.branch(
      ti,
      answer.map((option) => mapping[option] ?? option),
    );
  }
}

function isRejected(hitl: HitlSpec, answer: readonly string[]): boolean {
  return hitl.approval !== undefined && answer[0] !== APPROVE;
}
