/**
 * The recorded sets that are checked, by name. A set that is recorded and not listed here is
 * shown as "not done yet" by the command, never left out.
 */
import type { Check } from '../verdict.ts';
import { check as assets } from './assets.ts';
import { check as configuration } from './configuration.ts';
import { check as dagFiles } from './dagFiles.ts';
import { check as dagVersions } from './dagVersions.ts';
import { check as executorRuns } from './executorRuns.ts';
import { check as expansion } from './expansion.ts';
import { check as retryDelays } from './retryDelays.ts';
import { check as runs } from './runs.ts';
import { check as scheduler } from './scheduler.ts';
import { check as schedulerUsers } from './schedulerUsers.ts';
import { check as timetables } from './timetables.ts';
import { check as triggerRules } from './triggerRules.ts';
import { check as weights } from './weights.ts';

export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['assets', assets],
  ['configuration', configuration],
  ['dag-files', dagFiles],
  ['dag-versions', dagVersions],
  ['executor-runs', executorRuns],
  ['expansion', expansion],
  ['retry-delays', retryDelays],
  ['runs', runs],
  ['scheduler', scheduler],
  ['runs-mixed', runs],
  ['scheduler-mixed', scheduler],
  ['scheduler-users', schedulerUsers],
  ['timetables', timetables],
  ['trigger-rules', triggerRules],
  ['weights', weights],
]);

/** Recorded sets that are checked only when they are asked for, and who judges them otherwise. */
export const ON_REQUEST: ReadonlyMap<string, string> = new Map([
  ['executor-runs', 'npm run calibrate; order and states: --set executor-runs'],
]);
