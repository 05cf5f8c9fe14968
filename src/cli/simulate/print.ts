/** The three forms in which a run is printed. */
import { logTable } from '../../airflow/logTable.ts';
import { metricsOfRun } from '../../explain/metrics/ofRun.ts';
import type { Prices } from '../../airflow/scenario.ts';
import { metricsCsv, metricsJson } from '../../explain/metrics/table.ts';
import type { LaneResult } from './lanes.ts';
import { logRows, logText } from './logs.ts';
import type { Format, MetricsFormat, SimulateOptions } from './options.ts';
import { rowsOf } from './rows.ts';
import type { LaneRows } from './rows.ts';

export function print(results: readonly LaneResult[], options: SimulateOptions): string {
  if (options.metrics !== null) return printMetrics(results, options.metrics, options.prices);
  if (options.logsAtS !== null) return printLogs(results, options.format, options.logsAtS);
  return printRuns(results, options.format);
}

function printMetrics(
  results: readonly LaneResult[],
  format: MetricsFormat,
  prices: Prices,
): string {
  const lanes = results.map(({ lane, run }) => ({
    lane: `${lane.executor}@${lane.airflow}`,
    metrics: metricsOfRun(run, prices),
  }));
  return format === 'csv' ? metricsCsv(lanes) : `${metricsJson(lanes)}\n`;
}

function printLogs(results: readonly LaneResult[], format: Format, atS: number): string {
  if (format !== 'json') return results.map((result) => logText(result, atS)).join('\n');
  const lanes = results.map(({ lane, run }) => ({ ...lane, logs: logRows(run, atS) }));
  return `${JSON.stringify({ lanes })}\n`;
}

function printRuns(results: readonly LaneResult[], format: Format): string {
  if (format === 'log') return results.map(logLines).join('');
  const lanes = results.map(rowsOf);
  if (format === 'json') return `${JSON.stringify({ lanes })}\n`;
  return lanes.map(laneTable).join('\n');
}

function laneTable(lane: LaneRows): string {
  const { executor, airflow, makespan, hash } = lane;
  const end = makespan === null ? 'never ends in this time' : `ends after ${makespan.toFixed(1)} s`;
  const head = `${executor} on Airflow ${airflow}: ${end} (hash ${hash})`;
  const runs = lane.dag_runs.map((run) => [
    run.dag_id,
    run.run_id,
    run.state,
    cell(run.start_date),
    cell(run.end_date),
  ]);
  const tis = lane.task_instances.map((ti) => [
    ti.map_index < 0 ? ti.task_id : `${ti.task_id} [${ti.map_index}]`,
    ti.run_id,
    ti.state ?? 'none',
    String(ti.try_number),
    cell(ti.queued_dttm),
    cell(ti.start_date),
    cell(ti.end_date),
  ]);
  return [
    head,
    '',
    ...columns(['dag_id', 'run_id', 'state', 'start', 'end'], runs),
    '',
    ...columns(['task_id', 'run_id', 'state', 'try', 'queued', 'start', 'end'], tis),
    '',
  ].join('\n');
}

function cell(seconds: number | null): string {
  return seconds === null ? '-' : seconds.toFixed(3);
}

function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** One line a change: lane, seconds, what, from -> to, event. Tabs between. */
function logLines({ lane, run }: LaneResult): string {
  const { transitions } = logTable();
  const { log } = run.engine.simulation;
  const info = run.info('');
  const lines: string[] = [];
  for (let seq = 0; seq < log.length; seq++) {
    const record = log.record(seq);
    const what = transitions[record.what];
    if (!what) continue;
    const name = nameOf(info, what.machine, record.entity);
    const change = `${what.from} -> ${what.to}`;
    const cells = [lane.executor, (record.t / 1_000_000).toFixed(6), what.machine, name, change];
    lines.push([...cells, what.event].join('\t'));
  }
  return `${lines.join('\n')}\n`;
}

function nameOf(
  info: ReturnType<LaneResult['run']['info']>,
  machine: string,
  entity: number,
): string {
  const run = info.runs?.[entity];
  if (machine === 'dag_run') return run ? `${run.dag_id} ${run.run_id}` : String(entity);
  const label = info.labels[entity];
  if (!label) return String(entity);
  const place = label.map_index < 0 ? '' : ` [${label.map_index}]`;
  return `${label.dag_id} ${label.run_id} ${label.task_id}${place}`;
}
