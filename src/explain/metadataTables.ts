/**
 * The metadata tables of an engine at its present moment, with Airflow's own names of tables and
 * columns (2.11.2 says dataset where 3.3.2 says asset). Task instances have a table of their own.
 */
import type { Engine } from '../airflow/engine.ts';
import { pythonIso } from '../airflow/dates.ts';
import { logTable } from '../airflow/logTable.ts';
import { RUN_TYPES } from '../airflow/rows.ts';

/** Null is NULL. Times of kind `time` are simulated microseconds. */
export type MetaCell = string | number | null;

export interface MetaColumn {
  name: string;
  kind: 'text' | 'number' | 'time' | 'state';
}

export interface MetaTable {
  name: string;
  columns: MetaColumn[];
  /** The newest ones, newest first. */
  rows: MetaCell[][];
  /** Rows that there are. */
  total: number;
}

const MOST_ROWS = 200;
const RUN_STATES = logTable().runStates;
const JOB_STATES = ['running', 'success', 'failed'] as const;

/** Tables with rows; `dag`, `dag_run`, `job` and `slot_pool` always. */
export function metadataTables(engine: Engine): MetaTable[] {
  const names = namesOf(engine);
  const tables = [
    ...mainTables(engine, names),
    ...dataTables(engine, names),
    ...late(engine, names),
  ];
  return tables.filter(({ name, total }) => total > 0 || ALWAYS.has(name));
}

const ALWAYS: ReadonlySet<string> = new Set(['dag', 'dag_run', 'job', 'slot_pool']);

type Names = ReturnType<typeof namesOf>;

function namesOf({ ctx }: Engine) {
  const { plan, world } = ctx;
  const { taskInstances: tis, dagRuns: runs, texts } = world;
  const text = (number: number): MetaCell => (number < 0 ? null : texts.get(number));
  const dagOf = (run: number): string => plan.dags[runs.dag[run]!]?.dagId ?? '';
  return {
    text,
    dag: (dag: number): MetaCell => plan.dags[dag]?.dagId ?? null,
    asset: (asset: number): MetaCell => plan.assets[asset] ?? null,
    /** dag_id, run_id */
    run: (run: number): MetaCell[] =>
      run < 0 ? [null, null] : [dagOf(run), text(runs.run_id[run]!)],
    /** dag_id, run_id, task_id, map_index */
    ti: (ti: number): MetaCell[] => {
      if (ti < 0) return [null, null, null, null];
      const run = tis.dag_run[ti]!;
      const task = plan.taskIds[tis.task[ti]!] ?? null;
      return [dagOf(run), text(runs.run_id[run]!), task, tis.map_index[ti]!];
    },
    /** An instant that is a date of the calendar: the logical date of a run. */
    date: (at: number): MetaCell =>
      Number.isFinite(at) ? pythonIso(Math.round(plan.origin + at)) : null,
    json: (value: number): MetaCell => (value < 0 ? null : world.json.text(value)),
  };
}

const time = (at: number): MetaCell => (Number.isFinite(at) ? at : null);

/** `columns` as `name` (text), `name#` (number), `name@` (time) or `name!` (state). */
function table(
  name: string,
  columns: string,
  total: number,
  row: (at: number) => MetaCell[] | null,
): MetaTable {
  const rows: MetaCell[][] = [];
  let all = 0;
  for (let at = total - 1; at >= 0; at--) {
    const cells = row(at);
    if (!cells) continue;
    all++;
    if (rows.length < MOST_ROWS) rows.push(cells);
  }
  return { name, columns: columns.split(' ').map(columnOf), rows, total: all };
}

const KINDS: Readonly<Record<string, MetaColumn['kind']>> = {
  '#': 'number',
  '@': 'time',
  '!': 'state',
};

function columnOf(text: string): MetaColumn {
  const kind = KINDS[text.at(-1) ?? ''];
  return kind ? { name: text.slice(0, -1), kind } : { name: text, kind: 'text' };
}

