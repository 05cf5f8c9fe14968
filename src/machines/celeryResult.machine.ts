/**
 * The row of Celery's result backend for one message (semantics 6.3.1: "Celery state -> event").
 * A missing row reads as PENDING, so a lost message waits for ever in the executor's eyes.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { metaFor } from './parts.ts';

type Event = { type: 'started' | 'retry' | 'success' | 'failure' | 'revoked' | 'expire' };

const meta = metaFor('celery_result', 'celery/states.py 5.7.0');

const ends = { success: 'SUCCESS', failure: 'FAILURE', revoked: 'REVOKED' } as const;

export const celeryResultMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'ready' | 'unready' | 'says_success' | 'says_failed',
    meta: {} as StateMeta,
  },
}).createMachine({
  id: 'celery_result',
  initial: 'PENDING',
  states: {
    PENDING: {
      meta: meta('PENDING', 'ink-2'),
      tags: ['unready'],
      on: { ...ends, started: 'STARTED' },
    },
    STARTED: {
      meta: meta('STARTED', 'ink'),
      tags: ['unready'],
      on: { ...ends, retry: 'RETRY', started: {} },
    },
    RETRY: {
      meta: meta('RETRY', 'caution'),
      tags: ['unready'],
      on: { ...ends, started: 'STARTED' },
    },
    SUCCESS: {
      // A second delivery writes over the row of the first.
      meta: meta('SUCCESS', 'goal'),
      tags: ['ready', 'says_success'],
      on: { started: 'STARTED', success: {}, failure: 'FAILURE', expire: 'PENDING' },
    },
    FAILURE: {
      meta: meta('FAILURE', 'fault'),
      tags: ['ready', 'says_failed'],
      on: { started: 'STARTED', failure: {}, success: 'SUCCESS', expire: 'PENDING' },
    },
    REVOKED: {
      meta: meta('REVOKED', 'ink-3'),
      tags: ['ready', 'says_failed'],
      on: { revoked: {}, expire: 'PENDING' },
    },
  },
});
