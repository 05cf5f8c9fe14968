/** The latencies of a lane, ready to be drawn. */
import { keyOf } from '../../kernel/index.ts';
import type { Latency } from '../latencies/index.ts';
import { samplerOf, type Sampler } from '../latencies/sampler.ts';

/** One named span: how long, whether a processor is busy meanwhile, and the key of its draws. */
export interface Step {
  readonly sampler: Sampler;
  readonly usesCpu: boolean;
  readonly purpose: number;
}

export interface Timings {
  step(name: string): Step;
  /** A share, a factor or a number of cores; 0 where the executor has no such entry. */
  number(name: string): number;
}

/** A step that takes no time, for names that the executor does not have. */
const AT_ONCE: Step = { sampler: samplerOf(0), usesCpu: false, purpose: 0 };

export function timingsOf(table: ReadonlyMap<string, Latency>): Timings {
  const number = (name: string): number => {
    const value = table.get(name)?.value;
    return typeof value === 'number' ? value : 0;
  };
  const slowness = number('host.slowness');
  return {
    number,
    step(name) {
      const entry = table.get(name);
      if (entry === undefined) return AT_ONCE;
      const usesCpu = entry.unit === 'cpu_s';
      const sampler = samplerOf(entry.value);
      return {
        sampler: usesCpu && slowness !== 1 ? slowed(sampler, slowness) : sampler,
        usesCpu,
        purpose: keyOf(name),
      };
    },
  };
}

function slowed(sampler: Sampler, by: number): Sampler {
  const round = (span: number): number => Math.round(span * by);
  return {
    constant: sampler.constant < 0 ? -1 : round(sampler.constant),
    draw: (u) => round(sampler.draw(u)),
  };
}
