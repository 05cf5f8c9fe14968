/**
 * The tables once more, rebuilt from the log alone: states, tries, who belongs to which run. It
 * shares no code with the engine; the checks look at it after each record.
 */
import type { Scenario } from '../../airflow/scenario.ts';
import { factsOf, type DagFacts, type TaskFacts } from './facts.ts';
import type { Step } from './step.ts';

/** Names of the rows that the log mentions by number: whose they are never changes. */
export interface RowNames {
  readonly runs: readonly { readonly dag_id: string; readonly run_id: string }[];
  readonly tis: readonly {
    readonly run: number;
    readonly task_id: string;
    /** At the end; a placeholder that was expanded has 0. */
    readonly map_index: number;
  }[];
}

export interface TiRow {
  readonly number: number;
  readonly run: RunRow;
  readonly task: TaskFacts;
  mapIndex: number;
  state: string;
  tryNumber: number;
  maxTries: number;
  /** Ways back to none that cost no try of the user's: each allows one try more. */
  grants: number;
  /** State when the present instant began, and when it last changed. */
  before: string;
  changedAt: number;
}

export interface RunRow {
  readonly number: number;
  readonly dag: DagFacts;
  readonly runId: string;
  state: string;
  startedAt: number;
  /** A user cleared or marked something of it, or a rule of another kind interfered. */
  disturbed: boolean;
  deleted: boolean;
  readonly tis: TiRow[];
  readonly byTask: Map<TaskFacts, TiRow[]>;
}

export const FINISHED = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed']);

/** Events after which a further try is nobody's retry. */
const GRANTS = new Set(['orphan_reset', 'dagrun_finished', 'start_refused', 'restore']);
const DISTURBS = /^(clear|mark_|fail_fast|branch_skip|remove|restore|orphan_reset|dagrun_timeout)/;

export class Replay {
  readonly scenario: Scenario;
  readonly is3: boolean;
  readonly tis: TiRow[] = [];
  readonly runs: RunRow[] = [];
  readonly pools = new Map<string, { slots: number; includeDeferred: boolean }>();
  private readonly names: RowNames;
  private readonly facts: ReadonlyMap<string, DagFacts>;
  /** What a user or a fault wants a pool to have, until its record comes. */
  private wanted: PoolWish | null = null;

  constructor(scenario: Scenario, names: RowNames) {
    this.scenario = scenario;
    this.is3 = scenario.airflow === '3.3.2';
    this.names = names;
    this.facts = factsOf(scenario);
    const slots = Number(scenario.config['core.default_pool_task_slot_count'] ?? 128);
    this.pools.set('default_pool', { slots, includeDeferred: false });
    for (const [name, pool] of Object.entries(scenario.pools)) {
      this.pools.set(name, { slots: pool.slots, includeDeferred: pool.include_deferred });
    }
  }

  /** Carries the record out. Returns what is wrong with it as a record, or null. */
  apply(step: Step): string | null {
    if (step.machine === 'task_instance') return this.changeTi(step);
    if (step.machine === 'dag_run') return this.changeRun(step);
    if (step.machine === 'core') return this.core(step);
    return null;
  }

  /** Task instances of the task in the run. */
  rowsOf(run: RunRow, task: TaskFacts): readonly TiRow[] {
    return run.byTask.get(task) ?? [];
  }

  private core(step: Step): string | null {
    if (step.event === 'runCreated') return this.createRun(step.entity);
    if (step.event === 'tiCreated') return this.createTi(step);
    if (step.event === 'tiExpanded') {
      const row = this.tis[step.entity];
      if (row === undefined) return 'an unknown task instance expands';
      row.mapIndex = 0;
    }
    if (step.event === 'userAction') this.wanted = poolOfAction(this.scenario, step.entity);
    if (step.event === 'fault') this.wanted = poolOfFault(this.scenario, step.entity);
    if (step.event === 'poolChanged') this.resize();
    if (step.event === 'runDeleted') this.deleteRun(step.entity);
    return null;
  }

