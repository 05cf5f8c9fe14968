/**
 * A scenario file: YAML that a person writes, with everything left out that goes without saying.
 * The format, with an example, is in lessons/scenarios/README.md. Here its outer form is checked;
 * lanes.ts makes the Scenario of each lane.
 */
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';
import { all, err, fail, ok, problem } from '../../base/result.ts';
import type { Problem, Result, Where } from '../../base/result.ts';
import { mismatchParams } from '../../base/shape.ts';
import { fileShape } from './fileShape.ts';
import type { Item } from './items.ts';
import { readActions, readFaults } from './lines.ts';
import { readLane } from './laneOfFile.ts';
import type { LaneOfFile } from './laneOfFile.ts';
import { isFields, itemsOf } from '../../base/plain.ts';
import type { PlainFields } from '../../base/plain.ts';
import { parseSpan } from './span.ts';
import { YamlFile } from './yamlFile.ts';

export interface InBothLanguages {
  readonly en: string;
  readonly ko: string;
}

export interface ScenarioFile {
  readonly title: InBothLanguages | null;
  readonly about: InBothLanguages | null;
  /** DAG files as the scenario names them, relative to its own place. */
  readonly files: readonly string[];
  /** Later contents of the DAG files: name -> the file that has it. */
  readonly versions: Readonly<Record<string, string>>;
  /** DAGs written out in the file; empty when it names DAG files. */
  readonly dags: readonly unknown[];
  readonly lanes: readonly LaneOfFile[];
  /** The common part as far as the file has one; actions and faults are values by now. */
  readonly common: PlainFields;
  /** Actions from elsewhere (the command line), beside those of the file or the usual triggers. */
  readonly moreActions: readonly Item[];
  /** Line of a field, by its path. */
  readonly where: (field: string) => Where;
  readonly has: (field: string) => boolean;
}

const DEFAULT_LANES = ['sequential@2.11.2', 'local', 'celery', 'kubernetes'];

/** Problems name the line: scenario_not_yaml, field_wrong, those of actions and faults, ... */
export function readScenarioFile(text: string, file: string): Result<ScenarioFile> {
  const read = YamlFile.read(text, file);
  if (!read.ok) return read;
  const yaml = read.value;
  const where = (field: string): Where => yaml.where(field);
  const wrong = fileShape(yaml.value, '');
  if (wrong) return fail('field_wrong', mismatchParams(wrong), where(wrong.path));
  if (!isFields(yaml.value)) return fail('scenario_empty', {}, where(''));
  const { title, about, files, versions, dags, lanes, until, ...said } = yaml.value;
  const contents = Object.entries(isFields(versions) ? versions : {});
  const written = contents.filter(([, content]) => typeof content !== 'string');
  const rest = written.length > 0 ? { ...said, versions: Object.fromEntries(written) } : said;
  const common = readCommon(rest, until, where);
  const airflow = AIRFLOW_VERSIONS.find((version) => version === rest['airflow']) ?? '3.3.2';
  const read_lanes = all(
    itemsOf(lanes ?? DEFAULT_LANES).map((one, i) => readLane(one, i, airflow, where)),
  );
  if (!common.ok || !read_lanes.ok) {
    return err(
      [common, read_lanes].flatMap((part): readonly Problem[] => (part.ok ? [] : part.error)),
    );
  }
  return ok({
    title: wordsOf(title),
    about: wordsOf(about),
    files: itemsOf(files).map(String),
    versions: Object.fromEntries(
      contents.flatMap(([name, file]) => (typeof file === 'string' ? [[name, file]] : [])),
    ),
    dags: itemsOf(dags),
    lanes: read_lanes.value,
    common: common.value,
    moreActions: [],
    where,
    has: (field) => yaml.has(field),
  });
}

function readCommon(
  fields: PlainFields,
  until: unknown,
  where: (field: string) => Where,
): Result<PlainFields> {
  const actions = readActions(fields, '', where);
  const faults = readFaults(fields, '', where);
  const until_s = typeof until === 'string' ? parseSpan(until) : until;
  const problems = [actions, faults].flatMap((one): readonly Problem[] =>
    one.ok ? [] : one.error,
  );
  if (until_s === null)
    problems.push(problem('span_wrong', { text: String(until) }, where('until')));
  if (!actions.ok || !faults.ok || problems.length > 0) return err(problems);
  const { windtunnel: _format, airflow: _airflow, ...said } = fields;
  const given = { actions: actions.value, faults: faults.value, until_s };
  const known = Object.entries({ ...said, ...given }).filter(([, value]) => value !== undefined);
  return ok(Object.fromEntries(known));
}

function wordsOf(value: unknown): InBothLanguages | null {
  if (typeof value === 'string') return { en: value, ko: value };
  if (!isFields(value)) return null;
  return { en: String(value['en']), ko: String(value['ko']) };
}
