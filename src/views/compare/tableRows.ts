/** Filter, order and window of the table of task instances. */
import type { TiRow } from '../../app/model.ts';
import type { TiState } from '../states.ts';
import { nameOf } from './labels.ts';

export const COLUMNS = [
  'task_id',
  'state',
  'try_number',
  'scheduled',
  'queued',
  'start',
  'end',
  'hostname',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What moves first, then what waits, then what has ended. */
const BY_STATE: readonly TiState[] = [
  'running',
  'restarting',
  'queued',
  'scheduled',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'none',
  'failed',
  'upstream_failed',
  'skipped',
  'success',
  'removed',
];

export interface Order {
  column: Column;
  down: boolean;
}

export interface Filter {
  text: string;
  /** Airflow's state name, null for all. */
  state: string | null;
}

export function filterRows(rows: readonly TiRow[], filter: Filter): TiRow[] {
  const wanted = filter.text.trim().toLowerCase();
  return rows.filter((row) => {
    if (filter.state !== null && row.state !== filter.state) return false;
    if (wanted === '') return true;
    return `${row.dag_id} ${row.run_id} ${nameOf(row.task_id, row.map_index)}`
      .toLowerCase()
      .includes(wanted);
  });
}

/** A new array; equal rows keep their order, unknown times come last in both directions. */
export function sortRows(rows: readonly TiRow[], order: Order): TiRow[] {
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [keyOf(a, order.column), keyOf(b, order.column)];
    if (x === y) return a.ti - b.ti;
    if (x === null) return 1;
    if (y === null) return -1;
    return x < y ? -sign : sign;
  });
}

function keyOf(row: TiRow, column: Column): string | number | null {
  if (column === 'state') return BY_STATE.findIndex((state) => state === row.state);
  if (column === 'task_id') {
    return `${row.dag_id} ${row.task_id} ${String(row.map_index + 1).padStart(8, '0')}`;
  }
  return row[column];
}

export interface Span {
  from: number;
  to: number;
}

/** Rows to draw for a scroll position, with a few to spare on both sides. */
export function visible(scrollTop: number, height: number, row: number, count: number): Span {
  const spare = 8;
  const from = Math.max(0, Math.floor(scrollTop / row) - spare);
  return { from, to: Math.min(count, Math.ceil((scrollTop + height) / row) + spare) };
}
