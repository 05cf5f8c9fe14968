/** What Airflow would not have done, as lines for the person who asked for it. */
import { REFUSALS } from '../../airflow/actions/refusals.ts';
import { CORE_RECORD } from '../../airflow/records.ts';
import type { EngineRun } from '../../explain/engineRun.ts';
import { refused } from '../sentences.ts';

/** `t=90 clear orders: There is no run with this id.` */
export function refusalsOf({ engine }: EngineRun): string[] {
  const { log } = engine.simulation;
  const { actions } = engine.scenario;
  const lines: string[] = [];
  for (let seq = 0; seq < log.length; seq++) {
    const record = log.record(seq);
    if (record.what !== CORE_RECORD.actionRefused) continue;
    const action = actions[record.entity];
    if (!action) continue;
    const of = 'dag_id' in action ? ` ${action.dag_id}` : '';
    lines.push(`t=${action.at_s} ${action.action}${of}: ${refused(REFUSALS[record.reason] ?? '')}`);
  }
  return lines;
}
