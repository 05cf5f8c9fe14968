/** What faults do to Celery's broker and workers. */
import type { FaultHandlers } from '../faults/handler.ts';
import { BROKER } from '../fleet/broker.ts';

const broker =
  (mode: number): FaultHandlers[string] =>
  ({ plant }) => {
    plant.celery?.setBroker(mode);
    return plant.celery !== null;
  };

export const celeryHandlers: FaultHandlers = {
  'refuse broker': broker(BROKER.refusing),
  'silent broker': broker(BROKER.silent),
  'restore broker': broker(BROKER.up),
  'kill worker': ({ plant }, { part }) => {
    if (plant.celery?.workers.isAlive(part.index) !== true) return false;
    plant.celery.loseWorker(part.index);
    return true;
  },
  'restore worker': ({ plant }, { part }) => {
    if (plant.celery === null || plant.celery.workers.isAlive(part.index)) return false;
    plant.celery.workers.restore(part.index);
    return true;
  },
};
