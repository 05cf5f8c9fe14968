/**
 * The two Airflow versions as data. A capability is a guard of the same name in the machines that
 * differ between the versions; it never changes during a run (semantics 0.2, 1.2, 6.1.4, 15.3).
 */
export const airflowVersions = ['3.3.2', '2.11.2'] as const;

export type AirflowVersion = (typeof airflowVersions)[number];

const only2 = { '3.3.2': false, '2.11.2': true } as const;
const only3 = { '3.3.2': true, '2.11.2': false } as const;

/** capability -> version -> has it */
export const capabilities = {
  /** The worker writes the metadata database itself instead of asking the API server. */
  worker_writes_database: only2,
  /** An executor event changes only task instances that are queued. */
  mismatch_only_queued: only2,
  /** A silent task ends by way of its executor's event; in 2.x the DAG processor ends it. */
  executor_ends_zombies: only3,
  /** A trigger's failed end event ignores the retries that are left. */
  trigger_failure_is_final: only2,
  /** dagrun_timeout does not reach task instances without a state. */
  timeout_leaves_none: only2,
  /** An orphan reset keeps the old try in the history and gives the row a new id. */
  resets_with_history: only3,
  /** Human-in-the-loop tasks park in a state of their own. */
  parks_for_input: only3,
  /** A key that the executor already holds is replaced by a newer hand-over. */
  replaces_queued_key: only3,
  /** LocalExecutor keeps its keys in `running`, so they occupy its slots. */
  local_holds_running: only2,
} as const satisfies Record<string, Readonly<Record<AirflowVersion, boolean>>>;

export type Capability = keyof typeof capabilities;

export function has(version: AirflowVersion, capability: Capability): boolean {
  return capabilities[capability][version];
}

/** Whether a guard is the name of a capability. */
export function isCapability(name: string): name is Capability {
  return Object.hasOwn(capabilities, name);
}
