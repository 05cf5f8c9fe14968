/** Metrics as rows of a table, for CSV and for people: one row a number. */
import type { Distribution } from './samples.ts';
import type { Metrics } from './metrics.ts';

export interface MetricRow {
  /** `slots.held`, `wait.p95`, ... */
  readonly metric: string;
  /** Of what: a cause, a group, a DAG; '' for the lane as a whole. */
  readonly of: string;
  readonly value: number;
  readonly unit: 's' | 'share' | 'count' | 'money';
}

export function metricRows(metrics: Metrics): MetricRow[] {
  const { slots, reserved, depth, runs, cost } = metrics;
  return [
    row('span', metrics.span_s, 's'),
    ...counts('runs', runs),
    row('tries', metrics.tries, 'count'),
    ...byName('time', metrics.time_by_cause, 's'),
    row('slots.capacity', slots.capacity_s, 's'),
    row('slots.held', slots.held_s, 's'),
    row('slots.start_up', slots.start_up_s, 's'),
    row('slots.work', slots.work_s, 's'),
    row('slots.kept', slots.kept_s, 's'),
    row('slots.useful_share', slots.useful_share, 'share'),
    row('slots.utilisation', slots.utilisation, 'share'),
    ...slots.groups.flatMap(({ name, held_s, work_s, utilisation }) => [
      row('group.held', held_s, 's', name),
      row('group.work', work_s, 's', name),
      row('group.utilisation', utilisation, 'share', name),
    ]),
    ...Object.entries(reserved).map(([name, value]) =>
      row(`reserved.${name.replace(/_s$/, '')}`, value, 's'),
    ),
    ...Object.entries(depth).flatMap(([name, { mean, max }]) => [
      row(`depth.${name}.mean`, mean, 'count'),
      row(`depth.${name}.max`, max, 'count'),
    ]),
    ...distribution('wait', metrics.wait),
    ...distribution('duration', metrics.duration),
    ...distribution('landing', metrics.landing),
    ...Object.entries(metrics.landing_by_dag).flatMap(([dag, of]) =>
      distribution('landing', of, dag),
    ),
    row('cost', cost.total, 'money'),
    ...byName('cost', cost.by_part, 'money'),
  ];
}

/** CSV of several lanes, with a head; numbers with so many digits that seconds are exact. */
export function metricsCsv(lanes: readonly { lane: string; metrics: Metrics }[]): string {
  const lines = lanes.flatMap(({ lane, metrics }) =>
    metricRows(metrics).map(({ metric, of, value, unit }) =>
      [lane, metric, of, String(round(value)), unit].map(quoted).join(','),
    ),
  );
  return ['lane,metric,of,value,unit', ...lines].map((line) => `${line}\r\n`).join('');
}

export function metricsJson(lanes: readonly { lane: string; metrics: Metrics }[]): string {
  return JSON.stringify({ lanes: lanes.map(({ lane, metrics }) => ({ lane, ...metrics })) });
}

function row(metric: string, value: number, unit: MetricRow['unit'], of = ''): MetricRow {
  return { metric, of, value, unit };
}

function counts(metric: string, of: Readonly<Record<string, number>>): MetricRow[] {
  return byName(metric, of, 'count');
}

function byName(
  metric: string,
  of: Readonly<Record<string, number>>,
  unit: MetricRow['unit'],
): MetricRow[] {
  return Object.entries(of).map(([name, value]) => row(metric, value, unit, name));
}

function distribution(metric: string, of: Distribution | null, name = ''): MetricRow[] {
  if (of === null) return [];
  return Object.entries(of).map(([part, value]) =>
    row(`${metric}.${part}`, value, part === 'count' ? 'count' : 's', name),
  );
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** A name may hold commas and quotes; a leading sign of a formula is only text. */
function quoted(text: string): string {
  const plain = /^[=+@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
