/** Files and their import through Python. Text is a stranger's: it is only ever read by the cage. */
import type { AirflowVersion } from '../airflow/spec.ts';
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import type { ImportAnswer, PythonProgress, PythonRemote } from '../host/remotes/python.ts';
import type { Source } from './comparison.ts';
import type { DagPreview, ImportProgress, SourceFile, Workspace } from './model.ts';
import type { AppPorts } from './ports.ts';
import { runLength } from './runLength.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';

/** Newest first. */
const VERSIONS: readonly AirflowVersion[] = ['3.3.2', '2.11.2'];

export const FILES_SOURCE = 'files';
/** Bytes; hard limits of one file and of all. */
export const MAX_FILE_BYTES = 256 * 1024;
export const MAX_FILES = 20;

const IDLE: ImportProgress = { phase: 'idle', loaded: 0, total: 0, reading: null };
export const EMPTY_WORKSPACE: Workspace = {
  files: [],
  current: null,
  importing: IDLE,
  dags: [],
  problems: [],
  stale: false,
};

export class WorkspaceControl {
  private readonly ports: AppPorts;
  private readonly store: ModelStore;
  private readonly session: Session;
  private python: Promise<PythonRemote> | null = null;
  private turn = 0;
  /** Told after each change of files. */
  changed: (files: readonly SourceFile[]) => void = () => undefined;
  /** Told what was read from the files. */
  imported: (dags: Source['dags']) => void = () => undefined;

  constructor(ports: AppPorts, store: ModelStore, session: Session) {
    this.ports = ports;
    this.store = store;
    this.session = session;
  }

  get value(): Workspace {
    return this.store.get().workspace;
  }

  /** Puts files back as they were kept, without importing them. */
  restore(files: readonly SourceFile[]): void {
    const current = files[0]?.name ?? null;
    this.set({ files: files.map((file) => ({ ...file, dirty: true })), current, stale: true });
  }

  async open(files: readonly { name: string; source: string }[], play = false): Promise<void> {
    const problems: Problem[] = [];
    const good = files.filter(({ name, source }) => {
      const wrong = tooLarge(name, source);
      if (wrong) problems.push(wrong);
      return !wrong;
    });
    const names = new Set(good.map((file) => file.name));
    const kept = this.value.files.filter((file) => !names.has(file.name));
    const room = Math.max(0, MAX_FILES - kept.length);
    if (good.length > room)
      problems.push(
        problem('dag_files_too_many', { count: kept.length + good.length, limit: MAX_FILES }),
      );
    const added = good.slice(0, room).map((file) => ({ ...file, dirty: true }));
    const current = added[0]?.name ?? this.value.current;
    this.set({ files: [...kept, ...added], current, problems, stale: true });
    if (added.length > 0) await this.import(play, problems);
  }

  edit(name: string, source: string): void {
    const files = this.value.files.map((file) =>
      file.name === name ? { ...file, source, dirty: true } : file,
    );
    if (!files.some((file) => file.name === name)) files.push({ name, source, dirty: true });
    this.set({ files, stale: true });
  }

  show(name: string): void {
    this.set({ current: name });
  }

  close(name: string): void {
    const files = this.value.files.filter((file) => file.name !== name);
    const current = this.value.current === name ? (files[0]?.name ?? null) : this.value.current;
    this.set({ files, current, stale: true });
  }

  rename(name: string, to: string): void {
    if (to === '' || this.value.files.some((file) => file.name === to)) return;
    const files = this.value.files.map((file) =>
      file.name === name ? { ...file, name: to, dirty: true } : file,
    );
    const current = this.value.current === name ? to : this.value.current;
    this.set({ files, current, stale: true });
  }

