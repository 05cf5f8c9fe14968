/** The machines of a lane's log, and where the selected task instance stands in each. */
import { logTable } from '../../airflow/logTable.ts';
import type { LaneInfo } from '../../explain/frame.ts';
import { MachineReader } from '../../explain/machinesAt.ts';
import type { MachineSeen } from '../../explain/machinesAt.ts';

export function machineReader(): MachineReader {
  const { transitions, extra, runStates } = logTable();
  const births = new Map([
    [extra.tiCreated, { machine: 'task_instance', state: 'none' }],
    [extra.runCreated, { machine: 'dag_run', state: runStates[0] ?? 'queued' }],
  ]);
  return new MachineReader(transitions, births);
}

/** Of a task instance, and of the run that it belongs to. */
export function selectedStates(
  reader: MachineReader,
  machines: readonly MachineSeen[],
  { labels, runs = [] }: LaneInfo,
  ti: number,
): Record<string, string> {
  const label = labels[ti];
  const run = runs.findIndex(
    ({ dag_id, run_id }) => dag_id === label?.dag_id && run_id === label.run_id,
  );
  const states = machines.map(({ id }) => {
    // Keys of executors, pods and messages have the number of their task instance.
    const entity = id === 'dag_run' || id === 'backfill' ? run : ti;
    return [id, reader.stateOf(id, entity)] as const;
  });
  return Object.fromEntries(states.flatMap(([id, state]) => (state ? [[id, state]] : [])));
}
