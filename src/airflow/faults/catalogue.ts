/**
 * Every kind of fault that the engine can carry out. What each does in real Airflow, and which
 * option governs it, is the sentence `fault.<what>.<part>` of src/i18n; the code that does it is
 * found by apply.ts under the same two words.
 */
import type { ExecutorName } from '../scenario.ts';
import type { AirflowVersion } from '../spec.ts';
import { celeryFaults } from './celery.ts';
import { controlFaults } from './control.ts';
import { kubernetesFaults } from './kubernetes.ts';
import type { FaultKind, PartKind } from './kinds.ts';

export const FAULTS: readonly FaultKind[] = [
  ...controlFaults,
  ...celeryFaults,
  ...kubernetesFaults,
];

export function kindOf(what: string, part: PartKind): FaultKind | null {
  return FAULTS.find((each) => each.what === what && each.part === part) ?? null;
}

export function existsIn(
  kind: FaultKind,
  airflow: AirflowVersion,
  executors: readonly ExecutorName[],
): boolean {
  const inVersion = kind.versions === null || kind.versions.includes(airflow);
  return (
    inVersion &&
    (kind.executors === null || executors.some((each) => kind.executors?.includes(each)))
  );
}

/** What can be done to a part of a lane with these executors: the entries of its menu. */
export function faultsOfPart(
  part: PartKind,
  airflow: AirflowVersion,
  executors: readonly ExecutorName[],
): FaultKind[] {
  return FAULTS.filter((each) => each.part === part && existsIn(each, airflow, executors));
}
