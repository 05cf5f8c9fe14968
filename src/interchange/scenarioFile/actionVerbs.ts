/** The words of each action on one line; the actions themselves are in airflow/scenarioActions.ts. */

export type Kind = 'text' | 'integer' | 'json' | 'bool' | 'list';

export interface Verb {
  /** `action` of the value that it stands for, by what was said. */
  readonly action: (given: ReadonlySet<string>) => string;
  /** In order; those from `needed` on may be left out. */
  readonly words: readonly string[];
  readonly needed: number;
  /** Said: true. */
  readonly switches: readonly string[];
  /** Said as `name=value`. */
  readonly keys: Readonly<Record<string, Kind>>;
  /** Fields of the value that stand there when nothing was said. */
  readonly unsaid?: Readonly<Record<string, unknown>>;
}

const always = (action: string) => (): string => action;
const REACH = ['upstream', 'downstream', 'past', 'future'];
const BACKFILL_SWITCHES = ['run_backwards', 'rerun_failed_tasks', 'reset_dagruns'];

/** All of its words are needed, and there is nothing else to say. */
function plain(action: string, ...words: readonly string[]): Verb {
  return { action: always(action), words, needed: words.length, switches: [], keys: {} };
}

export const VERBS: Readonly<Record<string, Verb>> = {
  trigger: {
    ...plain('trigger', 'dag_id'),
    keys: {
      run_id: 'text',
      logical_date: 'text',
      run_after: 'text',
      data_interval_start: 'text',
      data_interval_end: 'text',
      conf: 'json',
      note: 'text',
      partition_key: 'text',
    },
  },
  pause: plain('pause', 'dag_id'),
  unpause: plain('unpause', 'dag_id'),
  clear: {
    ...plain('clear', 'dag_id', 'run_id', 'task_ids'),
    needed: 2,
    switches: [...REACH, 'only_failed', 'only_running', 'prevent_running_task'],
    keys: { map_index: 'integer', reset_dag_runs: 'bool', run_on_latest_version: 'bool' },
    unsaid: { task_ids: null },
  },
  clear_run: {
    ...plain('clear_run', 'dag_id', 'run_id'),
    switches: ['only_failed', 'only_new'],
    keys: { run_on_latest_version: 'bool' },
  },
  mark: {
    action: (given) => (given.has('task_id') ? 'mark_task' : 'mark_run'),
    words: ['state', 'dag_id', 'run_id', 'task_id'],
    needed: 3,
    switches: REACH,
    keys: { map_index: 'integer' },
  },
  delete: plain('delete_run', 'dag_id', 'run_id'),
  pool: {
    ...plain('pool', 'pool', 'slots'),
    needed: 1,
    keys: { include_deferred: 'bool' },
  },
  delete_pool: plain('delete_pool', 'pool'),
  asset: {
    ...plain('asset_event', 'asset'),
    keys: { extra: 'json', partition_key: 'text' },
  },
  materialize: { ...plain('materialize', 'asset'), keys: { partition_key: 'text' } },
  backfill: {
    ...plain('backfill', 'dag_id', 'from_date', 'to_date'),
    switches: [...BACKFILL_SWITCHES, 'continue_on_failures'],
    keys: {
      dag_run_conf: 'json',
      reprocess_behavior: 'text',
      max_active_runs: 'integer',
      ignore_first_depends_on_past: 'bool',
    },
  },
  pause_backfill: plain('pause_backfill', 'dag_id'),
  unpause_backfill: plain('unpause_backfill', 'dag_id'),
  cancel_backfill: plain('cancel_backfill', 'dag_id'),
  answer: {
    ...plain('answer', 'dag_id', 'run_id', 'task_id', 'chosen_options'),
    keys: { map_index: 'integer', params_input: 'json' },
  },
};

/** Kinds of the words that are no plain text. */
export const WORD_KINDS: Readonly<Record<string, Kind>> = {
  task_ids: 'list',
  chosen_options: 'list',
  slots: 'integer',
};
