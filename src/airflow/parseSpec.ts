/** Unknown data -> DagSpecs: first the shape of every field, then what must hold between them. */
import { err, fail, ok, type Result } from '../base/result.ts';
import { mismatchParams } from '../base/shape.ts';
import { checkSpecs } from './checkSpecs.ts';
import { profileOf } from './profile/index.ts';
import type { AirflowVersion, DagSpec } from './spec.ts';
import { dagShape } from './specShape.ts';

/** One DAG; the problems name the field. */
export function parseDagSpec(value: unknown, version: AirflowVersion): Result<DagSpec> {
  const wrong = dagShape(value, 'dag');
  if (wrong !== null) return fail('field_wrong', mismatchParams(wrong), { field: wrong.path });
  const dag = value as DagSpec;
  const problems = checkSpecs([dag], profileOf(version));
  return problems.length > 0 ? err(problems) : ok(dag);
}
