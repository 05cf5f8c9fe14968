/** What faults do to Celery's broker, workers and result backend. */
import type { FaultHandlers } from '../faults/handler.ts';
import { BACKEND } from './celery/parts.ts';
import { BROKER } from '../fleet/broker.ts';
import { inContainer } from '../fleet/placement.ts';
import { CALL } from '../runner/outage.ts';
import { NONE } from '../runner/workloads.ts';
import { US_PER_SECOND } from '../../base/time.ts';

const broker =
  (mode: number): FaultHandlers[string] =>
  ({ plant }) => {
    plant.celery?.parts.setBroker(mode);
    return plant.celery !== null;
  };

const backend =
  (state: number): FaultHandlers[string] =>
  ({ plant }) =>
    plant.celery?.parts.setBackend(state) ?? false;

/** terminationGracePeriodSeconds of the Helm chart's workers. */
const GRACE_S = 600;

export const celeryHandlers: FaultHandlers = {
  'refuse broker': broker(BROKER.refusing),
  'silent broker': broker(BROKER.silent),
  'stop broker': ({ plant }, hit) =>
    plant.celery?.parts.stopBroker(hit.word('keeps', 'yes') === 'yes') ?? false,
  'lose broker': ({ plant }, hit) => {
    const name = hit.word('queue', '');
    const queue = plant.celery?.broker.queueNames.indexOf(name) ?? NONE;
    if (plant.celery === null || (name !== '' && queue < 0)) return false;
    return plant.celery.parts.loseMessages(queue);
  },
  'redeliver broker': ({ plant }) => plant.celery?.parts.redeliver() ?? false,
  'restore broker': broker(BROKER.up),
  'lose result-backend': backend(BACKEND.loses),
  'refuse result-backend': backend(BACKEND.away),
  'restore result-backend': backend(BACKEND.keeps),
  'kill worker': ({ plant, scenario }, hit) => {
    const { index } = hit.part;
    const main = hit.word('process', 'host') === 'main';
    const end = main && !inContainer(scenario, 'worker', index) ? 'main' : 'host';
    return plant.celery?.parts.killWorker(index, end) ?? false;
  },
  'stop worker': ({ plant }, hit) => {
    const grace = Math.round(hit.number('grace_s', GRACE_S) * US_PER_SECOND);
    return plant.celery?.parts.stopWorker(hit.part.index, grace) ?? false;
  },
  'cold_stop worker': ({ plant }, { part }) =>
    plant.celery?.parts.stopWorkerCold(part.index) ?? false,
  'stall worker': ({ plant }, { part }) => plant.celery?.parts.stallWorker(part.index) ?? false,
  'restore worker': ({ plant }, { part }) => {
    const connected = plant.unheard.setPlace(part.index, CALL.answered);
    const started = plant.celery?.parts.startWorker(part.index) ?? false;
    return connected || started;
  },
};
