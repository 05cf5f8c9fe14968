/** One seed -> one scenario: DAGs, installation, users and faults (reliability 4, E1). */
import type { Scenario } from '../../airflow/scenario.ts';
import { drawDags } from './dags.ts';
import { drawActions } from './deeds.ts';
import { Draws } from './draws.ts';
import { drawFaults } from './faultPlan.ts';
import { drawBehaviour, drawConfig, drawFleet, drawPools } from './setting.ts';
import { drawSwarm } from './swarm.ts';

export function drawScenario(seed: number): Scenario {
  const draws = new Draws(seed);
  const swarm = drawSwarm(draws);
  const { airflow, executor } = swarm;
  const dags = drawDags(draws, swarm);
  const pools = drawPools(draws, swarm);
  const fleet = drawFleet(draws, swarm);
  const faults = drawFaults(draws, { airflow, executor, fleet, dags, pools });
  return {
    format: 1,
    airflow,
    executor,
    dags,
    start: '2025-01-10T00:00:00Z',
    until_s: faults.length > 0 ? 1500 : 900,
    seed,
    config: drawConfig(draws, swarm, faults.length > 0),
    pools,
    fleet,
    behaviour: drawBehaviour(draws, swarm),
    actions: drawActions(draws, swarm, dags, pools),
    faults,
    latencies: {},
  };
}
