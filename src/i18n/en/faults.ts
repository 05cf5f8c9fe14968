/**
 * Faults: `fault.<what>.<part>` says in one sentence what real Airflow does, and which option
 * governs it; `part.<kind>` is the name of a part. One entry per kind of src/airflow/faults.
 */
export const faults = {
  'part.scheduler': 'Scheduler {n}',
  'part.dag-processor': 'DAG processor',
  'part.api-server': 'API server',
  'part.web-server': 'Web server',
  'part.database': 'Metadata database',
  'part.triggerer': 'Triggerer {n}',
  'part.broker': 'Broker',
  'part.result-backend': 'Result backend',
  'part.worker': 'Worker {n}',
  'part.local-worker': 'Worker process {n} of LocalExecutor',
  'part.node': 'Node {n}',
  'part.kubernetes-api': 'Kubernetes API',
  'part.task': 'Task {name}',
  'part.pod': 'Pod of {name}',
  'part.file': 'DAG file {name}',
  'part.pool': 'Pool {name}',

  'fault.change.pool':
    'A pool that shrinks below what is in use stops nothing; nothing new enters it until enough slots are free again, and a task that wants more slots than it has waits for ever.',
  'fault.refuse.broker':
    'A broker that refuses connections lets each publishing fail within a second: the task instance fails at once or is tried again (`retries`), and running tasks go on.',
  'fault.silent.broker':
    'Publishing waits for `celery.operation_timeout` (1 s) and is tried again in later loops, `celery.task_publish_max_retries` (3) times; then the task instance fails or is tried again.',
  'fault.restore.broker': 'The broker answers again and hands out the messages that it kept.',
  'fault.kill.worker':
    'No heartbeat comes from its tasks any more: after `scheduler.task_instance_heartbeat_timeout` (2.x: `scheduler.scheduler_zombie_task_threshold`), 300 s, they fail or are tried again.',
  'fault.restore.worker': 'The worker starts again and takes messages from its queues.',
  'fault.evict.node':
    'Every pod of the node ends as Failed: in 3.x its task instance fails or is tried again in the next loop, in 2.x only when its heartbeat has been missing for 300 s.',
  'fault.evict.pod':
    'The pod ends as Failed with its reason: in 3.x the task instance fails or is tried again in the next loop, in 2.x only when its heartbeat has been missing for 300 s.',
} as const;
