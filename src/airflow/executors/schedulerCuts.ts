/** F25: the ways of one scheduler to where its executor sends work, and to Celery's results. */
import { CALL } from '../runner/outage.ts';
import type { Plant } from './plant.ts';

/**
 * What a scheduler's calls to the broker of Celery or to the Kubernetes API meet from now on (a
 * code of CALL). False when it has neither, or when that is so already.
 */
export function cutExecutor(plant: Plant, scheduler: number, mode: number): boolean {
  const { celery, kubernetes } = plant;
  if (celery === null && kubernetes === null) return false;
  if (!plant.unheard.setExecutor(scheduler, mode)) return false;
  if (mode === CALL.answered) kubernetes?.cluster.faults.watchAgain(scheduler);
  return true;
}

/** A scheduler cannot read Celery's results, or can again. */
export function cutResults(plant: Plant, scheduler: number, cut: boolean): boolean {
  return plant.celery !== null && plant.unheard.setResults(scheduler, cut);
}
