/** Whom a waiting task instance waits for, by the reasons that the engine gives. */
import type { Engine } from '../../airflow/engine.ts';
import type { Fault } from '../../airflow/scenario.ts';
import { TI, taskInstance } from '../../machines/index.ts';

export interface Waiting {
  readonly ti: number;
  /** It waits for something that will not come, or that comes by itself. */
  readonly roots: boolean;
  /** Task instances of which one has to move first. */
  readonly blockers: readonly number[];
  /** Codes of the gates that hold it. */
  readonly codes: readonly string[];
}

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
  'future_logical_date',
  'run_waits_time',
  'retry_wait',
  'poke_wait',
  'input_wait',
]);

/** Held by others of the same run, the same task, the same pool, the same executor. */
const BUSY = new Set([TI.queued, TI.running, TI.deferred, TI.restarting]);

export function blockersOf(engine: Engine, ti: number): Omit<Waiting, 'ti'> {
  const holding = engine.gates(ti).filter((gate) => gate.result === 'holds');
  const codes = holding.map((gate) => gate.reason.code);
  const never = holding.some(
    ({ reason }) => FOR_EVER.has(reason.code) || isEmptyPool(reason) || isLeak(engine, reason.code),
  );
  const blockers = holding.flatMap(({ reason }) => ofReason(engine, ti, reason.code));
  return { roots: never || waitsForRun(engine, ti) || hangs(engine, ti), blockers, codes };
}

function isEmptyPool({ code, limit }: { code: string; limit: number | null }): boolean {
  return code === 'pool_wait' && limit === 0;
}

/** After faults a slot can be lost for good: Airflow has such leaks (reliability 5, F10, F12, F28). */
function isLeak({ ctx, plant, scenario }: Engine, code: string): boolean {
  if (scenario.faults.length === 0) return false;
  if (code === 'scheduler_down') return !scenario.faults.some(startsScheduler);
  if (code === 'local_busy') return (plant.local?.deadWorkers ?? 0) > 0;
  if (code !== 'parallelism_wait' && code !== 'executor_slots_wait') return false;
  const { taskInstances: tis } = ctx.world;
  let active = 0;
  for (let row = 0; row < tis.rows; row++) if (BUSY.has(tis.state[row]!)) active += 1;
  return ctx.executor.slotsOccupied() > active;
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

function ofReason(engine: Engine, ti: number, code: string): number[] {
  const { ctx } = engine;
  const { taskInstances: tis } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const run = tis.dag_run[ti]!;
  const busy = (row: number): boolean => row !== ti && BUSY.has(tis.state[row]!);
  switch (code) {
    case 'upstream_wait':
    case 'setup_wait':
    case 'map_wait':
      return rows(
        engine,
        (row) => tis.dag_run[row] === run && isAbove(engine, task, tis.task[row]!),
      );
    case 'pool_wait':
      return rows(engine, (row) => busy(row) && tasks.pool[tis.task[row]!] === tasks.pool[task]);
    case 'dagrun_tasks_wait':
      return rows(engine, (row) => busy(row) && tis.dag_run[row] === run);
    case 'dag_tasks_wait':
    case 'run_waits_runs':
      return rows(engine, (row) => row !== ti && tasks.dag[tis.task[row]!] === tasks.dag[task]);
    case 'task_limit_wait':
      return rows(engine, (row) => busy(row) && tis.task[row] === task);
    case 'scheduler_loop':
      return [];
    case 'run_order_wait':
      return rows(engine, (row) => tis.dag_run[row] !== run);
    case 'starved_wait':
      return rows(
        engine,
        (row) => row !== ti && tis.dag_run[row] === run && tis.state[row] === TI.scheduled,
      );
    case 'order_wait':
      return rows(engine, (row) => row !== ti && tis.state[row] === TI.scheduled);
    default:
      return rows(engine, busy);
  }
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
function rows({ ctx }: Engine, fits: (row: number) => boolean): number[] {
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
