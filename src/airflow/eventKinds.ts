/**
 * Kinds of kernel events and who handles them. The core has 0-99; those from 100 on belong to the
 * executors and workers (executors/plantEvents.ts), and go to the plant straight away.
 */
import { assert } from '../base/assert.ts';

export const EVENT = {
  /** The scheduler's loop begins, and its further steps in order (scheduler/loop.ts). */
  loop: 0,
  plan: 1,
  criticalSection: 2,
  heartbeat: 3,
  afterHeartbeat: 4,
  /** A user's action of the scenario. Subject: its index. */
  action: 10,
  /** The DAG files are parsed. */
  parse: 11,
  /** 2.11.2's mini-scheduler looks at a run. Subject: the task instance that ended. */
  miniScheduler: 12,
  /** A fault of the scenario. Subject: its index. */
  fault: 13,
  /** A fault that lasts some time is over. Subject: its index. */
  faultOver: 14,
  /** A scheduler's process starts. Subject: its number. */
  schedulerStart: 15,
  /** A run or an asset event comes from outside (behaviour.arrivals). Subject: its index. */
  arrival: 16,
  /** A scheduler gives up on the database. Subject: that of its events. */
  schedulerExit: 19,
  /** A file that has changed its nature is read. Subject: DAG. */
  fileRead: 20,
  /** The DAG processor looks for DAGs that were not read for long. Subject: DAG. */
  staleScan: 21,
} as const;

/** First kind of the plant. */
export const PLANT_FIRST = 100;

export type Handler = (kind: number, subject: number, arg: number, extra: number) => void;

export interface HandlerRegistry {
  /** Handles all kinds from `first` to `last`; a kind has one handler. */
  register(first: number, last: number, handler: Handler): void;
  handle: Handler;
}

export function makeHandlers(): HandlerRegistry {
  const handlers: (Handler | undefined)[] = [];
  return {
    register(first, last, handler) {
      for (let kind = first; kind <= last; kind++) {
        assert(handlers[kind] === undefined, 'event kind has a handler', { kind });
        handlers[kind] = handler;
      }
    },
    handle(kind, subject, arg, extra) {
      const handler = handlers[kind];
      if (handler === undefined) return assert(false, 'event kind without handler', { kind });
      handler(kind, subject, arg, extra);
    },
  };
}