  /** Imports what is open; `play` puts its DAGs into all lanes. */
  async import(play: boolean, before: readonly Problem[] = []): Promise<void> {
    const turn = ++this.turn;
    const { files } = this.value;
    const large = files.flatMap(({ name, source }) => tooLarge(name, source) ?? []);
    if (files.length === 0 || large.length > 0) {
      this.set({ problems: [...before, ...large] });
      return;
    }
    this.set({ importing: { ...IDLE, phase: 'loading' } });
    try {
      this.python ??= this.ports.python();
      const python = await this.python;
      const answer = await this.read(python, files, (importing) => {
        if (turn === this.turn) this.set({ importing });
      });
      if (turn === this.turn) this.take(answer, play, before);
    } catch (error) {
      this.python = null;
      if (turn !== this.turn) return;
      const wrong = problem('python_crashed', { message: String(error) });
      this.set({ importing: IDLE, problems: [...before, wrong] });
    }
  }

  /** Python starts before anybody asks for it: a person is about to open a file. */
  prepare(): void {
    this.python ??= this.ports.python();
    this.python.then(
      (python) => python.prepare(),
      () => (this.python = null),
    );
  }

  /** Reads files that are not the person's own: nothing of the workspace changes. */
  async readOnly(
    files: readonly { name: string; source: string }[],
    airflow: AirflowVersion,
  ): Promise<ImportAnswer> {
    this.python ??= this.ports.python();
    return (await this.python).import(files, airflow, () => undefined);
  }

  cancel(): void {
    this.turn++;
    void this.python?.then((python) => (python.cancel(), python.prepare()));
    this.set({ importing: IDLE });
  }

  /**
   * As the newest version of the lanes reads the files; what only the other one can read is read as
   * that: executors are compared, not import paths.
   */
  private async read(
    python: PythonRemote,
    files: readonly SourceFile[],
    progress: (progress: PythonProgress) => void,
  ): Promise<ImportAnswer> {
    const lanes = this.session.settings.lanes.map((lane) => lane.airflow);
    const [first = '3.3.2', ...others] = VERSIONS.filter((airflow) => lanes.includes(airflow));
    const answer = await python.import(files, first, progress);
    if (answer.dags.length > 0 || hasNoEnd(answer)) return answer;
    for (const airflow of others) {
      const other = await python.import(files, airflow, progress);
      if (other.dags.length > 0) return other;
    }
    return answer;
  }

  private take(answer: ImportAnswer, play: boolean, before: readonly Problem[]): void {
    const dags: DagPreview[] = answer.dags.map(({ spec, file }) => ({
      spec,
      file,
      taskInstances: runLength(spec),
    }));
    const failed = answer.dags.length === 0;
    const files = this.value.files.map((file) => ({ ...file, dirty: false }));
    const problems = [...before, ...answer.problems];
    // What could be read last time stays on the page while the text is broken.
    if (failed) this.set({ importing: IDLE, problems, stale: true });
    else this.set({ importing: IDLE, problems, files, dags, stale: false });
    if (!failed) this.offer(answer, play);
  }

  private offer(answer: ImportAnswer, play: boolean): void {
    const source: Source = {
      id: FILES_SOURCE,
      kind: 'file',
      dags: answer.dags.map((dag) => dag.spec),
    };
    this.session.addSource(source);
    this.imported(source.dags);
    if (play && this.session.settings.source !== FILES_SOURCE) {
      this.session.change({ source: FILES_SOURCE });
    }
  }

  private set(change: Partial<Workspace>): void {
    const before = this.value.files;
    this.store.set({ workspace: { ...this.value, ...change } });
    if (this.value.files !== before) this.changed(this.value.files);
  }
}

function tooLarge(name: string, source: string): Problem | null {
  const size = source.length;
  if (size <= MAX_FILE_BYTES) return null;
  return problem('dag_file_too_large', { bytes: size, limit: MAX_FILE_BYTES }, { file: name });
}

/** A file that ran into its limit does so in every version: asking again would only take longer. */
function hasNoEnd({ problems }: ImportAnswer): boolean {
  return problems.some(({ code }) => NO_END.has(code));
}

const NO_END: ReadonlySet<string> = new Set([
  'dag_import_timeout',
  'python_silent',
  'python_out_of_memory',
]);
