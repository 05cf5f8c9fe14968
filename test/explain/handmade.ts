/** A log written by hand: two task instances under one slot, with the machines' real codes. */
import { us } from '../../src/base/time.ts';
import { makeLogCodes } from '../../src/explain/codes.ts';
import type { LogCodes } from '../../src/explain/codes.ts';
import type { LaneInfo } from '../../src/explain/frame.ts';
import { Log } from '../../src/kernel/index.ts';
import { dagRun, taskInstance, transitionCount, whatTable } from '../../src/machines/index.ts';

const whats = whatTable();
const FIRST = transitionCount + 1000;
const extra = {
  slotTaken: FIRST,
  bodyBegan: FIRST + 1,
  slotFreed: FIRST + 2,
  tiCreated: FIRST + 3,
  runCreated: FIRST + 4,
  loopBegins: FIRST + 5,
  loopEnds: FIRST + 6,
  tiExpanded: FIRST + 7,
  fault: FIRST + 8,
  runDeleted: FIRST + 11,
  userAction: FIRST + 9,
  actionRefused: FIRST + 10,
  slotKey: 64,
};

export const tables = {
  transitions: whats,
  tiStates: taskInstance.states,
  runStates: dagRun.states,
  extra,
  refusals: ['', 'run_unknown'],
};

export const codes: LogCodes = makeLogCodes(tables);

function idOf(machine: string, from: string, event: string): number {
  const row = whats.find(
    (one) => one.machine === machine && one.from === from && one.event === event,
  );
  if (!row) throw new Error(`no transition ${machine} ${from} ${event}`);
  return row.id;
}

const ti = (from: string, event: string): number => idOf('task_instance', from, event);
const run = (from: string, event: string): number => idOf('dag_run', from, event);

/** Seconds, entity, code, slot. */
type Line = readonly [t: number, entity: number, what: number, slot?: number];

/** Task instance 0 runs from 2 s to 5 s, its slot is free at 5.5 s; 1 from 7 s to 9 s, failed. */
export function makeLog(): Log {
  const lines: Line[] = [
    [0, 0, extra.runCreated],
    [0, 0, extra.tiCreated],
    [0, 1, extra.tiCreated],
    [0, 0, run('queued', 'start')],
    [0, 0, extra.loopBegins],
    [0, 0, extra.loopEnds],
    [1, 0, ti('none', 'schedule')],
    [1, 0, ti('scheduled', 'queue')],
    [1.5, 0, extra.slotTaken, 0],
    [2, 0, ti('queued', 'start')],
    [2.5, 0, extra.bodyBegan],
    [3, 0, extra.loopBegins],
    [4.5, 0, extra.loopEnds],
    [5, 0, ti('running', 'succeed')],
    [5.5, 0, extra.slotFreed],
    [6, 1, ti('none', 'schedule')],
    [6, 1, ti('scheduled', 'queue')],
    [6.5, 1, extra.slotTaken, 0],
    [7, 1, ti('queued', 'start')],
    [7.5, 1, extra.bodyBegan],
    [9, 1, ti('running', 'fail_without_retry')],
    [9, 1, extra.slotFreed],
    [10, 0, run('running', 'fail')],
  ];
  const log = new Log();
  for (const [t, entity, what, slot] of lines) {
    log.append(us(t * 1_000_000), entity, what);
    if (slot !== undefined) log.detail(extra.slotKey, slot);
  }
  return log;
}

export const info: LaneInfo = {
  id: 'local',
  executor: 'local',
  airflow: '3.3.2',
  slots: 1,
  slotGroups: [{ name: 'local', slots: 1, queues: ['default'] }],
  parts: [],
  faults: [],
  total: 2,
  labels: ['a', 'b'].map((task_id) => ({ dag_id: 'd', run_id: 'r', task_id, map_index: -1 })),
  runs: [{ dag_id: 'd', run_id: 'r' }],
  makespan: 10_000_000,
  end: 10_000_000,
};
