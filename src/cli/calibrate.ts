/**
 * `npm run --silent calibrate -- --cases DIR [--airflow V] [--id WORKLOAD] [--json]`: simulates every
 * workload that was recorded on the quiet machine and prints how far makespan and phases are off.
 * Exit code 0 when the figures are within the targets, 1 when not, 2 when nothing could be read.
 */
import { parseArgs } from 'node:util';
import { problem } from '../base/result.ts';
import {
  calibrate,
  type Calibration,
  type WorkloadResult,
} from '../conformance/executorRuns/judge.ts';
import { isJudged, type RecordedRun, workloadId } from '../conformance/executorRuns/recordedRun.ts';
import { simulateRun } from '../conformance/executorRuns/simulateRun.ts';
import { casesFolder, complain, optionsOr } from './caseCommand.ts';
import { readCases } from './oracleFiles.ts';

const USAGE = 'usage: calibrate --cases DIR [--airflow VERSION] [--id WORKLOAD] [--json]';

/** The targets: median over workloads, and the worst of them. */
const MEDIAN_MAX = 0.1;
const WORST_MAX = 0.2;

const OPTIONS = {
  cases: { type: 'string' },
  airflow: { type: 'string' },
  id: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Options {
  cases: string;
  airflow?: string | undefined;
  id?: string | undefined;
  json: boolean;
}

export async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === null) return 2;
  const cases = readCases(options.cases, { set: 'executor-runs', airflow: options.airflow });
  if (!cases.ok) return complain(cases.error, MESSAGES);
  const runs = (cases.value as RecordedRun[]).filter(
    (run) => isJudged(run) && (options.id === undefined || workloadId(run) === options.id),
  );
  if (runs.length === 0)
    return complain([problem('cases_none', { id: options.id ?? '' })], MESSAGES);
  const result = calibrate(runs, simulateRun);
  process.stdout.write(`${options.json ? JSON.stringify(toJson(result)) : toText(result)}\n`);
  const { median, worst } = result;
  return median !== null && median <= MEDIAN_MAX && worst !== null && worst <= WORST_MAX ? 0 : 1;
}

function readOptions(argv: readonly string[]): Options | null {
  return optionsOr(USAGE, () => {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    return { ...values, cases: casesFolder(values.cases) };
  });
}

const MESSAGES: Readonly<Record<string, string>> = {
  cases_none: 'no workload recorded on the quiet machine fits',
};

/** The form of oracle/README: errors only, phases in seconds. */
function toJson({ workloads, median, worst }: Calibration): unknown {
  return {
    workloads: workloads.map((one) => ({
      id: one.id,
      airflow: one.airflow,
      executor: one.executor,
      recorded: one.recorded,
      simulated: one.simulated,
      makespan_error: one.makespan_error,
      phases: Object.fromEntries(
        Object.entries(one.phases).map(([name, phase]) => [name, phase.error]),
      ),
    })),
    median,
    worst,
  };
}

function toText({ workloads, median, worst }: Calibration): string {
  const lines = workloads.map(workloadLine);
  const total = `${workloads.length} workloads, median ${percent(median)}, worst ${percent(worst)}`;
  return [header(), ...lines, '', total].join('\n');
}

const SHORT: Readonly<Record<string, string>> = {
  'trigger -> run running': 'run',
  'upstream end -> scheduled': 'sched',
  'upstream end -> queued': 'queue',
  'scheduled -> queued': 'gate',
  'queued -> start': 'start',
  'start -> body begins': 'body',
  'task end -> executor event': 'event',
  'supervisor lingers (share)': 'linger',
  'last task end -> run end': 'end',
};

function header(): string {
  const columns = Object.values(SHORT).map((name) => name.padStart(13));
  return `${'workload'.padEnd(40)}${'real'.padStart(7)}${'ours'.padStart(7)}${'off'.padStart(7)}${columns.join('')}`;
}

/** Per phase: recorded / simulated median in seconds. */
function workloadLine(one: WorkloadResult): string {
  const phases = Object.keys(SHORT).map((name) => {
    const phase = one.phases[name];
    return `${seconds(phase?.recorded ?? null)}/${seconds(phase?.simulated ?? null)}`.padStart(13);
  });
  const numbers = [one.recorded.toFixed(1), one.simulated.toFixed(1), percent(one.makespan_error)];
  return `${one.id.padEnd(40)}${numbers.map((text) => text.padStart(7)).join('')}${phases.join('')}`;
}

function seconds(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(value * 100).toFixed(1)}%`;
}
