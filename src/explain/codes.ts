/**
 * What the numbers in a log mean, as plain data: a reader in another worker, or of a stored log,
 * decodes it without the machines themselves.
 */

/** A row of the table of all transitions (machines/what.ts), as far as it is read here. */
export interface TransitionRow {
  readonly id: number;
  readonly machine: string;
  readonly from: string;
  readonly event: string;
  readonly to: string;
  readonly actions: readonly string[];
}

/** Records that are no transition: their codes lie beyond the transitions. */
export interface ExtraCodes {
  readonly slotTaken: number;
  readonly bodyBegan: number;
  readonly slotFreed: number;
  readonly tiCreated: number;
  readonly tiExpanded: number;
  readonly runCreated: number;
  readonly runDeleted: number;
  readonly loopBegins: number;
  readonly loopEnds: number;
  readonly fault: number;
  readonly userAction: number;
  readonly actionRefused: number;
  /** Key of the detail that names the slot line. */
  readonly slotKey: number;
}

export interface LogCodes {
  /** Airflow's task states; a state's number is its place here. */
  readonly tiStates: readonly string[];
  readonly runStates: readonly string[];
  /** `what` -> new state of the task instance, NOT_MINE for records of other kinds. */
  readonly tiTo: Uint8Array;
  readonly runTo: Uint8Array;
  readonly extra: ExtraCodes;
  /** Why actions are refused, by the reason of their records. */
  readonly refusals: readonly string[];
  /** `what` -> 1 when the transition begins another try. */
  readonly tries: Uint8Array;
  /** `what` -> event name of the transition, for explanations. */
  readonly events: readonly string[];
}

export const NOT_MINE = 255;

export interface CodeTables {
  readonly transitions: readonly TransitionRow[];
  readonly tiStates: readonly string[];
  readonly runStates: readonly string[];
  readonly extra: ExtraCodes;
  readonly refusals: readonly string[];
}

export function makeLogCodes(tables: CodeTables): LogCodes {
  const { transitions, tiStates, runStates } = tables;
  const size = transitions.reduce((most, row) => Math.max(most, row.id + 1), 0);
  const codes = {
    tiTo: new Uint8Array(size).fill(NOT_MINE),
    runTo: new Uint8Array(size).fill(NOT_MINE),
    tries: new Uint8Array(size),
  };
  const events: string[] = Array.from({ length: size }, () => '');
  for (const row of transitions) {
    events[row.id] = row.event;
    if (row.machine === 'task_instance') codes.tiTo[row.id] = tiStates.indexOf(row.to);
    if (row.machine === 'dag_run') codes.runTo[row.id] = runStates.indexOf(row.to);
    codes.tries[row.id] = row.actions.includes('increment_try_number') ? 1 : 0;
  }
  return { ...codes, tiStates, runStates, events, extra: tables.extra, refusals: tables.refusals };
}
