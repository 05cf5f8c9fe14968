import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../src/airflow/actions/userActions.ts';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { UserAction } from '../../../src/airflow/scenario.ts';
import type { DagSpec, ScheduleSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { NO_SCHEDULE } from '../../../src/airflow/plainSpecs.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const A = { uri: 's3://a', name: 'a' };
const B = { uri: 's3://b', name: 'b' };
const identity = { __type: 'airflow.partition_mappers.identity.IdentityMapper', __var: {} };

function consumer(id: string, all: { uri: string; name: string }[], mapper: unknown): DagSpec {
  const schedule: ScheduleSpec = {
    timetable: 'PartitionedAssetTimetable',
    summary: 'Partitioned Asset',
    data: { default_partition_mapper: mapper, partition_mapper_config: [] },
    asset_condition: { all: all.map((asset) => ({ asset })) },
    can_be_scheduled: true,
    periodic: false,
  };
  return dagSpec(id, [taskSpec('c')], { schedule });
}

const plain = dagSpec('plain', [taskSpec('c')], {
  schedule: {
    ...NO_SCHEDULE,
    timetable: 'AssetTriggeredTimetable',
    asset_condition: { asset: A },
  },
});

const event = (at_s: number, asset: string, partition_key?: string): UserAction => ({
  at_s,
  action: 'asset_event',
  asset,
  ...(partition_key === undefined ? {} : { partition_key }),
});

function run(dags: DagSpec[], actions: UserAction[], untilS = 60): Engine {
  const made = createEngine(scenarioOf(dags, { actions }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(untilS), events: Infinity });
  return made.value;
}

/** DAG and partition key of every run. */
function runsOf({ ctx }: Engine): string[] {
  const { dagRuns, texts } = ctx.world;
  return Array.from({ length: dagRuns.rows }, (_, row) => {
    const key = dagRuns.partition_key[row]!;
    return `${ctx.plan.dags[dagRuns.dag[row]!]!.dagId} ${key < 0 ? '-' : texts.get(key)}`;
  });
}

describe('partitioned consumers', () => {
  it('one run per key once every asset has it; plain consumers want events without a key', () => {
    const dags = [consumer('both', [A, B], identity), plain];
    const actions = [
      event(1, 'a', 'eu'),
      event(2, 'a', 'us'),
      event(3, 'b', 'us'),
      event(4, 'a', 'us'),
      event(10, 'a'),
    ];
    const engine = run(dags, actions);
    expect(runsOf(engine).sort()).toEqual(['both us', 'plain -']);
    expect(engine.ctx.world.partitionRunsPending.size).toBe(2);
  });

  it('a run of a cron partition hands its key and date on', () => {
    const hourly: ScheduleSpec = {
      timetable: 'CronPartitionTimetable',
      summary: '0 0 * * *',
      data: {
        expression: '0 0 * * *',
        timezone: 'UTC',
        run_immediately: true,
        run_offset: -1,
        key_format: '%Y-%m-%d',
      },
      asset_condition: null,
      can_be_scheduled: true,
      periodic: true,
    };
    const producer = dagSpec('p', [taskSpec('w', [], { outlets: [{ asset: A }] })], {
      schedule: hourly,
    });
    const engine = run([producer, consumer('c', [A], identity)], []);
    expect(runsOf(engine)).toEqual(['p 2025-01-09', 'c 2025-01-09']);
    const { dagRuns, texts } = engine.ctx.world;
    expect(dagRuns.logical_date[0]).toBe(Infinity);
    expect(dagRuns.partition_date[0]).toBe(-86_400_000_000);
    expect(dagRuns.partition_date[1]).toBe(-86_400_000_000);
    expect(texts.get(dagRuns.run_id[0]!)).toBe(
      'scheduled__2025-01-10T00:00:00+00:00__2025-01-09__1',
    );
  });

  it('a task that adds partitions sends one event per key', () => {
    const task = taskSpec('w', [], {
      outlets: [{ asset: A }],
      behaviour: {
        kind: 'python',
        duration_s: 1,
        duration_source: null,
        asset_events: [{ asset: A, partitions: ['x', 'y'] }],
      },
    });
    const actions: UserAction[] = [{ at_s: 0, action: 'trigger', dag_id: 'p' }];
    const engine = run([dagSpec('p', [task]), consumer('c', [A], identity)], actions);
    expect(runsOf(engine)).toEqual(['p -', 'c x', 'c y']);
  });

  it('a key for a DAG without partitions -> refused', () => {
    const { ctx } = run([plain, consumer('c', [A], identity)], []);
    const ask = (dag_id: string): string =>
      carryOut(ctx, { at_s: 0, action: 'trigger', dag_id, partition_key: 'k' }, -1);
    expect(ask('plain')).toBe('partition_not_taken');
    expect(ask('c')).toBe('');
  });
});
