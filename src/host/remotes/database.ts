/** The page's values in the database of this browser. */
import { parseDagSpec } from '../../airflow/parseSpec.ts';
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';
import { openStorage as open } from '../../store/index.ts';
import type { StorageRemote } from './storage.ts';

export async function openStorage(): Promise<StorageRemote> {
  const { values } = open();
  return {
    read: async (name) => {
      const value = await values.read(name);
      return name === 'imported' ? readImported(value) : value;
    },
    write: (name, value) => values.write(name, value),
    problem: () => values.problem,
  };
}

/** DAGs that were read from files: all of them as the engine takes them, or none. */
function readImported(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const good = value.every((dag) =>
    AIRFLOW_VERSIONS.some((airflow) => parseDagSpec(dag, airflow).ok),
  );
  return good ? value : undefined;
}
