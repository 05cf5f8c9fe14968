import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { RUN_TYPE } from '../../../src/airflow/rows.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type {
  AssetCondition,
  AssetEventSpec,
  DagSpec,
  TaskSpec,
} from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { assetSchedule, dagSpec, scenarioOf, taskSpec } from './specs.ts';

const A = { uri: 's3://a', name: 'a' };
const B = { uri: 's3://b', name: 'b' };

const consumer = (id: string, condition: AssetCondition): DagSpec =>
  dagSpec(id, [taskSpec('c')], { schedule: assetSchedule(condition) });

function producer(outlets: AssetCondition[], asset_events?: AssetEventSpec[]): DagSpec {
  const behaviour: TaskSpec['behaviour'] = { kind: 'python', duration_s: 1, duration_source: null };
  return dagSpec('p', [
    taskSpec('w', [], {
      outlets,
      behaviour: { ...behaviour, ...(asset_events ? { asset_events } : {}) },
    }),
  ]);
}

const start: UserAction = { at_s: 0, action: 'trigger', dag_id: 'p', run_id: 'r' };

function run(dags: DagSpec[], more: Partial<Scenario> = {}, untilS = 60): Engine {
  const made = createEngine(scenarioOf(dags, { actions: [start], ...more }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(untilS), events: Infinity });
  return made.value;
}

/** Asset-triggered runs per DAG, as far as there are any. */
function runsOf({ ctx }: Engine): Record<string, number> {
  const { dagRuns } = ctx.world;
  const found: Record<string, number> = {};
  for (let row = 0; row < dagRuns.rows; row++) {
    const type = dagRuns.run_type[row];
    if (type !== RUN_TYPE.assetTriggered && type !== RUN_TYPE.datasetTriggered) continue;
    const id = ctx.plan.dags[dagRuns.dag[row]!]!.dagId;
    found[id] = (found[id] ?? 0) + 1;
  }
  return found;
}

describe('references', () => {
  it('by name and by uri -> the asset that they mean; unknown -> never', () => {
    const dags = [
      producer([{ asset: A }]),
      consumer('by_name', { ref: { name: 'a' } }),
      consumer('by_uri', { ref: { uri: 's3://a' } }),
      consumer('nowhere', { ref: { name: 'x' } }),
    ];
    expect(runsOf(run(dags))).toEqual({ by_name: 1, by_uri: 1 });
  });
});

describe.each(['3.3.2', '2.11.2'] as const)('aliases, %s', (airflow) => {
  const dags = (events?: AssetEventSpec[]): DagSpec[] => [
    producer([{ alias: 'any' }], events),
    consumer('of_alias', { alias: 'any' }),
    consumer('of_asset', { asset: B }),
    consumer('of_both', { all: [{ alias: 'any' }, { asset: A }] }),
  ];

  it('nothing is written under it -> no event at all', () => {
    const engine = run(dags(), { airflow });
    expect(engine.ctx.world.assetEvents.rows).toBe(0);
    expect(runsOf(engine)).toEqual({});
  });

  it('an asset is written -> consumers of the alias and of the asset run, extra is kept', () => {
    const said = [{ asset: B, alias: 'any', extra: { rows: 3 } }];
    const engine = run(dags(said), { airflow });
    expect(runsOf(engine)).toEqual({ of_alias: 1, of_asset: 1 });
    const { assetEvents, json, dagRuns } = engine.ctx.world;
    expect(assetEvents.rows).toBe(1);
    expect(json.get(assetEvents.extra[0]!)).toEqual({ rows: 3 });
    expect(Array.from(dagRuns.consumed_events.slice(1, 3))).toEqual([1, 1]);
  });

  it('afterwards a direct event of the asset meets the alias only with an asset consumer', () => {
    const said = [{ asset: B, alias: 'any' }];
    const later: UserAction = { at_s: 30, action: 'asset_event', asset: 'b', extra: { n: 1 } };
    const engine = run(dags(said), { airflow, actions: [start, later] });
    // The alias gets rows from events that came through it only.
    expect(runsOf(engine)).toEqual({ of_alias: 1, of_asset: 2 });
  });
});

describe('outlets', () => {
  it('extra of an outlet; one event each; a mapped task one per index', () => {
    const said = [{ asset: A, extra: { k: 'v' } }];
    const engine = run([producer([{ asset: A }, { asset: B }], said)]);
    const { assetEvents, json } = engine.ctx.world;
    expect(assetEvents.rows).toBe(2);
    expect(json.get(assetEvents.extra[0]!)).toEqual({ k: 'v' });
    expect(assetEvents.extra[1]).toBe(-1);
  });

  it('materialize runs the one DAG that writes the asset', () => {
    const actions: UserAction[] = [{ at_s: 0, action: 'materialize', asset: 's3://a' }];
    const engine = run([producer([{ asset: A }])], { actions });
    expect(engine.ctx.world.dagRuns.run_type[0]).toBe(RUN_TYPE.assetMaterialization);
    expect(engine.ctx.world.assetEvents.rows).toBe(1);
  });
});
