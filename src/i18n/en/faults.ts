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
  'part.machine': 'Machine {name}',
  'part.kubernetes-api': 'Kubernetes API',
  'part.task': 'Task {name}',
  'part.pod': 'Pod of {name}',
  'part.image': 'Image {name}',
  'part.file': 'DAG file {name}',
  'part.pool': 'Pool {name}',

  'fault.kill.scheduler':
    'Nothing new is scheduled; the next scheduler adopts what Celery and Kubernetes run and resets what Local ran, but only once the old heartbeat is older than `scheduler.scheduler_health_check_threshold` (30 s), at its start or at its check every `scheduler.orphaned_tasks_check_interval` (300 s).',
  'fault.stop.scheduler':
    'The loop ends at once: Celery and Kubernetes let go of their tasks, Local waits for all that is running or in its pipe; then the job counts as ended and its tasks are adopted or reset without waiting for 30 s.',
  'fault.stall.scheduler':
    'A scheduler that is silent for longer than `scheduler.scheduler_health_check_threshold` (30 s) is declared dead by another one, which adopts or resets its tasks; when it wakes, its own heartbeat makes it count as running again.',
  'fault.restore.scheduler':
    'The scheduler starts (or goes on): at its start it looks for task instances whose scheduler is dead, and then every `scheduler.orphaned_tasks_check_interval` (300 s).',
  'fault.kill.triggerer':
    'Its triggers belong to it until its last heartbeat is older than `triggerer.triggerer_health_check_threshold` (30 s); then another triggerer takes them, and each starts again from its beginning. With none left the task instances stay deferred.',
  'fault.stop.triggerer':
    'A clean stop gives its triggers free at once: another triggerer takes them in its next round, and each starts again from its beginning.',
  'fault.stall.triggerer':
    'Code that blocks the event loop stops all triggers of this process. In 3.x it stops its heartbeat after `triggerer.runner_health_check_threshold` (30 s), so that others take over 30 s later; in 2.x nobody notices.',
  'fault.restore.triggerer':
    'The triggerer starts (or goes on) and takes triggers that no living triggerer has, up to its capacity.',
  'fault.raise.task':
    'The trigger raises: the task instance is scheduled again, needs a slot, and fails on a worker with the error of the trigger; `retries` count as for any failure.',
  'fault.kill.database':
    'Schedulers try three times (`max_db_retries`) and exit, triggerers too; in 3.x the API server answers with errors, so that running tasks are killed after `workers.max_failed_heartbeats` (3) and ends cannot be stored; in 2.x tasks go on for 300 s without a heartbeat.',
  'fault.slow.database':
    'Every step of the scheduler takes longer; heartbeats that come more than 30 s late make other schedulers believe that it is dead. In 3.x a call longer than `workers.execution_api_timeout` (5 s) counts as failed.',
  'fault.restore.database':
    'The database answers again: schedulers and triggerers that have exited are started again, and what nobody looked after is adopted, reset, or found without a heartbeat.',
  'fault.kill.api-server':
    'Running tasks are killed after `workers.max_failed_heartbeats` (3) heartbeats of `workers.execution_api_retries` (5) attempts each, 22 to 60 s; each start fails after 4 to 15 s and costs a try, while the scheduler goes on queueing.',
  'fault.silent.api-server':
    'Each attempt waits for `workers.execution_api_timeout` (5 s): running tasks are killed after 97 to 135 s, starts fail after 29 to 40 s and cost a try.',
  'fault.restore.api-server':
    'The API server answers again: calls that are still being tried get through.',
  'fault.kill.web-server':
    'In 2.x tasks and schedulers write to the database themselves: only the pages are down.',
  'fault.restore.web-server': 'The pages are there again.',
  'fault.partition.worker':
    'Its tasks cannot be heard: in 3.x each is killed by its own supervisor after 97 to 135 s (22 to 60 s when connections are refused), in 2.x after 300 s; starts fail there and cost a try. Cut off from the broker only, it gets no new messages and finishes what it runs; RabbitMQ gives its messages to others at once, Redis after `visibility_timeout`.',
  'fault.partition.scheduler':
    'Only this scheduler is cut off. From its executor: what it sends to the broker or the Kubernetes API fails (refused at once, silent after its time-outs) and costs tries, while running work and other schedulers go on; the ends of its pods are seen when the way is there again. From the result backend: it exits at its next read. From the database: it tries three times (`max_db_retries`) and exits, and after `scheduler.scheduler_health_check_threshold` (30 s) another one adopts its tasks.',
  'fault.break.file':
    'An import error is stored. In 3.x its DAGs are stale at once: no new runs, and running ones are not examined until the file can be read again; in 2.x that comes with the scan for old DAGs (`stale_dag_threshold` 50 s, every 60 s). Tasks that run finish.',
  'fault.slow.file':
    'An import that takes longer than `core.dagbag_import_timeout` (30 s) counts as an import error, with the same end as a broken file.',
  'fault.hang.file':
    'The parser is killed after `dag_file_processor_timeout` (50 s) and leaves no import error; its DAGs become stale with the next scan (`stale_dag_threshold` 50 s, every 60 s).',
  'fault.change.file':
    'The file is saved with other contents. The DAG processor reads it in its next loop and stores the DAG when the last write is older than `core.min_serialized_dag_update_interval` (30 s); at their next examination running runs go on by it: tasks that are gone become removed (what runs of them is stopped), new ones get a task instance, pool, queue and weight stay as stored. Runs pinned to a git version (3.x) keep theirs.',
  'fault.restore.file':
    'The next reading of the file (`min_file_process_interval`, 30 s) finds its DAGs again, and their runs go on.',
  'fault.kill.dag-processor':
    'No file is read and callbacks wait. In 3.x states are not affected; in 2.x task instances without a heartbeat, and failed ones with callbacks, stay as they are until it is back.',
  'fault.restore.dag-processor':
    'Files are read again, and requests that have waited are carried out.',
  'fault.skew.scheduler':
    'Ahead by more than `api_auth.jwt_leeway` (10 s): tokens are not valid yet and starts are refused (3.x); by 30 s: others look dead to it, or it to them; by 300 s: its tasks seem to have no heartbeat.',
  'fault.skew.api-server':
    'Tokens look too old or not valid yet beyond `api_auth.jwt_leeway` (10 s); 300 s behind the scheduler, heartbeats seem to be missing.',
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
  'fault.stop.broker':
    'Connections close: workers finish what they have begun, nothing can be published, and afterwards RabbitMQ hands every unacknowledged message out again at once, Redis only after `visibility_timeout` (86400 s); a broker that kept nothing (`keeps=no`) has lost what waited.',
  'fault.lose.broker':
    'Messages that waited are gone: their task instances stay queued until `scheduler.task_queued_timeout` (600 s, looked at every 120 s), are sent again two times, and then fail without a retry.',
  'fault.redeliver.broker':
    'Every unacknowledged message is handed out a second time: in 3.x the copy finds its task instance running and ends as ignored, in 2.x it ends as a success at once and frees the slot of the executor while the task goes on.',
  'fault.lose.result-backend':
    'Celery reports PENDING for ever for results that are lost: the task instance is right, but its key keeps one of the `core.parallelism` slots of the executor until the scheduler restarts.',
  'fault.refuse.result-backend':
    "The scheduler's read of the results raises and the scheduler exits: its process manager starts it again and again, running tasks go on, and their results are lost until the backend answers.",
  'fault.restore.result-backend':
    'Results are kept again; slots that are taken by lost ones stay taken until the scheduler restarts.',
  'fault.stop.worker':
    'A warm shutdown: the worker takes no more messages and waits for its running tasks as long as its platform lets it (600 s in the Helm chart), then it is killed.',
  'fault.cold_stop.worker':
    'A cold shutdown: its messages go back to the broker at once and its tasks end unheard; the copy is refused while the task instance counts as running, so that only the missing heartbeat (300 s) ends it.',
  'fault.stall.worker':
    'The worker is online in Flower and takes no messages: what is sent to its queue waits, and after `scheduler.task_queued_timeout` (600 s) it is sent again, in the end failed without a retry.',
  'fault.kill.task':
    'A task process that is killed (out of memory) reports nothing: 3.x finds the mismatch 0 or 5 s later (`workers.min_heartbeat_interval`), 2.x with its check of zombies every 10 s; without the supervisor only the missing heartbeat tells, or Celery when it misses the child.',
  'fault.hang.task':
    'Code that does not return to Python overruns `execution_timeout`, and SIGTERM does not stop it: after a mark or a clear SIGKILL comes 5 s later, in 2.x after `core.killed_task_cleanup_time` (60 s).',
  'fault.restore.task':
    'The code returns to Python: a timeout that has passed meanwhile ends it now.',
  'fault.kill.local-worker':
    'In 3.x nothing is reported, the missing heartbeat (300 s) ends its task instance, and a new process comes when work waits; in 2.x the task ends normally, and the slot is gone until the scheduler restarts.',
  'fault.cordon.node':
    'No new pod comes to the node; pods that fit nowhere else stay Pending (Unschedulable), and after `scheduler.task_queued_timeout` (600 s) the executor deletes them and queues the task instance again, twice at most.',
  'fault.kill.machine':
    'Everything on the machine stops at once: schedulers with their processes, workers with their tasks, triggerers, and the database, broker or API server if they stand there; each is missed as if it alone were gone.',
  'fault.restore.machine':
    'The machine is back and its parts start again, those first that others need; tasks that ran there stay lost until their heartbeat is missed.',
  'fault.kill.node':
    'Its pods keep the phase Running, so that the executor sees nothing: the heartbeat is missing for 300 s (`scheduler.task_instance_heartbeat_timeout`; 2.x: `scheduler.scheduler_zombie_task_threshold`) and the task instances fail or are tried again.',
  'fault.restore.node':
    'The node takes pods again; containers of before are dead and their pods end as Failed.',
  'fault.oom.pod':
    'The container is killed for its memory (OOMKilled): in 3.x the task instance fails or is tried again in the next loop, in 2.x only when its heartbeat has been missing for 300 s.',
  'fault.delete.pod':
    'A pending pod that is deleted is missed by nobody until `scheduler.task_queued_timeout`; in a running one the task gets SIGTERM: 2.x fails at once, 3.x goes on until the grace period ends and then fails or is tried again.',
  'fault.miss.pod':
    'The pod ends while no watcher looks: the task instance has its state, but its key fills one of `core.parallelism` slots until the scheduler starts anew.',
  'fault.break.image':
    'The image cannot be pulled: a reason in `kubernetes_executor.worker_pod_pending_fatal_container_state_reasons` fails the pod; the executor makes one more (`pod_launch_failure_retries`), then the task instance fails or is tried again.',
  'fault.restore.image': 'The image is there again: pods that the kubelet still tries go on.',
  'fault.fail.kubernetes-api':
    'Creating a pod fails: with `kubernetes_executor.task_publish_max_retries` (0) the task instance fails or is tried again at once, else the executor tries later; 429 or `Retry-After` stops all creation for so long.',
  'fault.refuse.kubernetes-api':
    'No pod can be created, which fails the task instance after `kubernetes_executor.task_publish_max_retries` (0) attempts, and the ends of pods are seen late; running pods go on.',
  'fault.silent.kubernetes-api':
    'Each call to create a pod holds the scheduler loop for 60 s before it fails, and the ends of pods are seen late; running pods go on.',
  'fault.restore.kubernetes-api':
    'Pods are created again, and the watchers see how the pods that still exist have ended.',
  'fault.evict.node':
    'Every pod of the node ends as Failed: in 3.x its task instance fails or is tried again in the next loop, in 2.x only when its heartbeat has been missing for 300 s.',
  'fault.evict.pod':
    'The pod ends as Failed with its reason: in 3.x the task instance fails or is tried again in the next loop, in 2.x only when its heartbeat has been missing for 300 s.',
} as const;
