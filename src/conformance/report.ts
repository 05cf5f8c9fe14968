/** The rows as text for people and as JSON for programs. */
import { type Change, changes, short } from './difference.ts';
import type { Difference, SetRow } from './run.ts';

/** How many differences of a row a person gets to see. */
const SHOWN = 5;

/** The form that the recorded sets' README promises: nothing more, nothing less. */
export function toJson(rows: readonly SetRow[]): string {
  const sets = rows.map(({ set, airflow, passed, failed, unsupported, differences }) => ({
    set,
    airflow,
    passed,
    failed,
    unsupported,
    differences: differences.map(({ id, expected, actual }) => ({ id, expected, actual })),
  }));
  return JSON.stringify({ sets });
}

/** A line per set and version, then the first differences of each. */
export function toText(rows: readonly SetRow[], notes: readonly string[]): string {
  const lines = [tableLine('set', 'airflow', 'passed', 'failed', 'unsupported', '')];
  for (const row of rows) lines.push(rowLine(row));
  lines.push(...notes);
  for (const row of rows) lines.push(...differenceLines(row));
  return lines.join('\n');
}

function rowLine(row: SetRow): string {
  const { set, airflow, passed, failed, unsupported } = row;
  const reasons = [...row.reasons].map(([reason, count]) => `${count}: ${reason}`).join('; ');
  const total = passed + failed + unsupported;
  const note = reasons === '' && failed === 0 ? '100 %' : reasons || percent(passed, total);
  return tableLine(set, airflow, `${passed}`, `${failed}`, `${unsupported}`, note);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

function tableLine(...cells: string[]): string {
  const [set = '', airflow = '', passed = '', failed = '', rest = '', note = ''] = cells;
  const numbers = `${passed.padStart(8)}${failed.padStart(8)}${rest.padStart(13)}`;
  return `${set.padEnd(16)}${airflow.padEnd(9)}${numbers}  ${note}`.trimEnd();
}

function differenceLines(row: SetRow): string[] {
  if (row.failed === 0) return [];
  const shown = row.differences.slice(0, SHOWN);
  const count = `the first ${shown.length} of ${row.failed} differences`;
  const head = `\n${row.set} ${row.airflow}: ${count}`;
  return [head, ...shown.flatMap(oneDifference)];
}

function oneDifference(difference: Difference): string[] {
  const lines = changes(difference.expected, difference.actual).map(changeLine);
  return [`  ${difference.id}`, `    given ${short(difference.given, 240)}`, ...lines];
}

function changeLine({ path, expected, actual }: Change): string {
  const sides = `expected ${short(expected, 60).padEnd(40)} actual ${short(actual, 60)}`;
  return `    ${path.padEnd(28)} ${sides}`;
}
