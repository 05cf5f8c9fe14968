/**
 * Set `executor-runs`: states, tries and the order of events, with and without faults. Times are
 * judged by `npm run calibrate`.
 */
import { faultScenario, unknownDeed } from '../executorRuns/faultScenario.ts';
import { isRecordedRun, type RecordedRun } from '../executorRuns/recordedRun.ts';
import { recordedStory, simulatedStory, type Story } from '../executorRuns/story.ts';
import { toScenario } from '../executorRuns/toScenario.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';

/** What the README of the set says not to replay, and why. */
const NOT_JUDGED: Readonly<Record<string, string>> = {
  'dirty-start': 'the broker held messages of an earlier case',
  'other-outcome': 'a race on the loaded machine ended otherwise than on the quiet one',
};

export function check(run: OracleCase): Verdict {
  if (!isRecordedRun(run)) return { outcome: 'unsupported', reason: 'another set' };
  const tag = run.tags.find((each) => NOT_JUDGED[each] !== undefined);
  if (tag !== undefined) return { outcome: 'unsupported', reason: NOT_JUDGED[tag]! };
  const unknown = unknownDeed(run);
  if (unknown !== null) return { outcome: 'unsupported', reason: unknown };
  const withFault = run.tags.includes('fault');
  const scenario = withFault ? faultScenario(run) : toScenario(run, 1, 0.5);
  return judge(comparable(run, recordedStory(run)), comparable(run, simulatedStory(scenario, run)));
}

/** 2.x writes no audit rows for retries, deferrals and what the scheduler decides. */
function comparable(run: RecordedRun, story: Story): Story {
  if (run.airflow === '3.3.2') return story;
  return { ...story, audit: {}, order: null };
}
