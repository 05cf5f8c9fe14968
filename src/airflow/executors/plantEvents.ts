/** Kinds of the plant's events: the stretch from 100 to 199. Subject: workload, unless said. */
export const PLANT_EVENT = {
  /** The start call of the supervisor is through. */
  start: 100,
  /** User code begins. */
  body: 101,
  /** User code has ended and says how. */
  report: 102,
  /** The supervisor sees that the task process is gone. */
  reap: 103,
  /** The supervisor itself ends: its slot is free. */
  exit: 104,
  /** A sensor or a waiting operator looks again. */
  poke: 105,
  /** The next job of the shared machine is done. Subject unused. */
  hostTick: 106,
  /** A trigger fires. Subject: task instance; arg: try number. */
  trigger: 107,
  /** Somebody answers a human-in-the-loop task. Subject: task instance; arg: try number. */
  answer: 151,
  /** A trigger that looks at a table looks again. Subject: its row. */
  triggerLook: 114,
  /** The last heartbeat of a triggerer is too old. Subject: triggerer; arg: its life. */
  triggererSilent: 115,
  /** A supervisor has reached nobody for too long. Arg: number of the outage; extra: its row. */
  giveUp: 116,
  /** The DAG processor reads the files again. Subject unused. */
  parse: 112,
  /** A server process has waited, its work begins. Subject: event after it; arg: the work. */
  serverWork: 113,
  /** User code has had the processor time that it needs. */
  computed: 129,
  /** Work that only uses the machine is over. */
  idle: 108,
  /** The supervisor learns that the row is no longer its own. */
  kill: 109,
  /** A Celery message reaches the broker's queue. */
  arrive: 110,
  /** A broker gives back what a lost worker held. */
  redeliver: 111,
  /** A Celery worker has seen that its pool child is gone. */
  childLost: 140,
  /** A Celery worker is up and consumes. Subject: worker. */
  workerUp: 141,
  /** Patience with a worker that shuts down is over. Subject: worker. */
  workerGrace: 142,
  /** Celery workers look whether their pools are too large. Subject unused. */
  autoscale: 143,
  /** The broker looks for messages that were never acknowledged. Subject unused. */
  sweep: 144,
  /** KEDA asks how many workers there should be. Subject: number of the scaled group. */
  keda: 145,
  /** The cluster's scheduler looks at a pod. */
  bind: 120,
  /** The image lies on the node, the container can start. */
  image: 121,
  /** The interpreter is up, the supervisor begins. */
  boot: 122,
  /** The watcher sees the end of a pod. */
  watch: 123,
  /** The node autoscaler looks at pods that fit nowhere. Subject unused. */
  scan: 124,
  /** A node has joined the cluster. Subject: node. */
  nodeReady: 125,
  /** A node may have been empty for long enough. Subject: node. */
  unneeded: 126,
  /** The grace period of a deleted pod is over. */
  podGone: 127,
  /** The node controller evicts the pods of a node that does not answer. Subject: node. */
  evictLost: 128,
} as const;
