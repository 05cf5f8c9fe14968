/**
 * The independent checker: reads the log of a run, with its scenario and the names of its rows,
 * rebuilds what happened with its own code and says which invariant is broken first (reliability 3;
 * I18 and I19 compare runs and are asked elsewhere, I14 and I16 leave nothing in the log).
 */
import type { Scenario } from '../../airflow/scenario.ts';
import type { LogReader } from '../../kernel/index.ts';
import { assetCheck } from './assets.ts';
import type { Check, Violation } from './check.ts';
import { endCauseCheck } from './endCauses.ts';
import { legal } from './legal.ts';
import { activeRuns, activeTasks, pools } from './limits.ts';
import { orderCheck } from './order.ts';
import { priorityCheck } from './priority.ts';
import { Replay, type RowNames } from './replay.ts';
import { conservation } from './rows.ts';
import { runEnds } from './runEnds.ts';
import { slotChecks } from './slots.ts';
import { soundness } from './soundness.ts';
import { stepAt } from './step.ts';
import { tries } from './tries.ts';

/** What the tables say at the end; it has to be what the log says (I18). */
export interface FinalRows {
  readonly tis: readonly { readonly state: string; readonly try_number: number }[];
  readonly runs: readonly string[];
}

export function checkRun(
  scenario: Scenario,
  log: LogReader,
  names: RowNames,
  final?: FinalRows,
): Violation | null {
  const replay = new Replay(scenario, names);
  const checks = allChecks(replay);
  for (let seq = 0; seq < log.length; seq++) {
    const step = stepAt(log, seq);
    const wrong = replay.apply(step);
    if (wrong !== null) return { invariant: 'I18', record: seq, sentence: wrong };
    for (const check of checks) {
      const sentence = check.see(step, replay);
      if (sentence !== null) return { invariant: check.invariant, record: seq, sentence };
    }
  }
  return atTheEnd(checks, replay) ?? (final === undefined ? null : compare(replay, final));
}

function allChecks(replay: Replay): Check[] {
  return [
    orderCheck(),
    legal,
    tries,
    pools,
    activeTasks,
    activeRuns,
    ...slotChecks(replay),
    soundness,
    endCauseCheck(),
    runEnds,
    priorityCheck(),
    assetCheck(),
    conservation,
  ];
}

function atTheEnd(checks: readonly Check[], replay: Replay): Violation | null {
  for (const { invariant, end } of checks) {
    const sentence = end?.(replay) ?? null;
    if (sentence !== null) return { invariant, record: -1, sentence };
  }
  return null;
}

function compare(replay: Replay, final: FinalRows): Violation | null {
  const say = (sentence: string): Violation => ({ invariant: 'I18', record: -1, sentence });
  for (const [number, row] of replay.tis.entries()) {
    const table = final.tis[number];
    if (table?.state !== row.state || table.try_number !== row.tryNumber) {
      const inTable = `${table?.state} in try ${table?.try_number}`;
      return say(
        `task instance ${number} is ${inTable}, its log says ${row.state} in try ${row.tryNumber}`,
      );
    }
  }
  for (const [number, run] of replay.runs.entries()) {
    if (run.deleted || final.runs[number] === run.state) continue;
    return say(`run ${number} is ${final.runs[number]}, its log says ${run.state}`);
  }
  return null;
}
