/** One table of latencies per Airflow version and executor, and a scenario's own values over it. */
import { all, fail, ok, type Problem, type Result } from '../../base/result.ts';
import type { DistributionSpec, ExecutorName } from '../scenario.ts';
import type { AirflowVersion } from '../spec.ts';
import { CELERY_2, CELERY_3 } from './celery.ts';
import { KUBERNETES_2, KUBERNETES_3 } from './kubernetes.ts';
import type { Latency, LatencyTable } from './latency.ts';
import { LOCAL_2, LOCAL_3, SEQUENTIAL_2 } from './local.ts';
import { plantLatencies } from './plant.ts';
import { distributionProblems } from './sampler.ts';

export type { Latency, LatencyTable } from './latency.ts';

type ByVersion = Readonly<Record<AirflowVersion, LatencyTable>>;

// SequentialExecutor became LocalExecutor in 3.x; nobody asks for that cell but the type is whole.
const TABLES: Readonly<Record<ExecutorName, ByVersion>> = {
  sequential: { '2.11.2': SEQUENTIAL_2, '3.3.2': LOCAL_3 },
  local: { '2.11.2': LOCAL_2, '3.3.2': LOCAL_3 },
  celery: { '2.11.2': CELERY_2, '3.3.2': CELERY_3 },
  kubernetes: { '2.11.2': KUBERNETES_2, '3.3.2': KUBERNETES_3 },
};

/** The defaults, for the engine and for the page that lists them. */
export function latencyTable(version: AirflowVersion, executor: ExecutorName): LatencyTable {
  return [...plantLatencies(version), ...TABLES[executor][version]];
}

/**
 * The table with a scenario's overrides in place. A name that no executor of any version has is a
 * Problem; a name of another executor is not, so that one set of overrides serves several lanes.
 */
export function resolveLatencies(
  version: AirflowVersion,
  executor: ExecutorName,
  overrides: Readonly<Record<string, DistributionSpec>>,
): Result<ReadonlyMap<string, Latency>> {
  const known = everyName();
  const checks = Object.keys(overrides).map((name) =>
    known.has(name) ? ok(name) : fail('latency_unknown', { name }, { field: `latencies.${name}` }),
  );
  const checked = all(checks);
  if (!checked.ok) return checked;
  const table = latencyTable(version, executor).map((entry) => {
    const value = overrides[entry.name];
    return [entry.name, value === undefined ? entry : { ...entry, value }] as const;
  });
  return ok(new Map(table));
}

/** Overrides whose distribution cannot be drawn from. */
export function latencyProblems(
  overrides: Readonly<Record<string, DistributionSpec>>,
): readonly Problem[] {
  return Object.entries(overrides).flatMap(([name, value]) =>
    distributionProblems(value, `latencies.${name}`),
  );
}

function everyName(): ReadonlySet<string> {
  const tables = Object.values(TABLES).flatMap((byVersion) => Object.values(byVersion));
  const entries = [...tables.flat(), ...plantLatencies('3.3.2')];
  return new Set(entries.map((entry) => entry.name));
}
