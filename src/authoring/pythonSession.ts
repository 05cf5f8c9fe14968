/**
 * One interpreter: boots Pyodide with the `airflow` package and imports files. Knows nothing of
 * where it runs; the Node host and the sandbox worker both use it.
 */
import { loadPyodide } from 'pyodide';
import type { PyodideAPI } from 'pyodide';
import { Deadline } from './interrupt.ts';
import { IMPORT_SECONDS } from './limits.ts';
import type { BootStep, ImportOptions, SourceFile } from './protocol.ts';
import { readYaml } from './yamlReader.ts';

/** What the interpreter is started from. */
export interface SessionParts {
  /** Path inside src/authoring/python -> text. */
  readonly python: Readonly<Record<string, string>>;
  /** Options of loadPyodide that depend on the host (where its files are). */
  readonly pyodide: NonNullable<Parameters<typeof loadPyodide>[0]>;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Told when a stretch of a person's code begins that may run for so many seconds. */
  readonly onSpan?: (seconds: number, label: string) => void;
  /** Given the bare interpreter before it is used: for who makes a picture of its memory. */
  readonly onPython?: (python: PyodideAPI) => void;
}

/** Folder of our Python sources inside the interpreter. */
export const HOME = '/home/windtunnel';
/** A file may be interrupted a little later than its limit, so that Python can speak first. */
const GRACE_MS = 500;

export class PythonSession {
  private readonly python: PyodideAPI;
  private readonly deadline: Deadline;
  private readonly onSpan: (seconds: number, label: string) => void;
  private limit = IMPORT_SECONDS;
  private readonly handle: (request: string) => string;

  private constructor(python: PyodideAPI, deadline: Deadline, onSpan: SessionParts['onSpan']) {
    this.python = python;
    this.deadline = deadline;
    this.onSpan = onSpan ?? (() => undefined);
    this.serve();
    this.handle = python.runPython('from windtunnel import session; session.handle');
  }

  /** Starts the interpreter; `step` is told before each stage. */
  static async boot(parts: SessionParts, step: (name: BootStep) => void): Promise<PythonSession> {
    step('runtime');
    const quiet = { stdout: () => undefined, stderr: () => undefined, jsglobals: harmless() };
    const python = await loadPyodide({ ...quiet, ...parts.pyodide });
    parts.onPython?.(python);
    step('package');
    install(python, parts.python);
    const deadline = new Deadline(parts.now);
    python.setInterruptBuffer(deadline.buffer());
    const session = new PythonSession(python, deadline, parts.onSpan);
    step('ready');
    return session;
  }

  /** The raw answer as JSON text; it is a stranger's word until readAnswer has checked it. */
  importFiles(files: readonly SourceFile[], options: ImportOptions): string {
    const request = {
      files,
      entries: options.entries ?? null,
      airflow: options.airflow,
      variables: options.variables ?? {},
      executors: options.executors ?? [],
      connections: options.connections ?? {},
      env: options.env ?? {},
      now: options.now ?? null,
      limit_s: IMPORT_SECONDS,
      together: options.together ?? false,
      behaviour: options.behaviour ?? true,
    };
    this.limit = options.limitSeconds ?? IMPORT_SECONDS;
    try {
      return this.handle(JSON.stringify(request));
    } finally {
      this.deadline.stop();
    }
  }

  /**
   * Python starts and stops the clock around each file and each task that is tried. Registered
   * once: Python keeps the module that it imported first.
   */
  private serve(): void {
    this.python.registerJsModule('windtunnel_host', {
      start: (wanted: number, label: string) => {
        const seconds = Math.min(wanted, this.limit);
        this.onSpan(seconds, label);
        this.deadline.start(seconds * 1_000 + GRACE_MS);
      },
      stop: () => this.deadline.stop(),
      read_yaml: readYaml,
    });
  }
}

/**
 * What `import js` shows to Python instead of the page's or Node's globals: only what Pyodide
 * itself needs. A courtesy and no wall; the wall is the frame.
 */
export function harmless(): object {
  const names = ['Object', 'Array', 'Error', 'Promise', 'Symbol', 'Map', 'Set', 'Date', 'Math'];
  const all = globalThis as unknown as Record<string, unknown>;
  const kept = [...names, 'setTimeout', 'clearTimeout', 'queueMicrotask', 'Uint8Array'];
  return Object.assign(Object.create(null), Object.fromEntries(kept.map((n) => [n, all[n]])));
}

/** Writes our sources into the interpreter's file system. */
export function writeSources(python: PyodideAPI, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = `${HOME}/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    python.FS.writeFile(path, text);
  }
}

/** The sources in place, and prepared: also where memory came from a picture, files do not. */
function install(python: PyodideAPI, files: Readonly<Record<string, string>>): void {
  writeSources(python, files);
  // Python would find the host's own interface there, and under Node the disk behind it.
  python.unregisterJsModule('pyodide_js');
  python.runPython(
    `import sys; sys.path.insert(0, ${JSON.stringify(HOME)})\n` +
      'from windtunnel import session\n' +
      `session.start(${JSON.stringify(`${HOME}/windtunnel/zones.json`)})`,
  );
}
