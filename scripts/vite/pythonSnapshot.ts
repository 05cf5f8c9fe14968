/**
 * The memory of an interpreter that has started and has read our `airflow` package, as bytes: the
 * page loads them instead of starting Python from nothing (0.3 s instead of 2). Made by the same
 * Pyodide under Node, from the same sources, and kept in the cache until either changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PyodideAPI } from 'pyodide';
import { HOME, harmless, PythonSession, writeSources } from '../../src/authoring/pythonSession.ts';

const root = join(import.meta.dirname, '..', '..');
const examples = join(root, 'public', 'examples');
const cache = join(root, 'node_modules', '.cache', 'windtunnel', 'python');
const pyodide = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
/** What is imported for these is in memory from the start. */
const SAMPLES = [
  ['course_parallel.py', '3.3.2'],
  ['course_parallel_2x.py', '2.11.2'],
] as const;

type Sources = Readonly<Record<string, string>>;

export interface Snapshot {
  /** Changes with the content. */
  readonly hash: string;
  /** Compressed by gzip: 7 MB of 31. */
  readonly bytes: Uint8Array;
}

export async function pythonSnapshot(sources: Sources): Promise<Snapshot> {
  const path = join(cache, `${keyOf(sources)}.bin`);
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(path, gzipSync(await make(sources), { level: 9 }));
  }
  const bytes = readFileSync(path);
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
}

/** Everything that the memory is made from. */
function keyOf(sources: Sources): string {
  const hash = createHash('sha256').update(JSON.stringify(sources));
  for (const file of [
    join(pyodide, 'pyodide.asm.wasm'),
    join(pyodide, 'python_stdlib.zip'),
    import.meta.filename,
    join(root, 'src', 'authoring', 'pythonSession.ts'),
    ...SAMPLES.map(([name]) => join(examples, name)),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function make(sources: Sources): Promise<Uint8Array> {
  const { loadPyodide } = await import('pyodide');
  const names = await usedModules(sources);
  const quiet = { stdout: () => undefined, stderr: () => undefined };
  const env = { HOME: '/home/pyodide', PYTHONHASHSEED: '0' };
  const python = await loadPyodide({ ...quiet, env, jsglobals: harmless(), _makeSnapshot: true });
  writeSources(python, sources);
  importAll(python, names);
  return python.makeMemorySnapshot();
}

/** Names of the modules that reading a DAG file brings in, in the order of their import. */
async function usedModules(sources: Sources): Promise<string[]> {
  let python: PyodideAPI | undefined;
  const session = await PythonSession.boot(
    { python: sources, pyodide: {}, now: () => performance.now(), onPython: (it) => (python = it) },
    () => undefined,
  );
  for (const [name, airflow] of SAMPLES) {
    const text = readFileSync(join(examples, name), 'utf8');
    session.importFiles([{ name, text }], { airflow });
  }
  const found = python?.runPython(`
import json, sys
origins = {n: str(getattr(getattr(m, '__spec__', None), 'origin', '')) for n, m in sys.modules.items()}
json.dumps([n for n, o in origins.items() if o.startswith((${JSON.stringify(HOME)}, '/lib/'))])`);
  return JSON.parse(String(found)) as string[];
}

/** A module that needs the host beside it is left for later. */
function importAll(python: PyodideAPI, names: readonly string[]): void {
  python.runPython(`
import importlib, sys
sys.path.insert(0, ${JSON.stringify(HOME)})
for name in ${JSON.stringify(names)}:
    try:
        importlib.import_module(name)
    except Exception:
        pass
sys.path.remove(${JSON.stringify(HOME)})
del importlib, name`);
}
