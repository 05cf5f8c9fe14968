/**
 * Latencies as named data: how long each step of a plant takes, with the source of each number.
 *
 * An entry is a span in seconds, or a share, or a number of cores. A scenario overrides an entry by
 * its name (`Scenario.latencies`); an unknown name is a Problem, so that a typing error is seen.
 */
import type { DistributionSpec } from '../scenario.ts';

export type LatencyUnit = 's' | 'cpu_s' | 'share' | 'cores' | 'factor';

/**
 * recorded: measured in runs of the real release (executor-runs). documented: published by the
 * project or a maker, see the reference. assumed: our estimate, kept until somebody measures.
 */
export type LatencySource = 'recorded' | 'documented' | 'assumed';

export interface Latency {
  readonly name: string;
  readonly unit: LatencyUnit;
  readonly value: DistributionSpec;
  readonly source: LatencySource;
  /** Recorded set and gap, section of the specification, or address. */
  readonly reference: string;
}

export type LatencyTable = readonly Latency[];

/** What a table says of one entry beside its name. */
export type LatencyRow = readonly [
  unit: LatencyUnit,
  value: DistributionSpec,
  source: LatencySource,
  reference: string,
];

/** Entries from rows keyed by name, in the order written. */
export function latencies(rows: Readonly<Record<string, LatencyRow>>): LatencyTable {
  return Object.entries(rows).map(([name, [unit, value, source, reference]]) => ({
    name,
    unit,
    value,
    source,
    reference,
  }));
}
