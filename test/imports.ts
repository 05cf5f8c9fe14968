/** Reads which file of src imports what, with the parser that also builds the site. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** Path of the importing file inside src. */
  readonly from: string;
  /** Path inside src for own files, else the specifier as written. */
  readonly to: string;
  readonly own: boolean;
  /** Vanishes when types are erased. */
  readonly typeOnly: boolean;
}

export const src = join(import.meta.dirname, '..', 'src');

export function sourceFiles(): readonly string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
}

export function importsOf(file: string): readonly Import[] {
  return parseImports(file, readFileSync(join(src, file), 'utf8'));
}

/** All forms: static, re-export, dynamic, type expressions, workers by address. */
export function parseImports(file: string, text: string): readonly Import[] {
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message}`);
  const found = [...written(parsed.module), ...lazy(parsed.module, text)];
  return found.map(([specifier, typeOnly]) => toImport(file, specifier, typeOnly));
}

type Module = ReturnType<typeof parseSync>['module'];
type Found = readonly [specifier: string, typeOnly: boolean];

/** `import ... from` and `export ... from`. */
function written(module: Module): readonly Found[] {
  const taken = module.staticImports.map(({ moduleRequest, entries }): Found => [
    moduleRequest.value,
    entries.length > 0 && entries.every((entry) => entry.isType),
  ]);
  const handedOn = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap((entry): Found[] =>
      entry.moduleRequest ? [[entry.moduleRequest.value, entry.isType]] : [],
    );
  return [...taken, ...handedOn];
}

/** `import('...')`, workers by address, and `import('...')` inside types. */
function lazy(module: Module, text: string): readonly Found[] {
  const dynamic = module.dynamicImports.flatMap(
    ({ moduleRequest }) => literal(text.slice(moduleRequest.start, moduleRequest.end)) ?? [],
  );
  const addressed = byPattern(text, /new URL\(\s*(['"][^'"]+['"]),\s*import\.meta\.url/g);
  const inTypes = byPattern(text, /\bimport\((['"][^'"]+['"])\)\s*\./g);
  return [
    ...[...dynamic, ...addressed.filter((one) => /\.tsx?$/.test(one))].map((one): Found => [
      one,
      false,
    ]),
    ...inTypes.filter((one) => !dynamic.includes(one)).map((one): Found => [one, true]),
  ];
}

function toImport(from: string, specifier: string, typeOnly: boolean): Import {
  const plain = specifier.replace(/\?.*$/, '');
  const own = plain.startsWith('.');
  return { from, to: own ? posix.join(dirname(from), plain) : specifier, own, typeOnly };
}

function byPattern(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => literal(match[1] ?? '') ?? []);
}

function literal(text: string): string | null {
  return /^(['"])(.*)\1$/.exec(text.trim())?.[2] ?? null;
}
