/** What faults do to the processes of a try: its task, its supervisor, the worker around both. */
import { tiOf, type FaultHandler, type FaultHandlers } from '../faults/handler.ts';

const killTask: FaultHandler = (at, hit) => {
  const { plant } = at;
  const ti = tiOf(at, hit.part);
  const process = hit.word('process', 'task');
  if (process === 'worker') return plant.processes.killWorkerProcess(ti);
  return process === 'supervisor'
    ? plant.processes.killSupervisor(ti)
    : plant.processes.killTask(ti);
};

export const processHandlers: FaultHandlers = {
  'kill task': killTask,
  'hang task': (at, { part }) => at.plant.processes.hang(tiOf(at, part)),
  'restore task': (at, { part }) => at.plant.processes.goOn(tiOf(at, part)),
  'kill local-worker': ({ plant }, { part }) => plant.local?.killWorker(part.index) ?? false,
};
