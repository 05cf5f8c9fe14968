import { readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/index.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
/** Folders whose problems only commands and tests ever show, in their own words. */
const quiet = ['cli/', 'conformance/', 'lesson/', 'i18n/', 'authoring/python/airflow/'];

function files(folder = ''): string[] {
  return readdirSync(src + folder).flatMap((name) => {
    const path = folder + name;
    return statSync(src + path).isDirectory() ? files(`${path}/`) : [path];
  });
}

function codesIn(pattern: RegExp, wanted: (file: string) => boolean): string[] {
  const found = files()
    .filter((file) => /\.(ts|py)$/.test(file) && !quiet.some((folder) => file.startsWith(folder)))
    .filter(wanted)
    .flatMap((file) => [...readFileSync(src + file, 'utf8').matchAll(pattern)]);
  return [...new Set(found.map((match) => match[1] ?? ''))];
}

/** Codes that have no sentence of their own. */
function missing(family: string, codes: readonly string[]): string[] {
  return codes.filter((code) => !Object.hasOwn(en, `${family}.${code}`)).sort();
}

test('problems: every code that a page can meet -> has a sentence', () => {
  const codes = codesIn(/\b(?:problem|fail|_code)\(\s*['"]([a-z_0-9]+)['"]/g, () => true);
  expect(codes.length).toBeGreaterThan(40);
  // What goes wrong with storage is shown as a notice.
  const stored = codes.filter((code) => code.startsWith('storage_'));
  const others = codes.filter((code) => !code.startsWith('storage_'));
  expect(missing('problem', others)).toEqual([]);
  expect(missing('notice', stored)).toEqual([]);
});

test('import notices of Python: every code -> has a sentence', () => {
  const codes = codesIn(/settings\.note\("([a-z_]+)"/g, (file) => file.startsWith('authoring/'));
  expect(missing('problem', codes)).toEqual([]);
});

test('reasons: every code of gates and executors -> has a sentence and a short name', () => {
  const gates = /REASONS = \[([^\]]+)\]/.exec(
    readFileSync(`${src}airflow/dependencies/gate.ts`, 'utf8'),
  )?.[1];
  const named = [...(gates ?? '').matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '');
  const executors = codesIn(/\breason\(\s*'([a-z_]+)'/g, (file) => file.startsWith('airflow/'));
  expect(named.length).toBeGreaterThan(20);
  expect(executors.length).toBeGreaterThan(8);
  expect(missing('reason', [...named, ...executors])).toEqual([]);
  const ends = ['why_not_run', 'skipped_by_branch'];
  const gateNames = [...named, ...executors].filter((code) => !ends.includes(code));
  expect(missing('gate', gateNames)).toEqual([]);
});

test('verdicts and causes: every code of explain -> has a sentence', () => {
  const said = codesIn(/\bsentence\((?:computing \? )?'([a-z_]+)'/g, (file) =>
    file.startsWith('explain/verdict'),
  );
  const all = new Set(Object.keys(en));
  expect(said.length).toBeGreaterThan(8);
  const lost = said.filter((code) => !all.has(`verdict.${code}`) && !all.has(`because.${code}`));
  expect(lost).toEqual([]);
  const causes = codesIn(/code: '([a-z_]+)'/g, (file) => file.startsWith('explain/causes'));
  expect(missing('reason', causes)).toEqual([]);
});

test('settings: every field of the drawer -> has a name', () => {
  const ids = codesIn(/\bid: '([a-z_]+)'/g, (file) => file === 'app/settingFields.ts');
  expect(ids.length).toBeGreaterThan(5);
  expect(missing('setting', ids)).toEqual([]);
});

test('notices: every code of the application -> has a sentence', () => {
  const codes = codesIn(/notify\([^)]*code: '([a-z_]+)'/g, () => true);
  expect(missing('notice', codes)).toEqual([]);
});
