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
}

/** Folder of our Python sources inside the interpreter. */
const HOME = '/home/windtunnel';
/** A file may be interrupted a little later than its limit, so that Python can speak first. */
const GRACE_MS = 500;

export class PythonSession {
  private readonly python: PyodideAPI;
  private readonly deadline: Deadline;
  private readonly handle: (request: string) => string;

  private constructor(python: PyodideAPI, deadline: Deadline) {
    this.python = python;
    this.deadline = deadline;
    this.handle = python.runPython('from windtunnel import session; session.handle');
  }

  /** Starts the interpreter; `step` is told before each stage. */
  static async boot(parts: SessionParts, step: (name: BootStep) => void): Promise<PythonSession> {
    step('runtime');
    const quiet = { stdout: () => undefined, stderr: () => undefined };
    const python = await loadPyodide({ ...quiet, ...parts.pyodide });
    step('package');
    install(python, parts.python);
    const deadline = new Deadline(parts.now);
    python.setInterruptBuffer(deadline.buffer());
    const session = new PythonSession(python, deadline);
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
      connections: options.connections ?? {},
      env: options.env ?? {},
      now: options.now ?? null,
      limit_s: IMPORT_SECONDS,
      together: options.together ?? false,
      behaviour: options.behaviour ?? true,
    };
    this.setLimit(options.limitSeconds ?? IMPORT_SECONDS);
    try {
      return this.handle(JSON.stringify(request));
    } finally {
      this.deadline.stop();
    }
  }

  /** Python starts and stops the clock around each file and each task that is tried. */
  private setLimit(seconds: number): void {
    this.python.registerJsModule('windtunnel_host', {
      start: (span: number) => this.deadline.start(Math.min(span, seconds) * 1_000 + GRACE_MS),
      stop: () => this.deadline.stop(),
      read_yaml: readYaml,
    });
  }
}

/** Writes our sources into the interpreter's file system and prepares them. */
function install(python: PyodideAPI, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = `${HOME}/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    python.FS.writeFile(path, text);
  }
  python.runPython(
    `import sys; sys.path.insert(0, ${JSON.stringify(HOME)})\n` +
      'from windtunnel import session\n' +
      `session.start(${JSON.stringify(`${HOME}/windtunnel/zones.json`)})`,
  );
}
