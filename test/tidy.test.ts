import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';
import { sourceFiles, src } from './imports.ts';
import { pure } from './layers.ts';

const root = join(src, '..');
const code = ['.ts', '.tsx', '.mjs', '.js', '.css', '.py'];
const longest = 350;

/**
 * Debt may only shrink: lower a number when the count falls, never raise it. `column[row]!` is not
 * counted: a checked read of a typed array is the language's only spelling of it.
 */
const debt = { any: 0, casts: 254, nonNull: 10, lintDisables: 0 };

const files = projectFiles();
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

test('files: every folder read -> many seen, none of the code longer than the limit', () => {
  expect(files.length).toBeGreaterThan(30);
  const long = ofCode(() => true).flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1;
    return lines > longest ? [`${file}: ${lines} lines`] : [];
  });
  expect(long).toEqual([]);
});

test('code: unfinished marks -> none', () => {
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
  expect(matches(() => true, marks)).toEqual([]);
});

test('tests: lone, skipped or unwritten ones -> none', () => {
  const lone = /\b(it|test|describe|bench|suite)\.(only|skip|todo|fails|skipIf|runIf)\b/;
  expect(matches((file) => file.startsWith('test/'), lone)).toEqual([]);
});

test('all text: paths of one machine, package hosts -> none', () => {
  const folders = ['work', 'farm', 'root', 'tmp'].join('|');
  const path = new RegExp(`(^|[^a-zA-Z0-9.\\w])/(${folders})/(main|shared|brief|[a-z]+\\.|\\.)`);
  const host = new RegExp(['registry\\.npmjs', 'deb\\.debian', 'pypi\\.org'].join('|'));
  expect(matches(isText, path)).toEqual([]);
  expect(matches(isText, host)).toEqual([]);
  expect(texts.get('package-lock.json')).not.toContain('"resolved"');
});

test('console: outside commands and scripts -> not used', () => {
  const quiet = (file: string): boolean =>
    file.startsWith('src/') && !file.startsWith('src/cli/') && extname(file) !== '.py';
  expect(matches(quiet, /\bconsole\.\w/)).toEqual([]);
});

test('packages: package.json -> every version exact', () => {
  const { dependencies, devDependencies } = JSON.parse(texts.get('package.json') ?? '{}');
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
});

test('packages: lock file -> names the optional parts of every platform', () => {
  const { packages } = JSON.parse(texts.get('package-lock.json') ?? '{}') as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) =>
        !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('decisions: file names -> numbered without gap from 0001', () => {
  const names = readdirSync(join(src, 'decisions')).sort();
  const numbers = names.map((name) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]));
  expect(numbers).toEqual(names.map((_, index) => index + 1));
});

test('src/README.md: every layer -> has its place on the map', () => {
  const map = texts.get('src/README.md') ?? '';
  const folders = new Set(sourceFiles().map((file) => file.split('/')[0] ?? ''));
  expect([...folders].filter((folder) => !map.includes(`\`${folder}`))).toEqual([]);
});

test('debt: any, casts, non-null marks, lint disables -> not more than written here', () => {
  const found = { any: 0, casts: 0, nonNull: 0, lintDisables: 0 };
  for (const file of sourceFiles()) {
    const text = texts.get(`src/${file}`) ?? '';
    found.lintDisables += text.match(/(ox|es)lint-disable/g)?.length ?? 0;
    new Visitor({
      TSAnyKeyword: () => void found.any++,
      TSNonNullExpression: ({ expression: of }) =>
        void (found.nonNull += of.type === 'MemberExpression' && of.computed ? 0 : 1),
      TSAsExpression: (node) => void (found.casts += isConst(node.typeAnnotation) ? 0 : 1),
    }).visit(parseSync(file, text).program);
  }
  for (const [name, limit] of Object.entries(debt)) {
    expect(found[name as keyof typeof found], name).toBeLessThanOrEqual(limit);
  }
});

test('pure layers: arithmetic -> only what every engine computes to the last bit', () => {
  const exact = 'abs ceil clz32 floor fround imul max min round sign sqrt trunc'.split(' ');
  const wrong: string[] = [];
  for (const file of sourceFiles().filter((name) => pure.includes(name.split('/')[0] ?? ''))) {
    const text = texts.get(`src/${file}`) ?? '';
    for (const [, name = ''] of text.matchAll(/\bMath\.(\w+)/g)) {
      if (!exact.includes(name) && !/[A-Z]/.test(name[0] ?? ''))
        wrong.push(`${file}: Math.${name}`);
    }
    new Visitor({
      BinaryExpression: ({ operator, left, right }) => {
        const parts = [left, right].map((part) => text.slice(part.start, part.end));
        if (operator === '**' && !isExactPower(parts)) wrong.push(`${file}: **`);
      },
      AssignmentExpression: (node) => void (node.operator === '**=' && wrong.push(`${file}: **=`)),
    }).visit(parseSync(file, text).program);
  }
  expect(wrong).toEqual([]);
});

/** Of two literals, such as 2 ** 32: a constant. Of big integers: exact. */
function isExactPower(parts: readonly string[]): boolean {
  const literals = parts.every((part) => /^\d+$/.test(part));
  return literals || parts.some((part) => /^(BigInt\(|\d+n$)/.test(part));
}

function isConst(type: { type: string; typeName?: unknown }): boolean {
  const name = type.typeName as { name?: string } | undefined;
  return type.type === 'TSTypeReference' && name?.name === 'const';
}

/** Files that belong to the project: tracked, or new and not ignored. */
function projectFiles(): readonly string[] {
  const git = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = execFileSync('git', git, { cwd: root, encoding: 'utf8' }).split('\n');
  const gone = execFileSync('git', ['ls-files', '--deleted'], { cwd: root, encoding: 'utf8' });
  const missing = new Set(gone.split('\n'));
  return listed.filter((file) => isText(file) && !missing.has(file));
}

/** Recorded data stays out: it says what Airflow said. */
function isText(file: string): boolean {
  if (file.startsWith('test/oracle/')) return false;
  return [...code, '.json', '.md', '.html', '.svg', '.yml', '.yaml'].includes(extname(file));
}

function ofCode(wanted: (file: string) => boolean): readonly [string, string][] {
  return [...texts].filter(([file]) => code.includes(extname(file)) && wanted(file));
}

function matches(wanted: (file: string) => boolean, pattern: RegExp): readonly string[] {
  const chosen = [...texts].filter(([file]) => wanted(file));
  return chosen.flatMap(([file, text]) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}`] : [])),
  );
}
