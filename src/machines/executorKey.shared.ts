/**
 * What every executor does with one key = (dag, task, run, try number, map index): accept it into
 * `queued_tasks`, forget it, or put an event into `event_buffer` (semantics 6.1.1, 6.1.6). All of
 * it is memory: when the scheduler dies the key is lost, and only adoption brings it back.
 */
/** The key is accepted by the executor and not yet sent anywhere. */
export const queuedTasks = {
  // A second hand-over of the same key: 3.x takes the later one, 2.x refuses it.
  accept: [{ guard: 'replaces_queued_key', actions: ['hold_queued_task'] }, {}],
  heartbeat_timeout: { actions: ['buffer_failed'] },
  scheduler_lost: 'absent',
} as const;
