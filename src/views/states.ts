/** Airflow's fourteen task states, in the order of the task-instance machine (TI_STATES). */
export const TI_STATES = [
  'none',
  'scheduled',
  'queued',
  'running',
  'restarting',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'success',
  'failed',
  'skipped',
  'upstream_failed',
  'removed',
] as const;
export type TiState = (typeof TI_STATES)[number];

/** From left to right in a state bar: finished, running, queued, scheduled, waiting, none. */
export const BAR_ORDER: readonly TiState[] = [
  'success',
  'skipped',
  'failed',
  'upstream_failed',
  'removed',
  'running',
  'restarting',
  'queued',
  'scheduled',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'none',
];

/** Always in the legend; the others only while they are on the page. */
export const LEGEND: readonly TiState[] = [
  'none',
  'scheduled',
  'queued',
  'running',
  'success',
  'skipped',
  'up_for_retry',
  'failed',
  'upstream_failed',
];

export function isTiState(name: string): name is TiState {
  return (TI_STATES as readonly string[]).includes(name);
}

/** Unknown names are drawn as `none`, never thrown away. */
export function asTiState(name: string): TiState {
  return isTiState(name) ? name : 'none';
}

export interface StateCount {
  state: TiState;
  count: number;
}

/** Counts (order of TI_STATES) as a state bar shows them: without zeros, in bar order. */
export function barOf(counts: ArrayLike<number>): StateCount[] {
  return BAR_ORDER.flatMap((state) => {
    const count = counts[TI_STATES.indexOf(state)] ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
}
