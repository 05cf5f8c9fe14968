/** Set `scheduler-users`: users act on small installations; the states after each loop. */
import type { OracleCase } from '../oracleCase.ts';
import { CaseRun } from '../scheduler/caseRun.ts';
import type { SchedulerGiven } from '../scheduler/given.ts';
import { PARTS, type HandedRow, type LoopRow } from '../scheduler/recorded.ts';
import { judge, sameJson, type Verdict } from '../verdict.ts';

type State = string | null;

/** What is different after the loop; rows by their names. */
interface StatesRow {
  n: number;
  runs?: Record<string, string>;
  tis?: Record<string, [state: State, tryNumber: number]>;
  handed?: HandedRow[];
}

export function check(oracle: OracleCase): Verdict {
  const { loops } = oracle.expect as { loops: StatesRow[] };
  const rows = new CaseRun(oracle.airflow, oracle.given as SchedulerGiven).allLoops();
  return judge(byLoop(loops), byLoop(statesOf(rows)));
}

function byLoop(rows: readonly StatesRow[]): Record<string, StatesRow> {
  return Object.fromEntries(rows.map((row) => [`loop ${row.n}`, row]));
}

function statesOf(rows: readonly LoopRow[]): StatesRow[] {
  const runs = new Map<string, string>();
  const tis = new Map<string, [State, number]>();
  return rows.flatMap((row) => {
    const states: StatesRow = { n: row.n };
    const newRuns = changed(runs, lastRunStates(row));
    const newTis = changed(tis, lastTiStates(row));
    if (newRuns !== null) states.runs = newRuns;
    if (newTis !== null) states.tis = newTis;
    if (row.handed !== undefined) states.handed = row.handed;
    return Object.keys(states).length > 1 ? [states] : [];
  });
}

/** Takes over what is new and returns it; null when all is as it was. */
function changed<Value>(known: Map<string, Value>, now: Map<string, Value>) {
  const news: Record<string, Value> = {};
  for (const [name, value] of now) {
    if (sameJson(known.get(name), value)) continue;
    known.set(name, value);
    news[name] = value;
  }
  return Object.keys(news).length > 0 ? news : null;
}

function lastRunStates(row: LoopRow): Map<string, string> {
  const last = new Map<string, string>();
  for (const part of PARTS) {
    for (const run of row[part]?.runs_new ?? []) last.set(`${run.dag} ${run.run_id}`, run.state);
    for (const [dag, run, states] of row[part]?.runs ?? []) {
      last.set(`${dag} ${run}`, states.at(-1) ?? '');
    }
  }
  return last;
}

function lastTiStates(row: LoopRow): Map<string, [State, number]> {
  const last = new Map<string, [State, number]>();
  for (const part of PARTS) {
    for (const [dag, run, task, index, states] of row[part]?.tis ?? []) {
      last.set(`${dag} ${run} ${task} ${index}`, states.at(-1) ?? [null, 0]);
    }
  }
  return last;
}
