/**
 * Timing: a process per variant and round, rounds interleaved, one thread, CPU time, the fastest of
 * several repetitions, the median over the rounds. Wall time says little on a busy machine.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuOf } from './cpu.ts';
import { measureSeek } from './seekBench.ts';
import type { SeekFigures } from './seekBench.ts';
import { isVariant, variants } from './variants.ts';
import type { Variant, VariantName } from './variants.ts';

export interface Timing {
  /** CPU time per event of the fastest repetition, in nanoseconds. */
  readonly nsPerEvent: number;
  readonly events: number;
  readonly checksum: number;
}

/** First argument of a child process. */
export const CHILD = '--child';

/** What a child process prints: the timing of a variant, or the figures of `seek`. */
export async function child(name: string, repetitions: number): Promise<unknown> {
  if (name === 'seek') return measureSeek();
  if (!isVariant(name)) throw new Error(`no such variant: ${name}`);
  const variant: Variant = variants[name];
  const run = await variant.prepare();
  const times = variant.repetitions ?? repetitions;
  let best = Infinity;
  let last = run();
  for (let i = 0; i < times; i++) {
    const { cpuUs, value } = cpuOf(run);
    last = value;
    best = Math.min(best, value.cpuUs ?? cpuUs);
  }
  const { events, checksum } = last;
  return { nsPerEvent: (best * 1000) / events, events, checksum } satisfies Timing;
}

async function inProcess(script: string, name: string, repetitions: number): Promise<unknown> {
  const options = ['--single-threaded', script, CHILD, name, String(repetitions)];
  const { stdout } = await promisify(execFile)(process.execPath, options, {
    maxBuffer: 1 << 20,
    timeout: 600_000,
  });
  return JSON.parse(stdout);
}

/** Timings of all rounds for each variant; `script` is the file that answers `--child`. */
export async function timeAll(
  script: string,
  names: readonly VariantName[],
  plan: { readonly rounds: number; readonly repetitions: number },
): Promise<Map<VariantName, Timing[]>> {
  const timings = new Map(names.map((name): [VariantName, Timing[]] => [name, []]));
  for (let round = 0; round < plan.rounds; round++) {
    for (const name of names) {
      const timing = (await inProcess(script, name, plan.repetitions)) as Timing;
      timings.get(name)?.push(timing);
    }
  }
  return timings;
}

export async function timeSeek(script: string): Promise<SeekFigures> {
  return (await inProcess(script, 'seek', 1)) as SeekFigures;
}