function mainTables({ ctx }: Engine, names: Names): MetaTable[] {
  const { dagRuns: runs, jobs, pools, dags } = ctx.world;
  return [
    table(
      'dag_run',
      'dag_id run_id run_type state! logical_date queued_at@ start_date@ end_date@ partition_key',
      runs.rows,
      (run) =>
        runs.deleted[run] === 1
          ? null
          : [
              ...names.run(run),
              RUN_TYPES[runs.run_type[run]!] ?? null,
              RUN_STATES[runs.state[run]!] ?? null,
              names.date(runs.logical_date[run]!),
              time(runs.queued_at[run]!),
              time(runs.start_date[run]!),
              time(runs.end_date[run]!),
              names.text(runs.partition_key[run]!),
            ],
    ),
    table(
      'dag',
      'dag_id is_paused# is_stale# next_dagrun next_dagrun_create_after@',
      dags.rows,
      (dag) => [
        names.dag(dag),
        dags.is_paused[dag]!,
        dags.is_stale[dag]!,
        names.date(dags.next_dagrun[dag]!),
        time(dags.next_dagrun_create_after[dag]!),
      ],
    ),
    table(
      'job',
      'id# job_type state! start_date@ latest_heartbeat@ end_date@',
      jobs.rows,
      (job) => [
        job + 1,
        'SchedulerJob',
        JOB_STATES[jobs.state[job]!] ?? null,
        time(jobs.start_date[job]!),
        time(jobs.latest_heartbeat[job]!),
        time(jobs.end_date[job]!),
      ],
    ),
    table('slot_pool', 'pool slots# include_deferred# occupied# deferred#', pools.rows, (pool) =>
      pools.exists[pool] === 0
        ? null
        : [
            ctx.plan.poolNames[pool] ?? null,
            pools.slots[pool]!,
            pools.include_deferred[pool]!,
            pools.occupied[pool]!,
            pools.deferred[pool]!,
          ],
    ),
  ];
}

/** What tasks leave behind for others: XComs, events of assets. */
function dataTables({ ctx, scenario }: Engine, names: Names): MetaTable[] {
  const { xcoms, assetEvents: events, partitionRuns: parts, reschedules } = ctx.world;
  const asset = scenario.airflow === '2.11.2' ? 'dataset' : 'asset';
  return [
    table('xcom', 'dag_id run_id task_id map_index# key value', xcoms.rows, (x) => [
      ...names.ti(xcoms.ti[x]!),
      names.text(xcoms.key[x]!),
      names.json(xcoms.value[x]!),
    ]),
    table(
      `${asset}_event`,
      `${asset} timestamp@ source_dag_id source_run_id source_task_id source_map_index# partition_key extra`,
      events.rows,
      (e) => [
        names.asset(events.asset[e]!),
        time(events.timestamp[e]!),
        ...names.ti(events.source_ti[e]!),
        names.text(events.partition_key[e]!),
        names.json(events.extra[e]!),
      ],
    ),
    table('asset_partition_dag_run', 'target_dag_id partition_key run_id', parts.rows, (p) => [
      names.dag(parts.dag[p]!),
      names.text(parts.partition_key[p]!),
      names.run(parts.dag_run[p]!)[1] ?? null,
    ]),
    table(
      'task_reschedule',
      'dag_id run_id task_id map_index# try_number# start_date@ end_date@ reschedule_date@',
      reschedules.rows,
      (r) => [
        ...names.ti(reschedules.ti[r]!),
        reschedules.try_number[r]!,
        time(reschedules.start_date[r]!),
        time(reschedules.end_date[r]!),
        time(reschedules.reschedule_date[r]!),
      ],
    ),
  ];
}

/** What was promised by a time, and runs of the past. */
function late({ ctx }: Engine, names: Names): MetaTable[] {
  const { deadlines, slaMisses, backfills } = ctx.world;
  const { plan } = ctx;
  return [
    table('deadline', 'dag_id run_id deadline_time@ missed#', deadlines.rows, (d) => [
      ...names.run(deadlines.dag_run[d]!),
      time(deadlines.deadline_time[d]!),
      deadlines.missed[d]!,
    ]),
    table('sla_miss', 'task_id execution_date timestamp@', slaMisses.rows, (s) => [
      plan.taskIds[slaMisses.task[s]!] ?? null,
      names.date(slaMisses.logical_date[s]!),
      time(slaMisses.timestamp[s]!),
    ]),
    table(
      'backfill',
      'id# dag_id from_date to_date max_active_runs# is_paused# created_at@ completed_at@',
      backfills.rows,
      (b) => [
        b + 1,
        names.dag(backfills.dag[b]!),
        names.date(backfills.from_date[b]!),
        names.date(backfills.to_date[b]!),
        backfills.max_active_runs[b]!,
        backfills.is_paused[b]!,
        time(backfills.created_at[b]!),
        time(backfills.completed_at[b]!),
      ],
    ),
  ];
}
