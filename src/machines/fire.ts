/**
 * One step of a compiled machine. No XState here: whoever only steps or decodes imports this file.
 *
 * A row is one line of a decision chain. `row + firstId` is the transition's id, unique over all
 * machines of the registry, so one number of a log record names machine, from, event and to.
 */
export interface Tables {
  readonly eventCount: number;
  /** Id of row 0. */
  readonly firstId: number;
  /** [state * eventCount + event] -> first row of its chain, -1 when the event is illegal there */
  readonly cell: Int16Array;
  /** [state * eventCount + event] -> bits of the guards that its chain may ask */
  readonly cellGuards: Uint32Array;
  /** [row] -> guard, -1 when the row is taken in any case */
  readonly rowGuard: Int8Array;
  /** [row] -> next row of the chain when the guard is false, -1 at its end */
  readonly rowElse: Int16Array;
  /** [row] -> next state */
  readonly rowTo: Uint8Array;
  /** [row] -> first place in `effects`; [row + 1] is the end */
  readonly effectStart: Uint16Array;
  /** Codes of actions, then of timers to start, then of timers to stop, in the order to be done. */
  readonly effects: Uint8Array;
}

/** No transition: the event is illegal in that state, or every guard said no. */
export const ILLEGAL = -1;

/**
 * The transition's id, or `ILLEGAL`. `guards` holds one bit a guard (`1 << code`); only the bits of
 * `cellGuards` are looked at.
 */
export function fire(m: Tables, state: number, event: number, guards: number): number {
  let row = m.cell[state * m.eventCount + event]!;
  while (row >= 0) {
    const guard = m.rowGuard[row]!;
    if (guard < 0 || ((guards >>> guard) & 1) === 1) return m.firstId + row;
    row = m.rowElse[row]!;
  }
  return ILLEGAL;
}

/** Like `fire`, but asks for a guard only when the chain comes to it. */
export function fireAsking(
  m: Tables,
  state: number,
  event: number,
  ask: (guard: number) => boolean,
): number {
  let row = m.cell[state * m.eventCount + event]!;
  while (row >= 0) {
    const guard = m.rowGuard[row]!;
    if (guard < 0 || ask(guard)) return m.firstId + row;
    row = m.rowElse[row]!;
  }
  return ILLEGAL;
}

/** Next state of a transition of this machine. */
export function nextState(m: Tables, id: number): number {
  return m.rowTo[id - m.firstId]!;
}

/** Prefix of the event that a named delay sends when it is over: `after.worker_lost_wait`. */
export const afterPrefix = 'after.';

/** Whether the event is the end of a named delay. */
export function isAfter(event: string): boolean {
  return event.startsWith(afterPrefix);
}
