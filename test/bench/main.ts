/**
 * `npm run --silent bench [-- --json] [--rounds N]`: how fast the engine is, as ratios to a loop
 * written by hand (test/bench/bareLoop.ts) in the same run. Milliseconds differ from machine to
 * machine; these ratios hardly do.
 */
import { fileURLToPath } from 'node:url';
import { CHILD, child, timeAll, timeSeek } from './measure.ts';
import type { Timing } from './measure.ts';
import type { SeekFigures } from './seekBench.ts';
import { variants } from './variants.ts';
import type { VariantName } from './variants.ts';

const USAGE = 'usage: npm run --silent bench [-- --json] [--rounds N]\n';
const REPETITIONS = 8;
const EXECUTORS = ['sequential', 'local', 'celery', 'kubernetes'] as const;
const SIZES = ['size3', 'size4', 'size5', 'size6'] as const;
const NAMES = Object.keys(variants) as VariantName[];

/** name -> what it is, and the target, where one was set. */
const RATIOS: readonly (readonly [name: string, what: string, target: string])[] = [
  ['lifecycle', 'life cycle on kernel and tables : bare loop', '<= 1.5'],
  ['engine', 'whole engine, CeleryExecutor of 3.3.2 : bare loop', '<= 2'],
  ['sequential', 'W with 30 runs under SequentialExecutor (2.11.2) : bare loop', '<= 2.5'],
  ['local', 'under LocalExecutor', '<= 2.5'],
  ['celery', 'under CeleryExecutor', '<= 2.5'],
  ['kubernetes', 'under KubernetesExecutor', '<= 2.5'],
  ['mixed', '50 DAGs of all kinds on the whole engine : bare loop', '<= 2.5'],
  ['flat', 'cost per event from 10^3 to 10^6 task instances, worst : best', '<= 1.15'],
  ['idle_loop_ms', 'loop of the scheduler with nothing to do, 1,000 DAGs of 100 tasks, ms', '< 1'],
  ['trace', 'the same with the log : without', '<= 1.1'],
  ['seek_p95_ms', 'state at a random time of 10^6 records, ms', '<= 1'],
  ['bytes_per_event', 'log, bytes per record', '<= 15'],
  ['bytes_per_ti', 'row of a task instance of W, bytes', '<= 64'],
  ['peer', 'simjs 2.0.3, used in its fastest way : life cycle (ours = 1)', '-'],
];

export async function main(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const script = fileURLToPath(import.meta.url);
  const timings = await timeAll(script, NAMES, { ...options, repetitions: REPETITIONS });
  const seek = await timeSeek(script);
  const different = differences(timings);
  if (different !== '') {
    process.stderr.write(`The variants do not compute the same run: ${different}\n`);
    return 1;
  }
  const ratios = ratiosOf(timings, seek);
  const text = options.json ? `${JSON.stringify({ ratios })}\n` : table(ratios, timings);
  process.stdout.write(text);
  return 0;
}

interface Options {
  readonly json: boolean;
  readonly rounds: number;
}

function parse(argv: readonly string[]): Options | undefined {
  let json = false;
  let rounds = 5;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--json') json = true;
    else if (argv[i] === '--rounds') rounds = Number(argv[++i]);
    else return undefined;
  }
  return Number.isInteger(rounds) && rounds >= 1 && rounds <= 100 ? { json, rounds } : undefined;
}

type Timings = ReadonlyMap<VariantName, readonly Timing[]>;

/** Variants with the same workload must agree on events and checksum. */
function differences(timings: Timings): string {
  const seen = new Map<number, string>();
  const wrong: string[] = [];
  for (const name of NAMES) {
    if ('ownDraws' in variants[name]) continue;
    for (const { events, checksum } of timings.get(name) ?? []) {
      const result = `${events} events, checksum ${checksum}`;
      const expected = seen.get(variants[name].runs) ?? result;
      seen.set(variants[name].runs, expected);
      if (result !== expected) wrong.push(`${name}: ${result} instead of ${expected}`);
    }
  }
  return wrong.join('; ');
}

function ratiosOf(timings: Timings, seek: SeekFigures): Record<string, number> {
  const ratio = (of: VariantName, to: VariantName): number =>
    rounded(median(perRound(timings, of).map((ns, i) => ns / (perRound(timings, to)[i] ?? NaN))));
  return {
    lifecycle: ratio('lifecycle', 'bare'),
    engine: ratio('engine', 'bare'),
    ...Object.fromEntries(EXECUTORS.map((name) => [name, ratio(name, 'bareSmall')])),
    mixed: ratio('mixed', 'bare'),
    flat: rounded(median(flatness(timings))),
    idle_loop_ms: rounded(median(perRound(timings, 'idle')) / 1e6),
    trace: ratio('trace', 'lifecycle'),
    seek_p95_ms: rounded(seek.p95),
    bytes_per_event: rounded(seek.bytesPerRecord),
    bytes_per_ti: rounded(seek.bytesPerTi),
    peer: ratio('peer', 'small'),
  };
}

/** In each round the dearest event of the four sizes to the cheapest. */
function flatness(timings: Timings): number[] {
  const sizes = SIZES.map((name) => perRound(timings, name));
  return perRound(timings, 'size3').map((_, round) => {
    const costs = sizes.map((rounds) => rounds[round] ?? NaN);
    return Math.max(...costs) / Math.min(...costs);
  });
}

function perRound(timings: Timings, name: VariantName): number[] {
  return (timings.get(name) ?? []).map(({ nsPerEvent }) => nsPerEvent);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? NaN)) / 2;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function table(ratios: Readonly<Record<string, number>>, timings: Timings): string {
  const lines = RATIOS.map(([name, what, target]) => {
    const value = ratios[name] ?? NaN;
    return `${name.padEnd(16)} ${value.toFixed(3).padStart(8)}  ${target.padEnd(7)} ${what}`;
  });
  const speeds = NAMES.map((name) => {
    const ns = median(perRound(timings, name)).toFixed(0);
    const events = timings.get(name)?.[0]?.events ?? 0;
    return `${name.padEnd(16)} ${ns.padStart(8)}  ns per event of CPU time, ${events} events`;
  });
  return [...lines, '', ...speeds, ''].join('\n');
}

// The processes that are timed run this same file.
if (process.argv[2] === CHILD) {
  const answer = await child(process.argv[3] ?? '', Number(process.argv[4] ?? 1));
  process.stdout.write(JSON.stringify(answer));
}
