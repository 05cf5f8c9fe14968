import { actions } from './actions.ts';
import { code } from './code.ts';
import { compare } from './compare.ts';
import { faults } from './faults.ts';
import { frame } from './frame.ts';
import { machines } from './machines.ts';
import { plant } from './plant.ts';
import { problems } from './problems.ts';
import { scenarioFile } from './scenarioFile.ts';
import { taskLog } from './taskLog.ts';
import { why } from './why.ts';

export const en = {
  ...actions,
  ...code,
  ...compare,
  ...faults,
  ...frame,
  ...machines,
  ...plant,
  ...problems,
  ...scenarioFile,
  ...taskLog,
  ...why,
} as const;
