/** Set `dag-versions`: a DAG is stored anew while a run goes on (README of the set). */
import { clearTis } from '../../airflow/actions/clear.ts';
import { changeRun } from '../../airflow/dagRun/changeRun.ts';
import { createRun } from '../../airflow/dagRun/createRun.ts';
import { examineRun } from '../../airflow/dagRun/examine.ts';
import type { EngineContext } from '../../airflow/context.ts';
import { findTask } from '../../airflow/plan/index.ts';
import { RUN_TYPE } from '../../airflow/rows.ts';
import { parseDag } from '../../airflow/scheduler/nextRun.ts';
import type { AirflowVersion, DagSpec, TaskSpec } from '../../airflow/spec.ts';
import { changeTi } from '../../airflow/taskInstance/change.ts';
import { eachTi } from '../../airflow/world/lookup.ts';
import { dagOfRun } from '../../airflow/world/versions.ts';
import { dagRun, DAG_RUN, DAG_RUN_EVENT, TI, TI_EVENT } from '../../machines/index.ts';
import { bareTask } from '../bench/caseSpecs.ts';
import { plainDag } from '../../airflow/plainSpecs.ts';
import { makeBench, type Bench } from '../bench/makeBench.ts';
import { NO_EXECUTOR, NO_WORKERS } from '../bench/noPlant.ts';
import { tiState } from '../bench/recorder.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { expandSpec } from './runsSpecs.ts';

interface GivenTask {
  id: string;
  up: string[];
  /** Mapped over a literal list, or over the result of a task. */
  list?: unknown[];
  from?: string;
  pool?: string;
  queue?: string;
  retries?: number;
  priority_weight?: number;
  trigger_rule?: string;
}

type Given = {
  pinned: boolean;
  steps: (
    | ['dag', GivenTask[]]
    | ['examine']
    | ['start']
    | ['set', Record<string, 'running' | 'success' | 'failed'>]
    | ['clear', { task: string; latest?: boolean }]
  )[];
};

export function check(oracle: OracleCase): Verdict {
  return judge(oracle.expect, new VersionsCase(oracle.given as Given, oracle.airflow).play());
}

class VersionsCase {
  private readonly given: Given;
  private readonly bench: Bench;
  private readonly ctx: EngineContext;
  private run = -1;
  private stored = -1;

  constructor(given: Given, airflow: AirflowVersion) {
    this.given = given;
    const specs = given.steps.flatMap((step) =>
      step[0] === 'dag' ? [dagSpec(step[1], airflow)] : [],
    );
    this.bench = makeBench(
      {
        airflow,
        dags: specs.slice(0, 1),
        later: specs.slice(1).map((spec) => ({ dag: 0, spec })),
        pinsRuns: given.pinned,
        start: '2026-01-05T00:00:00Z',
        config: {},
        pools: {},
        observer: {},
      },
      () => ({ executor: NO_EXECUTOR, workers: NO_WORKERS }),
    );
    this.ctx = this.bench.ctx;
  }

  play(): unknown {
    const steps = this.given.steps.map((step) => {
      this.bench.sim.moveTo(this.ctx.sim.now + 1_000_000);
      this.take(step);
      return { run: dagRun.states[this.ctx.world.dagRuns.state[this.run]!], states: this.states() };
    });
    return { steps, stored: this.kept() };
  }

  private take(step: Given['steps'][number]): void {
    const { ctx, run } = this;
    switch (step[0]) {
      case 'dag':
        return this.store();
      case 'examine':
        // An ended run is not examined; the recording does it all the same, and it changes nothing.
        if (ctx.world.dagRuns.state[run] === DAG_RUN.running) examineRun(ctx, run);
        return;
      case 'start':
        return void changeRun(ctx, run, DAG_RUN_EVENT.start);
      case 'set':
        return Object.entries(step[1]).forEach(([key, state]) => this.drive(this.find(key), state));
      case 'clear': {
        const rows: number[] = [];
        const task = findTask(ctx.plan, dagOfRun(ctx, run), step[1].task);
        eachTi(ctx, run, task, (ti) => void rows.push(ti));
        clearTis(ctx, rows, { onLatest: step[1].latest === true });
      }
    }
  }

  private store(): void {
    const { ctx } = this;
    const { dags } = ctx.world;
    this.stored += 1;
    dags.dag_version[0] = this.stored;
    dags.dag_serial[0] = this.stored;
    parseDag(ctx, 0);
    if (this.stored > 0) return;
    const at = { logicalDate: 0, intervalStart: 0, intervalEnd: 0, runAfter: 0 };
    this.run = createRun(ctx, { dag: 0, runId: 'r1', type: RUN_TYPE.scheduled, ...at });
    changeRun(ctx, this.run, DAG_RUN_EVENT.start);
  }

  private drive(ti: number, state: 'running' | 'success' | 'failed'): void {
    const { ctx } = this;
    const { taskInstances: tis } = ctx.world;
    if (tis.state[ti] === TI.none) changeTi(ctx, ti, TI_EVENT.schedule);
    if (tis.state[ti] === TI.scheduled) changeTi(ctx, ti, TI_EVENT.queue);
    if (tis.state[ti] === TI.queued) changeTi(ctx, ti, TI_EVENT.start);
    if (state === 'success') changeTi(ctx, ti, TI_EVENT.succeed);
    if (state === 'failed') changeTi(ctx, ti, TI_EVENT.fail_without_retry);
  }

  private find(key: string): number {
    let found = -1;
    this.eachRow((ti, name) => {
      if (name === key) found = ti;
    });
    return found;
  }

  private states(): Record<string, string | null> {
    const { state } = this.ctx.world.taskInstances;
    const states: Record<string, string | null> = {};
    this.eachRow((ti, name) => (states[name] = tiState(state[ti]!)));
    return states;
  }

  /** Pool, queue, weight and max_tries of each row. */
  private kept(): Record<string, unknown[]> {
    const { plan, world } = this.ctx;
    const { task, max_tries } = world.taskInstances;
    const kept: Record<string, unknown[]> = {};
    this.eachRow((ti, name) => {
      const { pool, queue, weight } = plan.tasks;
      const of = task[ti]!;
      const [poolName, queueName] = [plan.poolNames[pool[of]!], plan.queueNames[queue[of]!]];
      kept[name] = [poolName, queueName, weight[of], max_tries[ti]];
    });
    return kept;
  }

  /** Those of tasks that are gone, too: all rows are of the one run. */
  private eachRow(look: (ti: number, name: string) => void): void {
    const { plan, world } = this.ctx;
    const { task, map_index, rows } = world.taskInstances;
    for (let ti = 0; ti < rows; ti++) {
      const index = map_index[ti]!;
      look(ti, plan.taskIds[task[ti]!]! + (index < 0 ? '' : `[${index}]`));
    }
  }
}

function dagSpec(tasks: readonly GivenTask[], airflow: AirflowVersion): DagSpec {
  return plainDag(
    'd',
    tasks.map((task) => taskSpec(task, airflow)),
  );
}

function taskSpec(task: GivenTask, airflow: AirflowVersion): TaskSpec {
  const { id, up, list, from, ...fields } = task;
  const over = list ?? (from === undefined ? null : { from });
  return {
    ...bareTask(id, airflow),
    ...fields,
    upstream_task_ids: up,
    is_mapped: over !== null,
    expand: over === null ? null : expandSpec({ kind: 'expand', args: { x: over } }),
  };
}
