/** What the numbers in an engine's log mean, as plain data for whoever reads the log. */
import { dagRun, taskInstance, whatTable } from '../machines/index.ts';
import { PLANT_DETAIL, PLANT_RECORD } from './executors/records.ts';
import { REFUSALS } from './actions/refusals.ts';
import { CORE_RECORD } from './records.ts';

export function logTable() {
  return {
    transitions: whatTable(),
    tiStates: taskInstance.states,
    runStates: dagRun.states,
    refusals: REFUSALS,
    extra: {
      slotTaken: PLANT_RECORD.slotTaken,
      bodyBegan: PLANT_RECORD.bodyBegan,
      slotFreed: PLANT_RECORD.slotFreed,
      tiCreated: CORE_RECORD.tiCreated,
      tiExpanded: CORE_RECORD.tiExpanded,
      runCreated: CORE_RECORD.runCreated,
      runDeleted: CORE_RECORD.runDeleted,
      loopBegins: CORE_RECORD.loopBegins,
      loopEnds: CORE_RECORD.loopEnds,
      fault: CORE_RECORD.fault,
      userAction: CORE_RECORD.userAction,
      actionRefused: CORE_RECORD.actionRefused,
      slotKey: PLANT_DETAIL.slot,
    },
  };
}
