import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const oracle = join(root, 'test', 'oracle');

function casesOf(set: string, airflow: string): number {
  const files = readdirSync(join(oracle, set)).filter((name) =>
    new RegExp(String.raw`^${airflow.replaceAll('.', String.raw`\.`)}(-\d+)?\.jsonl(\.gz)?$`).test(
      name,
    ),
  );
  const lines = files.map((name) => {
    const bytes = readFileSync(join(oracle, set, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return text.split('\n').filter((line) => line.trim() !== '').length;
  });
  return lines.reduce((sum, n) => sum + n, 0);
}

test('README: table of recorded sets -> has every set of test/oracle with all its cases', () => {
  const rows = [...readme.matchAll(/^\| `([\w-]+)` \| .* \| (.*) \| (.*) \|$/gm)];
  const seen = new Map(rows.map(([, set = '', newer = '', older = '']) => [set, [newer, older]]));
  const sets = readdirSync(oracle, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'executor-runs')
    .map(({ name }) => name);
  expect([...seen.keys()].sort()).toEqual(sets.sort());
  for (const set of sets) {
    const cells = ['3.3.2', '2.11.2'].map((airflow) => casesOf(set, airflow));
    const expected = cells.map((n) => (n === 0 ? '' : `${n} of ${n}`));
    expect(
      seen.get(set)?.map((cell) => cell.trim()),
      set,
    ).toEqual(expected);
  }
});
