/** Whom a waiting task instance waits for, by the reasons that the engine gives. */
import type { Engine } from '../../airflow/engine.ts';
import { LocalExecutor } from '../../airflow/executors/localExecutor.ts';
import type { GateResult } from '../../airflow/gateResult.ts';
import { SCHEDULER } from '../../airflow/scheduler/schedulers.ts';
import type { Fault, Scenario } from '../../airflow/scenario.ts';
import { TI, taskInstance } from '../../machines/index.ts';

export interface Waiting {
  readonly ti: number;
  /** It waits for something that will not come, or that comes by itself. */
  readonly roots: boolean;
  /** Task instances of which one has to move first. */
  readonly blockers: readonly number[];
  /** Codes of the gates that hold it. */
  readonly codes: readonly string[];
  /** It has changed its state a short while ago, or its run's turn is still to come. */
  readonly fresh: boolean;
}

type Reason = GateResult['reason'];

/** Microseconds from a timeout until it is found and written: the check's interval and some loops. */
const FOUND_US: Readonly<Record<string, number>> = {
  heartbeat_wait: 30_000_000,
  queued_wait: 150_000_000,
};

/** What nobody inside the simulation takes away. */
const FOR_EVER = new Set([
  'dag_paused',
  'pool_missing',
  'pool_too_small',
  'past_wait',
  'no_worker_for_queue',
  'no_triggerer',
  'process_lost',
  'restarting_lost',
  'running_lost',
  'future_logical_date',
  'run_waits_time',
  'retry_wait',
  'poke_wait',
  'input_wait',
]);

/** They hold places of a run, a task, a pool, an executor. */
const BUSY = new Set([TI.queued, TI.running, TI.deferred, TI.restarting]);

/** These too, when they stand before it in the order: they take what will be free. */
const TAKING = new Set([...BUSY, TI.scheduled]);

export function blockersOf(engine: Engine, ti: number): Omit<Waiting, 'ti' | 'fresh'> {
  const holding = engine.gates(ti).filter((gate) => gate.result === 'holds');
  const codes = holding.map((gate) => gate.reason.code);
  const never = holding.some(
    ({ reason }) =>
      FOR_EVER.has(reason.code) ||
      isEmptyPool(reason) ||
      isLeak(engine, reason.code) ||
      comesInTime(engine, reason) ||
      (reason.code === 'orphan_unseen' && queuesRuns(engine.scenario)) ||
      (reason.code === 'upstream_removed' && isUntested(engine, ti)),
  );
  const blockers = holding.flatMap(({ reason }) => ofReason(engine, ti, reason.code));
  return { roots: never || waitsForRun(engine, ti) || hangs(engine, ti), blockers, codes };
}

function isEmptyPool({ code, limit }: Reason): boolean {
  return code === 'pool_wait' && limit === 0;
}

/**
 * A user set a run to queued while task instances of it were under way: one of them can be an orphan
 * that nobody looks at, and hold the very pool or run that its own run waits for.
 */
function queuesRuns({ actions }: Scenario): boolean {
  return actions.some((each) => each.action === 'mark_run' && each.state === 'queued');
}

/**
 * Airflow calls a run a deadlock only when no unfinished task of it has depends_on_past or a limit
 * on its own task instances (should_schedule in models/dagrun.py).
 */
function isUntested({ ctx, scenario }: Engine, ti: number): boolean {
  const { taskInstances: tis } = ctx.world;
  const { tasks } = ctx.plan;
  return rows({ ctx }, (row) => tis.dag_run[row] === tis.dag_run[ti]).some((row) => {
    const task = tis.task[row]!;
    const spec = scenario.dags[tasks.dag[task]!]!.tasks[tasks.position[task]!]!;
    const { max_active_tis_per_dag: perDag, max_active_tis_per_dagrun: perRun } = spec;
    const past = spec.depends_on_past || spec.wait_for_downstream;
    return past || perDag !== null || perRun !== null;
  });
}

/** The timeout is still to come, or has just been passed. */
function comesInTime({ simulation }: Engine, { code, params }: Reason): boolean {
  const found = FOUND_US[code];
  return found !== undefined && Number(params['until_us']) > simulation.now - found;
}

/**
 * A slot can be lost for good: Airflow has such leaks, after faults (reliability 5, F10, F12, F28)
 * and by messages in a queue that no worker reads.
 */
function isLeak({ ctx, plant, scenario }: Engine, code: string): boolean {
  const troubled = scenario.faults.length > 0;
  if (code === 'slots_lost') return troubled || hasUnreadQueue(scenario);
  // Pods of a broken image stay where they are, and nobody deletes them (F17): others find no node.
  const leftovers = plant.kubernetes?.cluster.leftovers ?? 0;
  if (code === 'pod_pending' || code === 'parallelism_wait') return troubled && leftovers > 0;
  const deadWorkers = troubled ? deadLocalWorkers(ctx.executors) : 0;
  if (code === 'scheduler_down') {
    // 2.x: a clean stop waits for the dead worker, and nothing is started in its place.
    const stops = deadWorkers > 0 && scenario.airflow === '2.11.2';
    return troubled && (stops || !scenario.faults.some(startsScheduler));
  }
  return (code === 'local_busy' || code === 'no_local_worker') && deadWorkers > 0;
}

function deadLocalWorkers(executors: readonly unknown[]): number {
  const local = executors.filter((each) => each instanceof LocalExecutor);
  return local.reduce((sum, { deadWorkers }) => sum + deadWorkers, 0);
}

