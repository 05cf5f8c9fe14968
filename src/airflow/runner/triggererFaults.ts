/** What faults do to triggerers and triggers: F21, F22. */
import { tiOf, type FaultHandlers } from '../faults/handler.ts';

export const triggererHandlers: FaultHandlers = {
  'kill triggerer': ({ plant }, { part }) => plant.triggerer.end(part.index, false),
  'stop triggerer': ({ plant }, { part }) => plant.triggerer.end(part.index, true),
  'stall triggerer': ({ plant }, { part }) => plant.triggerer.block(part.index),
  'restore triggerer': ({ plant }, { part }) => plant.triggerer.restore(part.index),
  'raise task': (at, { part }) => at.plant.triggerer.raise(tiOf(at, part)),
};
