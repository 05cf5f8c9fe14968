/** Metrics of an engine's run so far. */
import { REASONS } from '../../airflow/dependencies/gate.ts';
import { PLANT_RECORD } from '../../airflow/executors/records.ts';
import { logTable } from '../../airflow/logTable.ts';
import { CORE_RECORD } from '../../airflow/records.ts';
import type { Prices } from '../../airflow/scenario.ts';
import type { EngineRun } from '../engineRun.ts';
import { metricsOf, type Metrics } from './metrics.ts';

/** `prices` go before those of the scenario. */
export function metricsOfRun(run: EngineRun, prices: Prices = {}): Metrics {
  const { simulation, ctx, scenario } = run.engine;
  const { dagRuns } = ctx.world;
  return metricsOf({
    log: simulation.log,
    codes: {
      tables: logTable(),
      held: CORE_RECORD.held,
      reasons: REASONS,
      nodeOrdered: PLANT_RECORD.nodeOrdered,
      nodeRemoved: PLANT_RECORD.nodeRemoved,
      workerChanged: PLANT_RECORD.workerChanged,
    },
    scenario,
    slotGroups: run.info('').slotGroups,
    runs: Array.from({ length: dagRuns.rows }, (_, row) => ({
      dag_id: ctx.plan.dags[dagRuns.dag[row]!]!.dagId,
      due: dueOf(dagRuns.run_after[row]!),
    })),
    prices: { ...scenario.prices, ...prices },
  });
}

/** 2.x has no run_after: its runs are due when they are made. */
function dueOf(date: number): number | null {
  return Number.isFinite(date) ? Math.max(0, date) : null;
}
