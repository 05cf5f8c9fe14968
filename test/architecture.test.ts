import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, parseImports, sourceFiles, src } from './imports.ts';
import type { Import } from './imports.ts';
import { layers, pure } from './layers.ts';
import type { Arrow } from './layers.ts';

const files = sourceFiles();
const imports = files.flatMap(importsOf);

test('imports: whole of src read -> every file has a layer, and imports were seen', () => {
  const homeless = files.filter((file) => !(layerOf(file) in layers));
  expect(homeless).toEqual([]);
  const withImports = new Set(imports.map((one) => one.from)).size;
  expect(withImports).toBeGreaterThan(files.length / 3);
  expect(imports.filter((one) => one.own).length).toBeGreaterThan(files.length / 2);
});

test('imports: own files -> only along the arrows of the table', () => {
  expect(imports.filter((one) => one.own).flatMap(forbiddenArrow)).toEqual([]);
});

test('imports: packages -> only those of the layer', () => {
  expect(imports.filter((one) => !one.own).flatMap(forbiddenPackage)).toEqual([]);
});

test('imports: own files -> exist and carry their extension', () => {
  const lost = imports.filter((one) => one.own && !existsSync(join(src, one.to)));
  expect(lost.map(show)).toEqual([]);
});

test('imports: followed in every direction -> no cycle, types included', () => {
  expect(cycles(imports)).toEqual([]);
});

test('imports: planted violations -> each is found', () => {
  const planted = parseImports(
    'kernel/planted.ts',
    `import type { A } from '../airflow/spec.ts';
     export * from '../machines/index.ts';
     const later = import('../views/App.tsx');
     import { readFileSync } from 'node:fs';`,
  );
  expect(planted.filter((one) => one.own).flatMap(forbiddenArrow)).toHaveLength(3);
  expect(planted.filter((one) => !one.own).flatMap(forbiddenPackage)).toHaveLength(1);
  const round = [
    ...parseImports('base/a.ts', "import './b.ts';"),
    ...parseImports('base/b.ts', "import type { A } from './a.ts';"),
  ];
  expect(cycles(round)).toEqual(['base/a.ts > base/b.ts > base/a.ts']);
});

test('pure layers: tsconfig.pure.json -> names the same folders as the table', () => {
  const settings = JSON.parse(readFileSync(join(src, '..', 'tsconfig.pure.json'), 'utf8'));
  expect(settings.include).toEqual(pure.map((layer) => `src/${layer}`));
  expect(settings.compilerOptions).toMatchObject({ lib: ['ES2023'], types: [] });
});

function layerOf(file: string): string {
  return file.split('/')[0] ?? '';
}

function forbiddenArrow(one: Import): readonly string[] {
  const from = layerOf(one.from);
  const to = layerOf(one.to);
  if (from === to || one.to.startsWith('..')) return one.to.startsWith('..') ? outside(one) : [];
  const arrow = layers[from]?.own[to];
  return arrow && admits(arrow, one) ? [] : [show(one)];
}

/** Lessons are data that pages and commands may take in; nothing else outside src is. */
function outside(one: Import): readonly string[] {
  return one.to.startsWith('../lessons/') ? [] : [show(one)];
}

function admits(arrow: Arrow, one: Import): boolean {
  if (arrow.types && !one.typeOnly) return false;
  return !arrow.files || arrow.files.some((prefix) => one.to.startsWith(prefix));
}

/** A file `*.node.ts` runs under Node only and may use Node's modules wherever it lives. */
function forbiddenPackage(one: Import): readonly string[] {
  const allowed = [...(layers[layerOf(one.from)]?.npm ?? [])];
  if (one.from.endsWith('.node.ts')) allowed.push('node:*');
  const good = allowed.some((name) =>
    name.endsWith('*')
      ? one.to.startsWith(name.slice(0, -1))
      : one.to === name || one.to.startsWith(`${name}/`),
  );
  return good ? [] : [show(one)];
}

function show(one: Import): string {
  return `${one.from} -> ${one.to}${one.typeOnly ? ' (types)' : ''}`;
}

/** Each cycle once, as the path that closes it. */
function cycles(all: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const one of all) {
    if (one.own) next.set(one.from, [...(next.get(one.from) ?? []), one.to]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' > '));
    if (start >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of [...next.keys()].sort()) visit(file, []);
  return found;
}
