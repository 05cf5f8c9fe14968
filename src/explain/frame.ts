/**
 * Frame: the one bridge from world to picture. A lane's frame at time t is a pure function of
 * (log, t); views draw it and know nothing of the engine. All arrays are indexed by task instance
 * (row of the lane's task_instance table, order of creation) and have `count` valid entries.
 */

/** Where a task instance is in the tunnel. The order is the order from top to bottom. */
export const STAGES = [
  'chamber', // none or scheduled, up_for_retry, up_for_reschedule, deferred ...: before the gate
  'queue', // queued: in the executor, broker, or pod not created yet
  'starting', // holds a slot (process, worker slot, pod), user code does not run yet
  'working', // user code runs
  'ending', // finished in the database, the slot is still taken (supervisor's end)
  'heap', // finished and out
] as const;
export type Stage = (typeof STAGES)[number];

export interface LaneFrame {
  /** Simulated microseconds. */
  t: number;
  /** Rises on every seek, new run or new branch: a drawer must drop flights of older epochs. */
  epoch: number;
  count: number;
  /** Index into TI_STATES (src/machines, Airflow's 14 states). */
  state: Uint8Array;
  /** Index into STAGES. */
  stage: Uint8Array;
  /** Slot line in the throat, -1 when it holds none. */
  slot: Int16Array;
  /** When it entered its present state / stage, microseconds. */
  stateSince: Float64Array;
  stageSince: Float64Array;
  /** When it leaves its present stage as far as the log is known ahead; Infinity if unknown. */
  stageUntil: Float64Array;
  /** Stage it was in before (for flights), index into STAGES. */
  fromStage: Uint8Array;
  /** Order of finishing (heap) or of waiting (chamber, queue): smaller is nearer to the exit. */
  rank: Int32Array;
}

/** What a lane is made of: static for one run of the engine, small, cloneable. */
export interface LaneInfo {
  id: string;
  executor: 'sequential' | 'local' | 'celery' | 'kubernetes';
  airflow: string;
  /** Number of slot lines in the throat and how they are grouped (worker or node names). */
  slots: number;
  slotGroups: { name: string; slots: number; queues: string[] }[];
  total: number;
  /** Task-instance labels: index -> dag, run, task, map index (interned). */
  labels: { dag_id: string; run_id: string; task_id: string; map_index: number }[];
  parts: PartInfo[];
  /** Machines that parts are placed on; absent: each part has one of its own. */
  machines?: MachineInfo[];
  faults: LaneFault[];
  /** By row of dag_run. */
  runs?: { dag_id: string; run_id: string }[];
  /** End of everything, microseconds; null if something never ends before `until`. */
  makespan: number | null;
  end: number;
}

/** A part of the installation, by the name that faults call it by. */
export interface PartInfo {
  /** As a timetable of faults writes it: `worker-2`. */
  name: string;
  /** PartKind of src/airflow/faults. */
  kind: string;
  /** From 1 where there are several, 0 where there is one. */
  n: number;
  /** Slots of a worker, places for pods of a node; null where that means nothing. */
  slots: number | null;
  /** Its place among the lane's slotGroups, null when it has no slots. */
  group: number | null;
  /** Its group, its make, its queues: what tells it from others. */
  detail: string;
  /** What can be done to it in this lane. */
  verbs: string[];
}

/** A machine of the placement; a fault calls it `machine:NAME`. */
export interface MachineInfo {
  name: string;
  /** Shared by all that runs on it; null: nobody has said. */
  cores: number | null;
  memory_mb: number | null;
  /** Each part stands in a container of its own. */
  containers: boolean;
  /** The part that it is, when it is a node of the cluster: `node-1`. */
  node: string | null;
  /** Names of the lane's parts on it. */
  parts: string[];
}

/** A fault of the lane's scenario. */
export interface LaneFault {
  at_s: number;
  what: string;
  part: string;
  args?: Record<string, number | string>;
  /** Its number among the faults of all lanes. */
  index: number;
  /** It lasts until something restores the part. */
  lasting: boolean;
}

/** A part that does not work at a moment. */
export interface Broken {
  part: string;
  what: string;
  /** Microseconds. */
  since: number;
  /** Number of the fault. */
  index: number;
}

/** What people did to the lane, as its log tells it. */
export interface Edit {
  t: number;
  kind: 'fault' | 'action';
  /** Of the lane's faults, or of the scenario's actions. */
  index: number;
  outcome: 'done' | 'nothing_there' | 'over' | 'refused';
  /** Why an action was refused (src/airflow/actions/refusals.ts), else ''. */
  refusal: string;
}

/** Numbers of a lane at t, 4 Hz, for React. */
export interface LaneSnapshot {
  t: number;
  /** Count per state, in the order of TI_STATES. */
  counts: number[];
  finished: number;
  total: number;
  slotsWorking: number;
  slotsStarting: number;
  slots: number;
  /** Task instances that work and that start, by slot group. */
  groups: { working: number; starting: number }[];
  broken: Broken[];
  /** 95th percentile of the waits (ready to running) of all started so far, microseconds; null before. */
  waitP95: number | null;
  /** Rows of mapped tasks that are not expanded yet: their map_index is -1, whatever `labels` say. */
  unexpanded: number[];
  loop: { last: number; busyUntil: number; blockedSince: number | null };
  dagRuns: {
    dag_id: string;
    run_id: string;
    state: string;
    start: number | null;
    end: number | null;
  }[];
}

/** A reason why something waits, as the deciding code gave it. i18n turns it into a sentence. */
export interface Reason {
  /** For example pool_full, max_active_tasks, parallelism, trigger_rule, no_worker_for_queue. */
  code: string;
  /** Airflow's name of the option or dependency that holds it, null if none. */
  option: string | null;
  actual: number | null;
  limit: number | null;
  /** Since when it holds, microseconds. */
  since: number;
  /** Further named values for the sentence (pool name, upstream ids, worker). */
  params: Record<string, string | number>;
}