function hasUnreadQueue({ dags, fleet, executor }: Scenario): boolean {
  const read = new Set(fleet.workers.flatMap(({ queues }) => queues ?? ['default']));
  const queues = dags.flatMap((dag) => dag.tasks.map(({ queue }) => queue));
  return executor === 'celery' && queues.some((queue) => !read.has(queue));
}

function startsScheduler({ what, part }: Fault): boolean {
  return what === 'restore' && part.startsWith('scheduler');
}

/** A process that a fault keeps from ending (F30). */
function hangs({ ctx, scenario }: Engine, ti: number): boolean {
  const { taskInstances: tis } = ctx.world;
  const id = ctx.plan.taskIds[tis.task[ti]!]!;
  const hung = ({ what, part }: { what: string; part: string }): boolean =>
    what === 'hang' && part.endsWith(`/${id}`);
  return tis.state[ti] === TI.running && scenario.faults.some(hung);
}

/** May `row` be one of those that the reason is about? It is another one than `ti`, unfinished. */
type IsMeant = (engine: Engine, ti: number, row: number) => boolean;

const nobody: IsMeant = () => false;
const scheduled: IsMeant = ({ ctx }, _, row) => ctx.world.taskInstances.state[row] === TI.scheduled;
const busy: IsMeant = ({ ctx }, _, row) => BUSY.has(ctx.world.taskInstances.state[row]!);
const taking: IsMeant = ({ ctx }, _, row) => TAKING.has(ctx.world.taskInstances.state[row]!);
const above: IsMeant = (engine, ti, row) =>
  ofRun(engine, ti, row) && isAbove(engine, taskOf(engine, ti), taskOf(engine, row));
const ofDag: IsMeant = (engine, ti, row) => {
  const { dag } = engine.ctx.plan.tasks;
  return dag[taskOf(engine, ti)] === dag[taskOf(engine, row)];
};
const ofPool: IsMeant = (engine, ti, row) => {
  const { pool } = engine.ctx.plan.tasks;
  return taking(engine, ti, row) && pool[taskOf(engine, ti)] === pool[taskOf(engine, row)];
};

/** Whoever takes what the gate counts, where the code is not here. */
const MEANT: Readonly<Record<string, IsMeant>> = {
  upstream_wait: above,
  setup_wait: above,
  map_wait: above,
  // A run is no deadlock as long as another task instance of it may still run.
  upstream_removed: ofRun,
  pool_wait: ofPool,
  dagrun_tasks_wait: (engine, ti, row) => taking(engine, ti, row) && ofRun(engine, ti, row),
  dag_tasks_wait: ofDag,
  run_waits_runs: ofDag,
  task_limit_wait: (engine, ti, row) =>
    taking(engine, ti, row) && taskOf(engine, ti) === taskOf(engine, row),
  scheduler_loop: nobody,
  scheduler_down: (engine, ti, row) => isStopping(engine) && busy(engine, ti, row),
  orphan_wait: nobody,
  orphan_unseen: nobody,
  heartbeat_wait: nobody,
  queued_wait: nobody,
  processor_down: nobody,
  slots_lost: nobody,
  scheduler_busy: busy,
  run_turn_wait: nobody,
  run_order_wait: (engine, ti, row) => !ofRun(engine, ti, row),
  starved_wait: (engine, ti, row) => scheduled(engine, ti, row) && ofRun(engine, ti, row),
  order_wait: scheduled,
};

/** A clean stop waits for tasks (LocalExecutor, SequentialExecutor): they for it, perhaps (F33). */
function isStopping({ ctx }: Engine): boolean {
  const { schedulers } = ctx.world;
  for (let each = 0; each < schedulers.rows; each++) {
    if (schedulers.state[each] === SCHEDULER.stopping) return true;
  }
  return false;
}

function ofReason(engine: Engine, ti: number, code: string): number[] {
  const isMeant = MEANT[code] ?? taking;
  return rows(engine, (row) => row !== ti && isMeant(engine, ti, row));
}

function taskOf({ ctx }: Engine, ti: number): number {
  return ctx.world.taskInstances.task[ti]!;
}

function ofRun({ ctx }: Engine, ti: number, row: number): boolean {
  const { dag_run } = ctx.world.taskInstances;
  return dag_run[row] === dag_run[ti];
}

/** A live operator that waits for another DAG's run: for ever, if that one waits for its slot. */
function waitsForRun(engine: Engine, ti: number): boolean {
  const { taskInstances: tis } = engine.ctx.world;
  const { tasks } = engine.ctx.plan;
  const task = tis.task[ti]!;
  const spec = engine.scenario.dags[tasks.dag[task]!]!.tasks[tasks.position[task]!]!;
  if (tis.state[ti] !== TI.running || spec.behaviour?.target?.wait_for_completion !== true) {
    return false;
  }
  return engine.plant.supervisorOf(ti) === 'alive';
}

/** Unfinished task instances that fit. */
function rows({ ctx }: Pick<Engine, 'ctx'>, fits: (row: number) => boolean): number[] {
  const { taskInstances: tis } = ctx.world;
  const found: number[] = [];
  for (let row = 0; row < tis.rows; row++) {
    const finished = ((taskInstance.tagged.finished >>> tis.state[row]!) & 1) === 1;
    if (!finished && fits(row)) found.push(row);
  }
  return found;
}

/** Anywhere upstream. */
function isAbove({ ctx }: Engine, task: number, other: number): boolean {
  const { up } = ctx.plan.tasks;
  const open = [task];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (let i = up.from[at]!; i < up.from[at + 1]!; i++) {
      if (up.to[i] === other) return true;
      open.push(up.to[i]!);
    }
  }
  return false;
}
