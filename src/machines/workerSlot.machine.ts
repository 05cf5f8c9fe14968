/**
 * A place where one try can run: a worker process of the LocalExecutor, a child of a Celery pool,
 * the child of the SequentialExecutor, the first process of a pod (semantics 6.1.5, 6.8, 6.3.2).
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { metaFor, to } from './parts.ts';

type Event = { type: 'start' | 'take' | 'free' | 'kill' | 'replace' | 'stop' };

const meta = metaFor('worker_slot', 'airflow/executors/local_executor.py 3.3.2, 2.11.2');

export const workerSlotMachine = setup({
  types: { events: {} as Event, tags: {} as 'alive', meta: {} as StateMeta },
}).createMachine({
  id: 'worker_slot',
  initial: 'absent',
  states: {
    absent: { meta: meta('absent', 'ink-3'), on: { start: 'idle' } },
    idle: {
      meta: meta('idle', 'ink-3'),
      tags: ['alive'],
      on: { take: 'busy', stop: 'absent', kill: 'killed' },
    },
    busy: {
      // Taken until its supervisor has ended, which may be 5 s after its task has.
      meta: meta('busy', 'ink'),
      tags: ['alive'],
      on: { free: 'idle', stop: 'stopping', kill: 'killed' },
    },
    stopping: {
      meta: meta('stopping', 'caution'),
      tags: ['alive'],
      on: { free: to('absent'), kill: 'killed' },
    },
    killed: { meta: meta('killed', 'fault'), on: { replace: 'idle', stop: 'absent' } },
  },
});
