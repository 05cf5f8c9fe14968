/** Differences between a recorded import and ours, as paths with both values. */
import { pythonJson } from '../pythonJson.ts';
import { sha256 } from '../sha256.ts';
import type { DagImportAnswer } from '../verdict.ts';

export interface Expected {
  status: string;
  errors: RecordedError[];
  dags: unknown[];
}

interface RecordedError {
  class: string;
  stage: string;
  line: number | null;
  module_line: number | null;
  stmt_lines: [number, number] | null;
  cause: string | null;
  dag_id?: string;
}

export interface FieldDifference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Plain = Record<string, unknown>;

/** Fields that we add to the recorded form. */
const OURS: ReadonlySet<string> = new Set([
  'line',
  'fileloc',
  'behaviour',
  'deadline_alerts',
  'sla_s',
  'pod',
]);
/** Lists whose order Airflow leaves to chance (they follow the order of a set of field names). */
const UNORDERED: ReadonlySet<string> = new Set(['templates', 'xcom_args']);

export function differencesOf(expected: Expected, actual: DagImportAnswer): FieldDifference[] {
  const found: FieldDifference[] = [];
  if (expected.status !== actual.status) {
    found.push({ path: 'status', expected: expected.status, actual: actual.status });
  }
  const errors = actual.errors as unknown as RecordedError[];
  if (errors.length !== expected.errors.length) {
    found.push({ path: 'errors', expected: expected.errors, actual: errors });
  } else {
    expected.errors.forEach((error, i) => compareError(`errors[${i}]`, error, errors[i], found));
  }
  compare('dags', expected.dags, actual.dags, found);
  return found;
}

/** Class, stage and cause agree; a line may be any line of the statement that is blamed. */
function compareError(
  path: string,
  expected: RecordedError,
  actual: RecordedError | undefined,
  found: FieldDifference[],
): void {
  for (const field of ['class', 'stage', 'cause', 'dag_id'] as const) {
    if (field === 'dag_id' && expected.dag_id === undefined) continue;
    compare(`${path}.${field}`, expected[field], actual?.[field], found);
  }
  for (const field of ['line', 'module_line'] as const) {
    const line = actual?.[field] ?? null;
    const span = expected.stmt_lines;
    const inside = span !== null && line !== null && line >= span[0] && line <= span[1];
    if (!inside) compare(`${path}.${field}`, expected[field], line, found);
  }
}

function compare(path: string, a: unknown, b: unknown, found: FieldDifference[]): void {
  if (isDigest(a)) return compareDigest(path, a, b, found);
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const [x, y] = UNORDERED.has(name) ? [byText(a), byText(b)] : [a, b];
    x.forEach((value, index) => compare(`${path}[${index}]`, value, y[index], found));
  } else if (isPlain(a) && isPlain(b)) {
    comparePlain(path, a, b, found);
  } else if (!Object.is(a, b)) {
    found.push({ path, expected: a, actual: b });
  }
}

function comparePlain(path: string, a: Plain, b: Plain, found: FieldDifference[]): void {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!(key in a) && OURS.has(key)) continue;
    compare(`${path}.${key}`, a[key], b[key], found);
  }
}

function byText(values: readonly unknown[]): unknown[] {
  const text = new Map(values.map((value) => [value, JSON.stringify(value)]));
  const of = (value: unknown): string => text.get(value) ?? '';
  return [...values].sort((x, y) => (of(x) < of(y) ? -1 : 1));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that cannot be kept in the set stands as the first 12 hex digits of its SHA-256. */
interface Digest {
  sha256_12: string;
}

function isDigest(value: unknown): value is Digest {
  return isPlain(value) && typeof value['sha256_12'] === 'string';
}

/** The digest of a param's default is that of its JSON, of everything else that of the text. */
function compareDigest(path: string, a: Digest, b: unknown, found: FieldDifference[]): void {
  if (isDigest(b)) return compare(`${path}.sha256_12`, a.sha256_12, b.sha256_12, found);
  const asJson = /\.params\..+\.default$/.test(path);
  const text = asJson ? pythonJson(b ?? null) : b;
  if (typeof text !== 'string' || sha256(text).slice(0, 12) !== a.sha256_12) {
    found.push({ path, expected: a, actual: b });
  }
}
