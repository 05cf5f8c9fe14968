/** Reads the files with real Python, once per version of Airflow that a lane has. */
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';
import type { AirflowVersion, DagSpec } from '../../airflow/spec.ts';
import { NodePython } from '../../authoring/nodePython.node.ts';
import { isNotice } from '../../base/notice.ts';
import type { SourceFile } from '../../authoring/protocol.ts';
import { err, fail, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { STANDARD_START } from '../../interchange/standardScenario.ts';
import type { SimulateOptions } from './options.ts';
import { USAGE, UsageError } from './options.ts';
import { sentence } from '../sentences.ts';
import { readSourceFile } from '../sourceFile.ts';

/** Started once in a process. */
let interpreter: Promise<NodePython> | undefined;

/** DAGs by version of Airflow. */
export type DagsByAirflow = ReadonlyMap<AirflowVersion, readonly DagSpec[]>;

/** What the files hold at first, and what they hold later, by name of the content. */
export interface FilesRead {
  readonly first: DagsByAirflow;
  readonly later: ReadonlyMap<string, DagsByAirflow>;
}

interface Asked extends Pick<SimulateOptions, 'files' | 'dags'> {
  /** Aliases of executors, of all lanes. */
  readonly executors: readonly string[];
}

/**
 * A file that only one version can read (`airflow.sdk` is 3.x) still runs in the lanes of the other
 * one, as the DAG that it is: executors are compared, not import paths. `note` is told so.
 */
async function readDags(
  options: Asked,
  asked: ReadonlySet<AirflowVersion>,
  note: (text: string) => void,
): Promise<DagsByAirflow> {
  if (options.files.length === 0) return new Map();
  const sources = options.files.map(readSourceFile);
  // The newer one first: when nobody can read a file, its words are the better help.
  const versions = AIRFLOW_VERSIONS.filter((airflow) => asked.has(airflow));
  interpreter ??= NodePython.boot();
  const python = await interpreter;
  const read = [];
  for (const airflow of versions) {
    read.push({ airflow, dags: await importAs(python, sources, airflow, options.executors) });
  }
  const good = read.find(({ dags }) => dags.ok);
  const first = read[0];
  if (!good?.dags.ok) throw new UsageError(first ? refusal(first.airflow, first.dags) : USAGE);
  const { value } = good.dags;
  const found = new Map<AirflowVersion, readonly DagSpec[]>();
  for (const { airflow, dags } of read) {
    if (!dags.ok) note(`${refusal(airflow, dags)}\nIts lanes run what ${good.airflow} reads.`);
    found.set(airflow, choose(dags.ok ? dags.value : value, options.dags));
  }
  return found;
}

/** All contents of the files, each with an import of its own. */
export async function readAll(
  options: Asked,
  versions: Readonly<Record<string, string>>,
  asked: ReadonlySet<AirflowVersion>,
  note: (text: string) => void,
): Promise<FilesRead> {
  const first = await readDags(options, asked, note);
  const later = new Map<string, DagsByAirflow>();
  for (const [name, file] of Object.entries(versions)) {
    later.set(name, await readDags({ ...options, files: [file], dags: [] }, asked, note));
  }
  return { first, later };
}

function refusal(airflow: AirflowVersion, dags: Result<unknown>): string {
  return `As Airflow ${airflow} reads it: ${dags.ok ? '' : sentence(dags.error)}`;
}

async function importAs(
  python: NodePython,
  sources: readonly SourceFile[],
  airflow: AirflowVersion,
  executors: readonly string[],
): Promise<Result<readonly DagSpec[]>> {
  // The moment that the files see is fixed: the same command gives the same run on every day.
  const read = await python.importFiles(sources, { airflow, executors, now: STANDARD_START });
  if (!read.ok) return read;
  const problems = read.value.problems.filter((one) => !isNotice(one));
  if (problems.length > 0) return err(problems);
  if (read.value.dags.length > 0) return ok(read.value.dags);
  const hints = read.value.problems.filter(({ code }) => code === 'dag_function_not_called');
  return hints.length > 0 ? err(hints) : fail('dag_missing_in_files');
}

function choose(dags: readonly DagSpec[], wanted: readonly string[]): readonly DagSpec[] {
  if (wanted.length === 0) return dags;
  const ids = dags.map((dag) => dag.dag_id);
  const missing = wanted.find((id) => !ids.includes(id));
  if (missing !== undefined) {
    throw new UsageError(`There is no DAG "${missing}": the files hold ${ids.join(', ')}.`);
  }
  return dags.filter((dag) => wanted.includes(dag.dag_id));
}
