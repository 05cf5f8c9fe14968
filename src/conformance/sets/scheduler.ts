/** Set `scheduler`: a small installation, loop by loop, in virtual time. */
import type { OracleCase } from '../oracleCase.ts';
import { CaseRun } from '../scheduler/caseRun.ts';
import { comparable } from '../scheduler/compare.ts';
import type { SchedulerGiven } from '../scheduler/given.ts';
import type { Recorded } from '../scheduler/recorded.ts';
import { judge, type Verdict } from '../verdict.ts';

export function check(oracle: OracleCase): Verdict {
  const recorded = oracle.expect as Recorded;
  const run = new CaseRun(oracle.airflow, oracle.given as SchedulerGiven);
  const loops = run.allLoops();
  const simulated = { loops, final: run.final() };
  const { expected, actual } = comparable(recorded, simulated, recorded.unordered ?? []);
  return judge(expected, actual);
}
