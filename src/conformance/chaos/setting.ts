/** Random configuration, pools, fleet and behaviour: everything around the DAGs. */
import type { BehaviourRules, FleetSpec, PoolSpec, Scenario } from '../../airflow/scenario.ts';
import type { Draws } from './draws.ts';
import type { Swarm } from './swarm.ts';

type Config = Scenario['config'];

/** `troubled`: faults will come, what finds them has to be quick. */
export function drawConfig(draws: Draws, swarm: Swarm, troubled: boolean): Config {
  const config: Config = {};
  const { has } = swarm;
  if (has.has('limits') || draws.chance(30)) config['core.parallelism'] = draws.between(1, 6);
  if (has.has('limits') && draws.chance(40)) {
    config['scheduler.max_tis_per_query'] = draws.between(1, 3);
  }
  if (has.has('limits') && draws.chance(30)) {
    config['scheduler.max_dagruns_per_loop_to_schedule'] = draws.between(1, 2);
    config['scheduler.max_dagruns_to_create_per_loop'] = 1;
  }
  if (has.has('pools') && draws.chance(50)) {
    config['core.default_pool_task_slot_count'] = draws.between(1, 4);
  }
  if (troubled || has.has('quickTimers')) addQuickTimers(config, swarm);
  if (draws.chance(60)) config['scheduler.scheduler_idle_sleep_time'] = draws.pick([3, 5]);
  if (swarm.executor === 'kubernetes' && draws.chance(50)) {
    config['kubernetes_executor.worker_pods_creation_batch_size'] = draws.between(1, 4);
  }
  if (swarm.airflow === '2.11.2' && draws.chance(30)) {
    config['scheduler.schedule_after_task_execution'] = false;
  }
  return config;
}

/** The clocks that find what is lost, short enough for a short run. */
function addQuickTimers(config: Config, { airflow }: Swarm): void {
  config['scheduler.task_queued_timeout'] = 60;
  config['scheduler.task_queued_timeout_check_interval'] = 12;
  config['scheduler.orphaned_tasks_check_interval'] = 40;
  const silent =
    airflow === '3.3.2'
      ? 'scheduler.task_instance_heartbeat_timeout'
      : 'scheduler.scheduler_zombie_task_threshold';
  config[silent] = 40;
}

export function drawPools(draws: Draws, { has }: Swarm): Record<string, PoolSpec> {
  if (!has.has('pools')) return {};
  return {
    small: { slots: draws.between(1, 3), include_deferred: draws.chance(40) },
    wide: { slots: draws.chance(20) ? -1 : draws.between(3, 8), include_deferred: false },
  };
}

export function drawFleet(draws: Draws, { has, executor }: Swarm): FleetSpec {
  const queues = has.has('queues') && draws.chance(50) ? ['default', 'other'] : null;
  return {
    workers: [
      {
        name: 'worker',
        count: draws.between(1, 3),
        concurrency: draws.between(1, 4),
        queues,
        prefetch_multiplier: draws.pick([1, 1, 2, 4]),
      },
    ],
    broker: draws.pick(['redis', 'rabbitmq']),
    nodes: [
      {
        name: 'node',
        count: draws.between(1, 2),
        pods: draws.between(1, 4),
        image_cached: draws.chance(70),
      },
    ],
    schedulers: executor === 'sequential' ? 1 : draws.pick([1, 1, 1, 2, 3]),
    triggerers: draws.chance(90) ? 1 : 0,
  };
}

export function drawBehaviour(draws: Draws, { has }: Swarm): BehaviourRules {
  const rules: BehaviourRules['rules'] = [];
  if (has.has('failures')) rules.push({ failure_chance: draws.pick([0.1, 0.3, 0.6]) });
  if (has.has('failures') && draws.chance(40)) {
    const outcomes = draws.pick([
      ['failed', 'success'],
      ['killed', 'success'],
      ['skipped'],
      ['fail_no_retry'],
      ['killed'],
    ] as const);
    rules.push({ task_id: `t${draws.below(4)}`, outcomes: [...outcomes] });
  }
  if (has.has('sensors') && draws.chance(15)) {
    rules.push({ task_id: `t${draws.below(4)}`, condition_after_s: null });
  }
  return { by_kind: {}, rules };
}
