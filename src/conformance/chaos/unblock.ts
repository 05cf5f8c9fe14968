/**
 * "Why is it not running?" is true (reliability E13): a blocked task instance is taken, what its
 * gates name is removed as a user could, and within two loops it has to move.
 */
import { createEngine, type Engine } from '../../airflow/engine.ts';
import type { GateResult } from '../../airflow/gateResult.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import { us } from '../../base/time.ts';
import { DAG_RUN, TI, taskInstance } from '../../machines/index.ts';
import type { Draws } from './draws.ts';

/** Two loops with the longest sleep, and what a killed process still takes. */
const LOOPS_US = 45_000_000;
/** SequentialExecutor works off a batch inside a loop: so long two of them can take. */
const LONGEST_LOOPS_US = 600_000_000;
/** Behind the hand-over: an image is pulled, a process starts; so long a slot can be held. */
const PLANT_US = 200_000_000;

/**
 * A sentence names three upstreams at most, a killed process takes its time, others can come before
 * it meanwhile: then it says something new, and that is removed in turn.
 */
const ROUNDS = 3;

export interface Trial {
  readonly codes: readonly string[];
  readonly moved: boolean;
  readonly name: string;
}

/** Nobody inside the installation can take these away, or nothing is to be taken away. */
const NOT_REMOVABLE = new Set([
  'no_worker_for_queue',
  'no_triggerer',
  'triggerer_full',
  'trigger_wait',
  'input_wait',
  'slots_lost',
]);

/** Up to `most` blocked task instances at a random moment of the scenario. */
export function trialsOf(scenario: Scenario, draws: Draws, most: number): Trial[] {
  const calm = { ...scenario, faults: [] };
  const engine = engineOf(calm);
  engine.simulation.run({ until: us(draws.between(5, 150) * 1_000_000) });
  const { events } = engine.simulation;
  const blocked = blockedRows(engine);
  const trials: Trial[] = [];
  for (let i = 0; i < most && blocked.length > 0; i++) {
    const ti = blocked.splice(draws.below(blocked.length), 1)[0]!;
    const trial = attempt(calm, events, engine, ti);
    if (trial !== null) trials.push(trial);
  }
  return trials;
}

function engineOf(scenario: Scenario): Engine {
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(JSON.stringify(made.error[0]));
  return made.value;
}

function blockedRows(engine: Engine): number[] {
  const { taskInstances: tis, dagRuns } = engine.ctx.world;
  return Array.from({ length: tis.rows }, (_, ti) => ti).filter((ti) => {
    if (!isOpen(engine, ti) || dagRuns.deleted[tis.dag_run[ti]!] === 1) return false;
    return holding(engine, ti).length > 0;
  });
}

/** Its run is on. */
function isOpen({ ctx }: Engine, ti: number): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const state = dagRuns.state[tis.dag_run[ti]!]!;
  return state === DAG_RUN.queued || state === DAG_RUN.running;
}

function holding(engine: Engine, ti: number): GateResult[] {
  return engine.gates(ti).filter((gate) => gate.result === 'holds');
}

/** null: what holds it cannot be taken away. */
function attempt(scenario: Scenario, events: number, seen: Engine, ti: number): Trial | null {
  const codes = holding(seen, ti).map(({ reason }) => reason.code);
  if (isKept(holding(seen, ti))) return null;
  const engine = engineOf(scenario);
  const { simulation, ctx } = engine;
  simulation.run({ events });
  const before = ctx.world.taskInstances.state[ti]!;
  const moved = (): boolean => ctx.world.taskInstances.state[ti] !== before;
  for (let round = 0; round < ROUNDS && !moved(); round++) {
    let until = simulation.now + (before === TI.queued ? PLANT_US : LOOPS_US);
    for (const { reason } of holding(engine, ti)) {
      remove(engine, ti, reason);
      if (reason.code === 'parallelism_wait') until = simulation.now + PLANT_US;
      const due = Number(reason.params['until_us'] ?? 0);
      until = Math.max(until, due + LOOPS_US);
    }
    goOn(engine, until, moved);
  }
  // What was taken away was the last of its run; or a key of it is all that is left (slots_lost).
  if (!moved() && (!isOpen(engine, ti) || isKept(holding(engine, ti)))) return null;
  return { codes, moved: moved(), name: nameOf(engine, ti, before) };
}

/** Nobody can take away what holds it. */
function isKept(gates: readonly GateResult[]): boolean {
  return gates.some(({ reason }) => NOT_REMOVABLE.has(reason.code));
}

