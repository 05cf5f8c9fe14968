/** I1, I6, I10: the engine's counters against a count over the tables, all of them at once. */
import type { EngineContext } from '../../airflow/context.ts';
import { DAG_RUN, TI, taskInstance } from '../../machines/index.ts';
import type { Violation } from '../checker/check.ts';

const { tagged } = taskInstance;
const PARKED = (1 << TI.deferred) | (1 << TI.awaiting_input);

/** The first counter that is wrong. */
export function auditWorld(ctx: EngineContext): Violation | null {
  const sentence = auditPools(ctx) ?? auditRuns(ctx) ?? auditDags(ctx);
  return sentence === null ? null : { invariant: 'I6', record: -1, sentence };
}

function auditPools(ctx: EngineContext): string | null {
  const { pools, taskInstances: tis } = ctx.world;
  const { tasks, poolNames } = ctx.plan;
  const occupied = new Float64Array(pools.rows);
  const deferred = new Float64Array(pools.rows);
  for (let ti = 0; ti < tis.rows; ti++) {
    const task = tis.task[ti]!;
    const slots = tasks.poolSlots[task]!;
    if (isIn(tagged.execution, tis.state[ti]!)) occupied[tasks.pool[task]!]! += slots;
    if (tis.state[ti] === TI.deferred) deferred[tasks.pool[task]!]! += slots;
  }
  for (let pool = 0; pool < pools.rows; pool++) {
    const name = `pool ${poolNames[pool]}`;
    const wrong =
      differs(`${name} occupied`, pools.occupied[pool]!, occupied[pool]!) ??
      differs(`${name} deferred`, pools.deferred[pool]!, deferred[pool]!);
    if (wrong !== null) return wrong;
  }
  return null;
}

function auditRuns(ctx: EngineContext): string | null {
  const { dagRuns, taskInstances: tis } = ctx.world;
  const sums = ['unfinished', 'parked', 'active', 'in_progress'] as const;
  const sets = {
    unfinished: tagged.unfinished,
    parked: PARKED,
    active: tagged.execution,
    in_progress: tagged.execution | (1 << TI.scheduled),
  };
  for (const name of sums) {
    const counted = new Float64Array(dagRuns.rows);
    for (let ti = 0; ti < tis.rows; ti++) {
      if (isIn(sets[name], tis.state[ti]!)) counted[tis.dag_run[ti]!]! += 1;
    }
    for (let run = 0; run < dagRuns.rows; run++) {
      const wrong = differs(`run ${run} ${name}`, dagRuns[name][run]!, counted[run]!);
      if (wrong !== null) return wrong;
    }
  }
  return null;
}

function auditDags(ctx: EngineContext): string | null {
  const { dagRuns, dags, taskCounts, taskInstances: tis } = ctx.world;
  const running = new Float64Array(dags.rows);
  const queued = new Float64Array(dags.rows);
  for (let run = 0; run < dagRuns.rows; run++) {
    if (dagRuns.deleted[run] === 1) continue;
    if (dagRuns.state[run] === DAG_RUN.running) running[dagRuns.dag[run]!]! += 1;
    if (dagRuns.state[run] === DAG_RUN.queued) queued[dagRuns.dag[run]!]! += 1;
  }
  for (let dag = 0; dag < dags.rows; dag++) {
    const wrong =
      differs(`dag ${dag} running runs`, dags.running_runs[dag]!, running[dag]!) ??
      differs(`dag ${dag} queued runs`, dags.queued_runs[dag]!, queued[dag]!);
    if (wrong !== null) return wrong;
  }
  const states = ctx.profile.taskLimitsCountParked ? tagged.active : tagged.execution;
  const { counter } = ctx.plan.tasks;
  const active = new Float64Array(taskCounts.rows);
  for (let ti = 0; ti < tis.rows; ti++) {
    if (isIn(states, tis.state[ti]!)) active[counter[tis.task[ti]!]!]! += 1;
  }
  for (let task = 0; task < taskCounts.rows; task++) {
    const { maxActivePerDag, maxActivePerRun } = ctx.plan.tasks;
    if (maxActivePerDag[task]! < 0 && maxActivePerRun[task]! < 0) continue;
    const wrong = differs(
      `task ${task} active`,
      taskCounts.active[counter[task]!]!,
      active[counter[task]!]!,
    );
    if (wrong !== null) return wrong;
  }
  return null;
}

function differs(what: string, kept: number, counted: number): string | null {
  return kept === counted ? null : `${what}: kept ${kept}, counted ${counted}`;
}

function isIn(set: number, state: number): boolean {
  return ((set >>> state) & 1) === 1;
}
