/** Ready scenarios: the list, and the one that is opened. Its DAG files are read like any others. */
import type { AirflowVersion, DagSpec } from '../airflow/spec.ts';
import type { Problem } from '../base/result.ts';
import type { Source } from './comparison.ts';
import type { GalleryFile } from './galleryFiles.ts';
import { notify } from './notices.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import { MAX_LANES } from './settings.ts';
import type { Settings } from './settings.ts';
import type { ModelStore } from './store.ts';
import type { WorkspaceControl } from './workspaceControl.ts';

type DagsByAirflow = ReadonlyMap<AirflowVersion, readonly DagSpec[]>;

/** What a source that is a scenario is called. */
const SCENARIO = 'scenario:';

export class GalleryControl {
  private readonly ports: AppPorts;
  private readonly store: ModelStore;
  private readonly session: Session;
  private readonly workspace: WorkspaceControl;

  constructor(ports: AppPorts, store: ModelStore, session: Session, workspace: WorkspaceControl) {
    this.ports = ports;
    this.store = store;
    this.session = session;
    this.workspace = workspace;
  }

  async list(): Promise<void> {
    if (this.store.get().gallery.entries.length > 0) return;
    const { galleryEntries } = await import('./galleryFiles.ts');
    this.set({ entries: galleryEntries() });
  }

  async open(id: string): Promise<void> {
    await this.take(id, (source) => {
      const lanes = source.lanes?.map(({ lane: { executor, airflow } }) => ({ executor, airflow }));
      this.session.change({ source: source.id, lanes: lanes ?? [], faults: [], actions: [] });
    });
  }

  /** Settings that were kept or shared: the ready scenario that they play is opened first. */
  async adopt(settings: Settings): Promise<void> {
    const { source } = settings;
    if (!source.startsWith(SCENARIO)) return this.session.adopt(settings);
    await this.take(source.slice(SCENARIO.length), () => this.session.adopt(settings));
  }

  /** Reads a scenario and has it played, unless another one was asked for meanwhile. */
  private async take(id: string, play: (source: Source) => void): Promise<void> {
    this.set({ opening: id });
    try {
      const source = await this.sourceOf(id);
      if (!source || this.store.get().gallery.opening !== id) return;
      this.session.addSource(source);
      play(source);
    } catch (error) {
      this.tell([{ code: 'python_failed', params: { message: String(error) } }]);
    } finally {
      if (this.store.get().gallery.opening === id) this.set({ opening: null });
    }
  }

  private async sourceOf(id: string): Promise<Source | null> {
    const { galleryFile } = await import('./galleryFiles.ts');
    const found = galleryFile(id);
    if (!found) return null;
    const first = await this.read(found.file.lanes, found.sources);
    if (!first) return null;
    const later = new Map<string, DagsByAirflow>();
    for (const [name, source] of Object.entries(found.versions)) {
      const dags = await this.read(found.file.lanes, [source]);
      if (!dags) return null;
      later.set(name, dags);
    }
    const made = await this.ports.lanesOfFile(found.file, ({ airflow }, content) => {
      const dags = content === undefined ? first : later.get(content);
      return dags?.get(airflow) ?? [];
    });
    if (!made.ok) return this.tell(made.error);
    const all = [...new Map([...first.values()].flat().map((dag) => [dag.dag_id, dag])).values()];
    const lanes = made.value.slice(0, MAX_LANES);
    const title = found.file.title;
    return { id: SCENARIO + id, kind: 'scenario', dags: all, lanes, ...(title ? { title } : {}) };
  }

  /** As each version of Airflow among the lanes reads the files; null when one finds no DAG. */
  private async read(
    lanes: readonly { readonly airflow: AirflowVersion }[],
    sources: GalleryFile['sources'],
  ): Promise<DagsByAirflow | null> {
    const dags = new Map<AirflowVersion, DagSpec[]>();
    for (const { airflow } of lanes) {
      if (dags.has(airflow)) continue;
      const answer = await this.workspace.readOnly(sources, airflow);
      const specs = answer.dags.map((dag) => dag.spec);
      dags.set(airflow, specs);
      if (specs.length === 0) return this.tell(answer.problems);
    }
    return dags;
  }

  private tell(problems: readonly Problem[]): null {
    const [first] = problems;
    if (first) {
      const params = { ...wordsOf(first.params), problem: first.code };
      notify(this.store, { level: 'caution', code: 'scenario_failed', params });
    }
    return null;
  }

  private set(change: Partial<ReturnType<ModelStore['get']>['gallery']>): void {
    this.store.set({ gallery: { ...this.store.get().gallery, ...change } });
  }
}

/** What a sentence can name. */
function wordsOf(params: Problem['params']): Record<string, string | number> {
  const plain = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(plain);
}