  private resize(): void {
    if (this.wanted === null) return;
    const { pool, slots, include_deferred: deferred, gone } = this.wanted;
    if (gone === true) return void this.pools.delete(pool);
    const known = this.pools.get(pool) ?? { slots: 0, includeDeferred: false };
    const includeDeferred = deferred ?? known.includeDeferred;
    this.pools.set(pool, { slots: slots ?? known.slots, includeDeferred });
  }

  /** It counts for nothing any more. */
  private deleteRun(number: number): void {
    const run = this.runs[number];
    if (run === undefined) return;
    run.deleted = true;
    run.state = 'deleted';
  }

  private createRun(number: number): string | null {
    const names = this.names.runs[number];
    const dag = this.facts.get(names?.dag_id ?? '');
    if (names === undefined || dag === undefined) return `run ${number} has no name`;
    if (this.runs[number] !== undefined) return `run ${number} is created twice`;
    this.runs[number] = {
      number,
      dag,
      runId: names.run_id,
      state: 'queued',
      startedAt: -1,
      disturbed: false,
      deleted: false,
      tis: [],
      byTask: new Map(),
    };
    return null;
  }

  private createTi({ entity, t }: Step): string | null {
    const names = this.names.tis[entity];
    const run = this.runs[names?.run ?? -1];
    const task = run?.dag.tasks.get(names?.task_id ?? '');
    if (!names || !run || !task) return `task instance ${entity} has no name`;
    if (this.tis[entity] !== undefined) return `task instance ${entity} is created twice`;
    const row: TiRow = {
      number: entity,
      run,
      task,
      mapIndex: names.map_index,
      state: 'none',
      tryNumber: 0,
      maxTries: task.spec.retries,
      grants: 0,
      before: 'none',
      changedAt: t,
    };
    this.tis[entity] = row;
    run.tis.push(row);
    const rows = run.byTask.get(task);
    if (rows === undefined) run.byTask.set(task, [row]);
    else rows.push(row);
    return null;
  }

  private changeTi({ entity, event, from, to, t }: Step): string | null {
    const row = this.tis[entity];
    if (row === undefined) return `task instance ${entity} changes before it exists`;
    if (row.state !== from) return `the log says it was ${from}, it was ${row.state}`;
    if (row.changedAt !== t) row.before = row.state;
    row.changedAt = t;
    row.state = to;
    countTries(row, event, from);
    if (DISTURBS.test(event)) row.run.disturbed = true;
    return null;
  }

  private changeRun({ entity, event, from, to, t }: Step): string | null {
    const run = this.runs[entity];
    if (run === undefined) return `run ${entity} changes before it exists`;
    if (run.state !== from) return `the log says the run was ${from}, it was ${run.state}`;
    run.state = to;
    if (event === 'start') run.startedAt = t;
    if (DISTURBS.test(event)) run.disturbed = true;
    return null;
  }
}

/** try_number and max_tries as semantics 1.2 and 1.3 have them. */
function countTries(row: TiRow, event: string, from: string): void {
  const first = event === 'schedule' && from !== 'up_for_reschedule';
  if (first || event === 'succeed_empty' || event === 'defer_at_start') row.tryNumber += 1;
  const cleared = event === 'clear' && from !== 'running';
  const restarted = event === 'executor_success' && from === 'restarting';
  if (cleared || restarted) row.maxTries = row.tryNumber + row.task.spec.retries;
  if (GRANTS.has(event) || from === 'restarting') row.grants += 1;
}

/** What changes of a pool; absent: as it is. `gone`: there is no such pool any more. */
interface PoolWish {
  readonly pool: string;
  readonly slots?: number | undefined;
  readonly include_deferred?: boolean | undefined;
  readonly gone?: boolean;
}

function poolOfAction({ actions }: Scenario, index: number): PoolWish | null {
  const action = actions[index];
  if (action?.action === 'delete_pool') return { pool: action.pool, gone: true };
  return action?.action === 'pool' ? action : null;
}

function poolOfFault({ faults }: Scenario, index: number): PoolWish | null {
  const fault = faults[index];
  if (fault === undefined || !fault.part.startsWith('pool:')) return null;
  return { pool: fault.part.slice('pool:'.length), slots: Number(fault.args?.['slots'] ?? 0) };
}
