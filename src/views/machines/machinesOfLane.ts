/** Which machines a lane has, in the order in which a task instance meets them. Pure. */
import type { ExecutorName } from '../../airflow/scenario.ts';
import type { MachineKind } from '../../app/model.ts';

const SHARED_FIRST = ['task_instance', 'dag_run', 'backfill', 'scheduler_job', 'scheduler_loop'];
const SHARED_LAST = ['supervisor', 'trigger', 'triggerer', 'dag_processor', 'dag_file'];
const OWN: Readonly<Record<ExecutorName, readonly string[]>> = {
  sequential: ['sequential_executor', 'sequential_key'],
  local: ['local_executor', 'local_key', 'worker_slot'],
  celery: [
    'celery_executor',
    'celery_key',
    'celery_message',
    'celery_result',
    'celery_worker',
    'worker_slot',
  ],
  kubernetes: ['kubernetes_executor', 'kubernetes_key', 'kubernetes_watcher', 'pod'],
};

export function machinesOfLane(
  kinds: readonly MachineKind[],
  executor: ExecutorName,
): MachineKind[] {
  const names = [...SHARED_FIRST, ...OWN[executor], ...SHARED_LAST];
  return names.flatMap((name) => kinds.find(({ id }) => id === name) ?? []);
}
