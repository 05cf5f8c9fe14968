import { describe, expect, test } from 'vitest';
import { arrivalProblems, arrivalsOf } from '../../../src/airflow/behaviour/arrivals.ts';
import type { Arrivals, Scenario } from '../../../src/airflow/scenario.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

function lane(arrivals: Arrivals[], more: Partial<Scenario> = {}): Scenario {
  const dag = dagSpec('d', [taskSpec('a')]);
  return scenarioOf([dag], {
    actions: [],
    behaviour: { by_kind: {}, rules: [], arrivals },
    ...more,
  });
}

describe('arrivals', () => {
  test('at an interval: from the first moment to before the end', () => {
    const found = arrivalsOf(lane([{ dag_id: 'd', every_s: 60, from_s: 30, until_s: 200 }]));
    expect(found.map(({ at }) => at / 1e6)).toEqual([30, 90, 150]);
  });

  test('by a rate: the seed decides, the mean is the rate', () => {
    const by = (seed: number): number[] =>
      arrivalsOf(lane([{ dag_id: 'd', per_hour: 60 }], { seed, until_s: 360_000 })).map(
        ({ at }) => at,
      );
    expect(by(1)).toEqual(by(1));
    expect(by(1)).not.toEqual(by(2));
    expect(by(1).length).toBeGreaterThan(5700);
    expect(by(1).length).toBeLessThan(6300);
  });

  test('each becomes a run; the simulation goes on until the last has come', () => {
    const rig = new Rig(lane([{ dag_id: 'd', at_s: [5, 100, 100] }], { until_s: 200 }));
    const { dagRuns } = rig.engine.ctx.world;
    expect(dagRuns.rows).toBe(3);
    expect([0, 1, 2].map((run) => rig.runState(run))).toEqual(Array(3).fill('success'));
  });

  test('every lane of a comparison gets the same', () => {
    const arrivals = [{ dag_id: 'd', per_hour: 100 }];
    const celery = lane(arrivals, { executor: 'celery', airflow: '2.11.2' });
    expect(arrivalsOf(celery)).toEqual(arrivalsOf(lane(arrivals)));
  });

  test.each([
    [{ dag_id: 'd' }, 'arrivals_one_way'],
    [{ dag_id: 'd', per_hour: 1, every_s: 1 }, 'arrivals_one_way'],
    [{ per_hour: 1 }, 'arrivals_what'],
    [{ dag_id: 'd', asset: 'x', per_hour: 1 }, 'arrivals_what'],
    [{ dag_id: 'other', per_hour: 1 }, 'arrivals_dag_unknown'],
    [{ dag_id: 'd', every_s: 0 }, 'arrivals_too_many'],
    [{ dag_id: 'd', per_hour: 1e9 }, 'arrivals_too_many'],
  ] as [Arrivals, string][])('%o -> %s', (arrivals, code) => {
    expect(arrivalProblems(lane([arrivals])).map((each) => each.code)).toEqual([code]);
    expect(validateScenario(lane([arrivals])).ok).toBe(false);
  });

  test('fields that do not exist are named', () => {
    const wrong = lane([{ dag_id: 'd', every_s: 5, often: true } as Arrivals]);
    expect(validateScenario(wrong).ok).toBe(false);
  });
});
