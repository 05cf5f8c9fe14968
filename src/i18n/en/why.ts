/**
 * Why panel: `reason.*` is the sentence of what holds a task instance, `gate.*` its short name in
 * the list of gates, `cause.*` an event that led to an end. Codes: specification 4.5 (explainer
 * catalogue). Values: `actual`, `limit`, `option` of the Reason and its own params.
 */
export const why = {
  'why.q.waiting': 'Why is it waiting?',
  'why.q.running': 'What is it doing?',
  'why.q.retrying': 'Why does it run again later?',
  'why.q.failed': 'Why did it fail?',
  'why.q.skipped': 'Why was it skipped?',
  'why.q.succeeded': 'How did it go?',
  'why.label': 'Why',
  'why.empty': 'Select a square to see its states and what it waits for.',
  'why.emptyTitle': 'Nothing is selected',
  'why.life': 'Its life so far',
  'why.gates': 'Gates, in the order in which they are examined',
  'why.chain': 'How it came to this',
  'why.rootCause': 'first cause',
  'why.try': 'try {n}',
  'why.ofLimit': '{actual} of {limit}',
  'why.since': 'since {since_us}',
  'why.passed': 'passed',
  'why.holds': 'holds it',
  'why.later': 'not examined yet',
  'why.close': 'Close',
  'why.goLog': 'Go to this moment',

  'calm.none': 'It is examined in the next scheduler loop.',
  'calm.scheduled': 'Nothing holds it: it is queued in the next critical section.',
  'calm.queued': 'It is on its way to a slot.',
  'calm.running': 'Its code runs.',
  'calm.success': 'It succeeded.',
  'calm.failed': 'It failed.',
  'calm.upstream_failed': 'A task before it failed, so it does not run.',
  'calm.skipped': 'It was skipped.',
  'calm.up_for_retry': 'It failed and is tried again.',
  'calm.up_for_reschedule': 'It gave its slot back and looks again later.',
  'calm.deferred': 'It waits in the triggerer and holds no slot.',
  'calm.restarting': 'It was cleared while it ran and starts again.',
  'calm.removed': 'Its task is no longer in the DAG.',
  'calm.awaiting_input': 'It waits for a person’s answer.',

  'reason.no_run': 'There is no run of this DAG yet.',
  'reason.dag_missing':
    'Its DAG file has not been read yet, or cannot be read: **its runs stand still**.',
  'reason.dag_paused': '**The DAG is paused.** Nothing new is scheduled until it is unpaused.',
  'reason.run_waits_runs':
    'Its run is still queued: **{actual} of {limit}** runs of this DAG are active already (`max_active_runs`).',
  'reason.run_waits_time': 'Its run may start **at {until_us}**.',
  'reason.future_logical_date': 'The logical date of its run lies ahead, **at {until_us}**.',
  'reason.upstream_wait':
    'Its trigger rule `{rule}` is not met: **{actual} of {limit}** tasks before it count so far. It waits for `{waiting}`.',
  'reason.setup_wait': 'Its setup is not done: it waits for `{waiting}`.',
  'reason.past_wait': '`{option}` is set: **its task in the run before** must finish first.',
  'reason.map_wait':
    'It is not known yet **how many times** it is mapped: `{waiting}` must finish first.',
  'reason.retry_wait': 'Try {try} failed. **The next try may start at {until_us}**.',
  'reason.poke_wait': 'The sensor gave its slot back and **looks again at {until_us}**.',
  'reason.trigger_wait': 'It is deferred: **its trigger has not fired**.',
  'reason.no_triggerer': 'It is deferred and **no triggerer runs**.',
  'reason.triggerer_lost':
    'Its triggerer is dead. **Another one takes its trigger** when the last heartbeat is 30 s old.',
  'reason.triggerer_full':
    'It is deferred and the triggerers are full: **{actual} of {limit}** triggers.',
  'reason.input_wait': '**It waits for a person’s answer.**',
  'reason.pool_wait': 'The pool `{pool}` is full: **{actual} of {limit} slots** are in use.',
  'reason.pool_missing': '**There is no pool `{pool}`.** Make it, or change the task.',
  'reason.pool_too_small':
    'It wants {needs} slots, and the pool `{pool}` has **{limit} in all**: it never starts.',
  'reason.dagrun_tasks_wait':
    '`max_active_tasks` is reached: **{actual} of {limit}** tasks of this run are active.',
  'reason.dag_tasks_wait':
    '`max_active_tasks` is reached: **{actual} of {limit}** tasks of this DAG are active.',
  'reason.task_limit_wait':
    '`{option}` is reached: **{actual} of {limit}** of this task are active.',
  'reason.parallelism_wait':
    'The scheduler’s slots are used up: **{actual} of {limit}** are queued or running (`core.parallelism`).',
  'reason.order_wait':
    '**{ahead} stand before it** in the order, and one loop takes at most {limit}.',
  'reason.run_order_wait':
    'Its run is not looked at: **{actual} runs come before it**, and a loop looks at {limit} (`{option}`). Backfill runs come last.',
  'reason.run_turn_wait':
    'Its run waits for its turn: **{actual} runs come before it**, and a loop looks at {limit} (`{option}`).',
  'reason.run_ended': '**Its run has ended.** No scheduler looks at it any more.',
  'reason.orphan_wait':
    '**No executor has it.** Its scheduler died; the next check for orphans (`{option}`) takes it over or resets it.',
  'reason.process_lost':
    '**The process that was to run it was killed.** LocalExecutor cannot take it back: it stays queued until a scheduler starts anew.',
  'reason.restarting_lost':
    '**Cleared, and its process was lost before it noticed.** Airflow 2.11.2 looks for lost processes among running task instances only: it stays restarting until it is cleared or marked again.',
  'reason.running_lost':
    '**Its process is gone, and no scheduler has it as its own.** It was reset, and a process of before started it all the same: neither the check for heartbeats nor that for orphans looks at it. It stays running until it is cleared or marked.',
  'reason.heartbeat_wait':
    '**Its process is gone and sends no heartbeat.** The scheduler gives it up after **{until_us}** (`{option}`).',
  'reason.queued_wait':
    '**No executor has it**: its worker ended without starting it. The scheduler queues it again after **{until_us}** (`{option}`).',
  'reason.no_local_worker':
    '**No worker process is left.** All {limit} of the LocalExecutor were killed, and Airflow 2.11.2 replaces none: a scheduler has to start anew.',
  'reason.orphan_unseen':
    '**No executor has it, and its run is queued.** The check for orphans looks at running runs only: the run has to start before.',
  'reason.processor_down':
    '**Its process is gone.** The DAG processor would write that into its row, and none runs.',
  'reason.slots_lost':
    '**{actual} of {limit} slots are lost.** The executor waits for results of tasks that nobody will run; only a new scheduler forgets them (`{option}`).',
  'reason.upstream_removed':
    '**{waiting} has ended, and `{rule}` can never hold.** A task instance before it was removed from the run; such a run ends only as a deadlock, or when it is cleared or marked.',
  'reason.starved_wait':
    '**{ahead} of its run stand before it**, and a loop reads {limit} of a run (`{option}`), be they held or not.',
  'reason.scheduler_down': '**No scheduler runs.** Nothing moves until one starts.',
  'reason.scheduler_busy':
    'The scheduler’s loop is blocked for **{busy_us}**: SequentialExecutor runs a task inside it.',
  'reason.scheduler_loop': 'It waits for the next scheduler loop.',
  'reason.no_worker':
    '**No worker is free.** {actual} of {limit} slots are taken, and {ahead} are ahead.',
  'reason.no_worker_for_queue': '**No worker listens to the queue `{queue}`.** It never starts.',
  'reason.broker': '**The broker does not answer.** Its message is not delivered.',
  'reason.broker_wait':
    'Its message is in the broker: **all {limit} worker slots are taken**, and {ahead} are ahead.',
  'reason.prefetched':
    'Its message was taken by `{worker}` in advance, and **all slots there are taken**.',
  'reason.pod_creation':
    'Its pod is not created yet. The executor creates **{limit, plural, one {one pod} other {# pods}} per scheduler loop**, and {ahead} are ahead.',
  'reason.pod_pending':
    'Its pod is pending: **no node has room** for it (Unschedulable). Of {nodes} nodes {cpu} are short of cpu, {memory} of memory, {pods} of places, {away} take no pods; {pending} pods wait.',
  'reason.pod_creation_paused':
    'Its pod is not created yet: the Kubernetes API asked to wait (`Retry-After`), and **the executor creates no pods** until {until_us}.',
  'reason.pod_quota':
    'Its pod is refused: **the quota of the namespace is used up** ({resource}: {actual} of {limit}). The executor tries again, `kubernetes_executor.task_publish_max_retries` times.',
  'reason.pod_refused':
    'The Kubernetes API **refuses to create its pod**: {actual} attempts have failed. After `kubernetes_executor.task_publish_max_retries` ({limit}) the task instance fails or is tried again.',
  'reason.pod_stuck':
    'Its pod on {node} does not start: **{cause}**. The kubelet tries again; after `scheduler.task_queued_timeout` the pod is deleted and made anew.',
  'reason.pod_gone':
    '**Its pod was deleted before it started**, which the executor only writes into the log. After `scheduler.task_queued_timeout` it is queued again.',
  'reason.pod_starting':
    'Its pod is starting: **the image and Python take a while**. It runs at about {until_us}.',
  'reason.local_busy': '**All {limit} worker processes are busy**, and {ahead} are ahead.',
  'reason.process_starting': 'Its process is starting. It runs at about {until_us}.',
  'reason.one_at_a_time':
    'SequentialExecutor runs **one task instance at a time**, and {ahead} are ahead.',
  'reason.start_date_wait': 'Its start date lies ahead, **at {until_us}**.',
  'reason.why_not_run':
    '`{waiting}` ended as **{cause_state}**, and its trigger rule `{rule}` does not allow that.',
  'reason.skipped_by_branch': 'The branch `{waiting}` **did not choose it**.',
  'reason.skipped_itself': 'Its own code **skipped it**.',
  'reason.failed_code': 'Its code failed in try {try}, and **no retry is left** ({limit} allowed).',
  'reason.killed': '**Its process was stopped** from outside.',
  'reason.worker_lost': 'Its worker `{worker}` was lost: **no heartbeat came for {busy_us}**.',
  'reason.timeout': 'It ran longer than `execution_timeout` allows: **{limit_us}**.',
  'reason.unknown': 'It waits: `{code}`{option, select, none {} other { (`{option}`)}}.',

  'gate.no_run': 'Run exists',
  'gate.dag_missing': 'DAG can be read',
  'gate.dag_paused': 'DAG not paused',
  'gate.run_waits_runs': '`max_active_runs`',
  'gate.run_waits_time': 'Run may start',
  'gate.future_logical_date': 'Logical date reached',
  'gate.upstream_wait': 'Trigger rule `{rule}`',
  'gate.setup_wait': 'Setup done',
  'gate.past_wait': '`{option}`',
  'gate.map_wait': 'Mapped length known',
  'gate.retry_wait': 'Retry delay over',
  'gate.poke_wait': 'Time of the next look',
  'gate.trigger_wait': 'Trigger fired',
  'gate.no_triggerer': 'Triggerer runs',
  'gate.triggerer_lost': 'Triggerer alive',
  'gate.triggerer_full': 'Triggerer has room',
  'gate.input_wait': 'Answer given',
  'gate.pool_wait': 'Pool `{pool}`',
  'gate.pool_missing': 'Pool `{pool}` exists',
  'gate.pool_too_small': 'Pool `{pool}` is large enough',
  'gate.dagrun_tasks_wait': '`max_active_tasks`',
  'gate.dag_tasks_wait': '`max_active_tasks`',
  'gate.task_limit_wait': '`{option}`',
  'gate.parallelism_wait': '`parallelism`',
  'gate.order_wait': 'Order in the loop',
  'gate.run_order_wait': 'Order of the runs',
  'gate.run_turn_wait': 'Turn of the run',
  'gate.run_ended': 'Run is on',
  'gate.orphan_wait': 'Orphan check',
  'gate.process_lost': 'Process',
  'gate.restarting_lost': 'Process',
  'gate.running_lost': 'Process',
  'gate.heartbeat_wait': 'Heartbeat',
  'gate.queued_wait': 'Time in queued',
  'gate.no_local_worker': 'Worker process',
  'gate.orphan_unseen': 'Orphan check',
  'gate.processor_down': 'DAG processor runs',
  'gate.slots_lost': '`parallelism`',
  'gate.upstream_removed': 'Trigger rule `{rule}`',
  'gate.starved_wait': 'Reached in the loop',
  'gate.scheduler_down': 'Scheduler runs',
  'gate.scheduler_busy': 'Scheduler loop free',
  'gate.scheduler_loop': 'Next scheduler loop',
  'gate.no_worker': 'Free worker',
  'gate.no_worker_for_queue': 'Worker for queue `{queue}`',
  'gate.broker': 'Broker answers',
  'gate.broker_wait': 'Worker slots',
  'gate.prefetched': 'Slots of `{worker}`',
  'gate.pod_creation': 'Pod creation',
  'gate.pod_pending': 'Room on a node',
  'gate.pod_creation_paused': 'Pod creation allowed',
  'gate.pod_quota': 'Quota of the namespace',
  'gate.pod_refused': 'Kubernetes API answers',
  'gate.pod_stuck': 'Container started',
  'gate.pod_gone': 'Pod there',
  'gate.pod_starting': 'Pod started',
  'gate.local_busy': 'Worker process free',
  'gate.process_starting': 'Process started',
  'gate.one_at_a_time': 'Turn in the scheduler',
  'gate.start_date_wait': 'Start date reached',
  'gate.unknown': '`{code}`',
} as const;
