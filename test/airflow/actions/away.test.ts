/** What people ask for while the database, or the server of pages and API, is away. */
import { describe, expect, test } from 'vitest';
import { REFUSALS } from '../../../src/airflow/actions/refusals.ts';
import type { Fault, Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf } from '../engine/specs.ts';
import { job, Rig } from '../faults/rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

function lane(airflow: AirflowVersion, faults: Fault[], at_s: number): Scenario {
  const made = scenarioOf([dagSpec('d', [job('a', 100)])], {
    airflow,
    executor: 'celery',
    faults,
    until_s: 900,
  });
  const pause: UserAction = { action: 'pause', dag_id: 'd', at_s };
  return { ...made, actions: [...made.actions, pause] };
}

function refusals(rig: Rig): (string | undefined)[] {
  return rig.records('actionRefused').map(({ reason }) => REFUSALS[reason]);
}

describe.each(BOTH)('%s', (airflow) => {
  const server = airflow === '3.3.2' ? 'api-server' : 'web-server';

  test.each([
    ['database', 'database_down'],
    [server, 'server_down'],
  ])('%s away -> refused, and the log says why', (part, code) => {
    const faults = [{ at_s: 20, what: 'kill', part, args: { for_s: 30 } }];
    const away = new Rig(lane(airflow, faults, 30));
    expect(refusals(away)).toEqual([code]);
    expect(away.engine.ctx.world.dags.is_paused[0]).toBe(0);
    const back = new Rig(lane(airflow, faults, 60));
    expect(refusals(back)).toEqual([]);
    expect(back.engine.ctx.world.dags.is_paused[0]).toBe(1);
  });
});
