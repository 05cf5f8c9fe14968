/**
 * `npm run --silent chaos -- --seeds N [--from S] [--out DIR]`: random scenarios under random
 * faults, each judged by the independent checker. A seed that fails is made small and written as a
 * scenario file. Last line: `N seeds run, K violations`; exit code 1 on any, 2 on bad options.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { campaign, type Failure } from '../conformance/chaos/campaign.ts';
import { shrink } from '../conformance/chaos/shrink.ts';
import { writeScenarioFile } from '../interchange/scenarioFile/write.ts';
import { optionsOr } from './caseCommand.ts';

const USAGE = 'usage: chaos --seeds N [--from S] [--out DIR]';
const OPTIONS = {
  seeds: { type: 'string' },
  from: { type: 'string', default: '0' },
  out: { type: 'string', default: 'chaos-failures' },
} as const;

/** Seeds after which a sign of life goes to stderr. */
const SIGN_EVERY = 1_000;

export function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  return Promise.resolve(options === null ? 2 : run(options));
}

interface Given {
  readonly seeds: number;
  readonly from: number;
  readonly out: string;
}

function run({ seeds, from, out }: Given): number {
  const result = campaign(from, seeds, (done) => {
    if (done % SIGN_EVERY === 0) process.stderr.write(`${done} of ${seeds} seeds\n`);
  });
  for (const failure of result.failures) report(failure, out);
  const { perExecutor, faults, events, records } = result;
  const shares = Object.entries(perExecutor).map(([name, count]) => `${name} ${count}`);
  print(`${shares.join(', ')}; ${faults} faults, ${events} events, ${records} records`);
  print(`${seeds} seeds run, ${result.failures.length} violations`);
  return result.failures.length > 0 ? 1 : 0;
}

function report({ seed, scenario, violation }: Failure, out: string): void {
  print(`seed ${seed}: ${violation.invariant}, record ${violation.record}: ${violation.sentence}`);
  const small = shrink(scenario, violation.invariant);
  mkdirSync(out, { recursive: true });
  const file = resolve(join(out, `seed-${seed}.yaml`));
  writeFileSync(file, writeScenarioFile(small, `${violation.invariant}: ${violation.sentence}`));
  const tasks = small.dags.reduce((sum, dag) => sum + dag.tasks.length, 0);
  print(`  ${small.dags.length} DAGs, ${tasks} tasks, ${small.faults.length} faults: ${file}`);
}

function readOptions(argv: readonly string[]): Given | null {
  return optionsOr(USAGE, () => {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    const seeds = wholeNumber('--seeds', values.seeds);
    return { seeds, from: wholeNumber('--from', values.from), out: values.out };
  });
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined) throw new Error(`${name} is missing`);
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} needs a whole number, not "${text}"`);
  return Number(text);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
