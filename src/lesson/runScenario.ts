/**
 * Runs a lane to its end and takes its facts. Imports the engine: for workers, tests and commands,
 * not for the page's own thread.
 */
import { logTable } from '../airflow/logTable.ts';
import { all, map } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { makeLogCodes } from '../explain/codes.ts';
import type { LogCodes } from '../explain/codes.ts';
import { startRun } from '../explain/engineRun.ts';
import { Timeline } from '../explain/timeline.ts';
import type { LaneFacts } from './facts.ts';
import { factsOf } from './factsOf.ts';
import type { LessonLane } from './lanes.ts';

let codes: LogCodes | null = null;

export function runScenario({ lane, scenario }: LessonLane): Result<LaneFacts> {
  return map(startRun(scenario), (run) => {
    run.advance();
    codes ??= makeLogCodes(logTable());
    const timeline = new Timeline(codes);
    const { simulation } = run.engine;
    for (const chunk of simulation.log.closedChunks()) timeline.add(chunk);
    const tail = simulation.log.tail();
    if (tail) timeline.add(tail);
    return factsOf(timeline, run.info(lane.id), simulation.hash());
  });
}

export function runLanes(lanes: readonly LessonLane[]): Result<LaneFacts[]> {
  return all(lanes.map(runScenario));
}
