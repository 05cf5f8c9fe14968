/** Where the log of each try is, for `--logs`: places, what the page shows, and why. */
import type { EngineRun } from '../../explain/engineRun.ts';
import { TaskLogs, type LogAnswer } from '../../explain/taskLog/index.ts';
import { logSentence } from '../sentences.ts';
import type { LaneResult } from './lanes.ts';

export interface LogRow extends LogAnswer {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
  readonly map_index: number;
  readonly try_number: number;
}

/** `atS`: seconds; Infinity: the end of the run. */
export function logRows(run: EngineRun, atS: number): LogRow[] {
  const t = Math.min(atS * 1_000_000, run.engine.simulation.now);
  const logs = new TaskLogs(run);
  return run
    .info('')
    .labels.flatMap((label, ti) =>
      logs
        .triesOf(ti, t)
        .map((try_number) => ({ ...label, try_number, ...logs.at(ti, try_number, t) })),
    );
}

/** Lines of a terminal, for one lane. */
export function logText({ lane, run }: LaneResult, atS: number): string {
  const lines = logRows(run, atS).flatMap((row) => {
    const copy = row.map_index < 0 ? '' : ` [${row.map_index}]`;
    const places = row.places.map(({ kind, at, state }) => `${kind} ${at} (${state})`).join(', ');
    return [
      `${row.task_id}${copy} try ${row.try_number}: ${places || '-'}`,
      `  ${row.readable ? 'shown' : 'not shown'}: ${logSentence(row.why)}`,
      ...row.messages.map((message) => `  | ${message}`),
    ];
  });
  return `${lane.executor} on Airflow ${lane.airflow}, logs\n\n${lines.join('\n')}\n`;
}
