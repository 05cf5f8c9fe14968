/**
 * Kinds of kernel events and who handles them. The core has 0-99; 100-199 belong to the executors
 * and workers (executors/plantEvents.ts), which register a handler for their stretch.
 */
import { assert } from '../base/assert.ts';

export const EVENT = {
  /** The scheduler's loop begins its body. */
  loop: 0,
  /** The loop goes on after the executor's heartbeat. */
  afterHeartbeat: 1,
  /** A user's action of the scenario. Subject: its index. */
  action: 2,
  /** The DAG files are parsed. */
  parse: 3,
  /** 2.11.2's mini-scheduler looks at a run. Subject: task instance that ended. */
  miniScheduler: 4,
} as const;

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
