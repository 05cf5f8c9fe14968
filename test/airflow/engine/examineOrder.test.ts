import { expect, test } from 'vitest';
import type { SchedulerGiven } from '../../../src/conformance/scheduler/given.ts';
import { CaseRun } from '../../../src/conformance/scheduler/caseRun.ts';

const TASK = {
  task_id: 't',
  upstream: [],
  trigger_rule: 'all_success',
  retries: 0,
  retry_delay: 0,
  retry_exponential_backoff: 0,
  max_retry_delay: null,
  pool: 'default_pool',
  pool_slots: 1,
  priority_weight: 1,
  weight_rule: 'downstream',
  max_active_tis_per_dag: null,
  max_active_tis_per_dagrun: null,
  depends_on_past: true,
  wait_for_downstream: false,
  outlets: [],
  empty: false,
  mapped: null,
  outcomes: [{ state: 'success', duration: 100 }],
};

const GIVEN: SchedulerGiven = {
  start: '2025-01-10T00:00:00Z',
  step: 1,
  loops: 7,
  parsed_before: 0,
  parse_interval: null,
  dags: [
    {
      dag_id: 'd',
      schedule: null,
      start_date: '2025-01-01T00:00:00Z',
      end_date: null,
      catchup: false,
      max_active_runs: null,
      max_active_tasks: null,
      dagrun_timeout: 4,
      is_paused: false,
      max_consecutive_failed_dag_runs: 0,
      fail_fast: false,
      tasks: [TASK],
    },
  ],
  pools: {},
  config: {},
  actions: [
    { at: 0, do: 'trigger', dag: 'd', run_id: 'first', logical_date: '2025-01-10T00:00:00Z' },
    // Not examined at 2 s, because its date is half a second ahead.
    { at: 2, do: 'trigger', dag: 'd', run_id: 'second', logical_date: '2025-01-10T00:00:02.500Z' },
  ],
};

test('a run whose logical date was ahead when it started: examined behind the older one', () => {
  const loops = new CaseRun('3.3.2', GIVEN).allLoops();
  const timedOut = loops.find((row) => row.t === 5);
  expect(timedOut?.loop?.tis).toEqual([
    ['d', 'first', 't', -1, [['skipped', 1]]],
    [
      'd',
      'second',
      't',
      -1,
      [
        ['scheduled', 1],
        ['queued', 1],
        ['running', 1],
      ],
    ],
  ]);
});
