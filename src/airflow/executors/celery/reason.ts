/** Why a queued workload of the CeleryExecutor does not run yet. */
import { BROKER, type Broker } from '../../fleet/broker.ts';
import type { CeleryWorkers } from '../../fleet/celeryWorkers.ts';
import type { PlantEnv } from '../../runner/env.ts';
import { STAGE } from '../../runner/workloads.ts';
import { commonReason, reason, type QueuedReason } from '../queuedReason.ts';

export function celeryReason(
  env: PlantEnv,
  broker: Broker,
  workers: CeleryWorkers,
  w: number,
): QueuedReason {
  const { workloads, port } = env;
  const { rows } = workloads;
  const queue = port.queueOf(rows.ti[w]!);
  const name = broker.queueNames[queue]!;
  if (rows.stage[w] === STAGE.reserved) {
    const worker = workers.plans[rows.place[w]!]!.name;
    const option = 'celery.worker_prefetch_multiplier';
    return reason('prefetched', option, null, null, { worker });
  }
  if (rows.stage[w] !== STAGE.sent) return commonReason(rows.stage[w]!, rows.until[w]!);
  if (broker.mode !== BROKER.up) return reason('broker', null, null, null, { queue: name });
  if (!workers.hasConsumer(queue)) {
    return reason('no_worker_for_queue', 'queue', 0, 1, { queue: name });
  }
  const { busy, slots } = workers.load(queue);
  const params = { queue: name, ahead: broker.ahead(queue, w) };
  return reason('broker_wait', 'celery.worker_concurrency', busy, slots, params);
}
