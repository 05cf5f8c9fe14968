/** One profile per Airflow version: every named difference, resolved to its value. */
import type { AirflowVersion } from '../spec.ts';
import { ALERT_FLAGS } from './alertFlags.ts';
import { ASSET_FLAGS } from './assetFlags.ts';
import { column, type FlagValues } from './flag.ts';
import { MAPPING_FLAGS } from './mappingFlags.ts';
import { OPERATOR_FLAGS } from './operatorFlags.ts';
import { OPTION_FLAGS } from './optionFlags.ts';
import { RETRY_FLAGS } from './retryFlags.ts';
import { SCHEDULER_FLAGS } from './schedulerFlags.ts';
import { TIMETABLE_FLAGS } from './timetableFlags.ts';
import { TRIGGER_RULE_FLAGS } from './triggerRuleFlags.ts';
import { WEIGHT_FLAGS } from './weightFlags.ts';

/** All flags with their reasons, for the page that lists the differences of the versions. */
export const PROFILE_FLAGS = {
  ...TRIGGER_RULE_FLAGS,
  ...WEIGHT_FLAGS,
  ...RETRY_FLAGS,
  ...OPTION_FLAGS,
  ...OPERATOR_FLAGS,
  ...ALERT_FLAGS,
  ...ASSET_FLAGS,
  ...TIMETABLE_FLAGS,
  ...MAPPING_FLAGS,
  ...SCHEDULER_FLAGS,
} as const;

/** The values of all flags in one version. */
export type Profile = { readonly version: AirflowVersion } & FlagValues<typeof PROFILE_FLAGS>;

const PROFILES: Readonly<Record<AirflowVersion, Profile>> = {
  '3.3.2': { version: '3.3.2', ...column(PROFILE_FLAGS, '3.3.2') },
  '2.11.2': { version: '2.11.2', ...column(PROFILE_FLAGS, '2.11.2') },
};

export function profileOf(version: AirflowVersion): Profile {
  return PROFILES[version];
}