/** Until `until`, and until two whole loops have passed. */
function goOn({ simulation, ctx }: Engine, until: number, moved: () => boolean): void {
  const { counters } = ctx.world;
  const loops = counters.loops + 3;
  simulation.run({ until: us(until), stop: moved });
  if (ctx.world.schedulers.rows > 1) return;
  const longest = us(simulation.now + LONGEST_LOOPS_US);
  simulation.run({ until: longest, stop: () => moved() || counters.loops >= loops });
}

function nameOf({ ctx }: Engine, ti: number, state: number): string {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  const run = tis.dag_run[ti]!;
  const dag = ctx.plan.dags[dagRuns.dag[run]!]!.dagId;
  const id = `${dag} ${texts.get(dagRuns.run_id[run]!)} ${ctx.plan.taskIds[tis.task[ti]!]}`;
  return `${id}[${tis.map_index[ti]}] ${taskInstance.states[state]}`;
}

/** They pass at their time, without anybody's help. */
const BY_ITSELF = new Set([
  'retry_wait',
  'poke_wait',
  'run_waits_time',
  'future_logical_date',
  'scheduler_loop',
]);

function remove(engine: Engine, ti: number, reason: GateResult['reason']): void {
  const { ctx, simulation } = engine;
  const { taskInstances: tis, dagRuns } = ctx.world;
  const { tasks } = ctx.plan;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const dag_id = ctx.plan.dags[dagRuns.dag[run]!]!.dagId;
  if (BY_ITSELF.has(reason.code)) return;
  switch (reason.code) {
    case 'dag_paused':
      return simulation.edit({ at_s: 0, action: 'unpause', dag_id });
    case 'pool_missing':
    case 'pool_too_small':
    case 'pool_wait': {
      const pool = String(reason.params['pool']);
      return simulation.edit({ at_s: 0, action: 'pool', pool, slots: 1_000 });
    }
    case 'upstream_wait':
    case 'setup_wait':
    case 'map_wait':
      return markAll(
        engine,
        ofNames(engine, run, String(reason.params['waiting'])),
        wanted(reason),
      );
    case 'past_wait':
      return markAll(
        engine,
        (row) => tis.dag_run[row] !== run && tasks.dag[tis.task[row]!] === tasks.dag[task],
        'success',
      );
    case 'run_waits_runs':
    case 'run_order_wait':
    case 'run_turn_wait':
      return endRuns(engine, run);
    default:
      return markAll(engine, (row) => row !== ti && isBusy(tis.state[row]!), 'success');
  }
}

const BUSY = new Set<number>([TI.scheduled, TI.queued, TI.running, TI.deferred, TI.restarting]);

function isBusy(state: number): boolean {
  return BUSY.has(state);
}

type Mark = 'success' | 'failed' | 'skipped';

/** What the rule waits for. */
function wanted({ params }: GateResult['reason']): Mark {
  const rule = String(params['rule'] ?? '');
  if (rule === 'all_failed' || rule === 'one_failed') return 'failed';
  return rule === 'all_skipped' ? 'skipped' : 'success';
}

/** The unfinished rows of the tasks that are named: `a, b, c +2`. */
function ofNames({ ctx }: Engine, run: number, text: string): (row: number) => boolean {
  const names = new Set(text.replace(/ \+\d+$/, '').split(', '));
  const { taskInstances: tis } = ctx.world;
  return (row) => tis.dag_run[row] === run && names.has(ctx.plan.taskIds[tis.task[row]!]!);
}

function markAll({ ctx, simulation }: Engine, fits: (row: number) => boolean, state: Mark): void {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  for (let row = 0; row < tis.rows; row++) {
    const finished = ((taskInstance.tagged.finished >>> tis.state[row]!) & 1) === 1;
    if (finished && state === 'success' && tis.state[row] === TI.success) continue;
    if (!fits(row)) continue;
    const run = tis.dag_run[row]!;
    const map_index = tis.map_index[row]!;
    simulation.edit({
      at_s: 0,
      action: 'mark_task',
      dag_id: ctx.plan.dags[dagRuns.dag[run]!]!.dagId,
      run_id: texts.get(dagRuns.run_id[run]!),
      task_id: ctx.plan.taskIds[tis.task[row]!]!,
      ...(map_index >= 0 ? { map_index } : {}),
      state,
    });
  }
}

/** Of the same DAG, and those that stand before a backfill's run. */
function endRuns({ ctx, simulation }: Engine, own: number): void {
  const { dagRuns, texts } = ctx.world;
  for (let run = 0; run < dagRuns.rows; run++) {
    if (run === own || dagRuns.state[run] !== DAG_RUN.running) continue;
    simulation.edit({
      at_s: 0,
      action: 'mark_run',
      dag_id: ctx.plan.dags[dagRuns.dag[run]!]!.dagId,
      run_id: texts.get(dagRuns.run_id[run]!),
      state: 'success',
    });
  }
}
