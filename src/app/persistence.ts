/** Keeps files, settings and preferences over a reload. Without storage everything still works. */
import type { DagSpec } from '../airflow/spec.ts';
import type { StorageRemote, StoredName } from '../host/remotes/storage.ts';
import { readFiles, readPreferences, readSettings } from './stored.ts';
import { notify } from './notices.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import type { ModelStore } from './store.ts';
import { FILES_SOURCE } from './workspaceControl.ts';
import type { WorkspaceControl } from './workspaceControl.ts';

const SAVE_MS = 400;

export class Persistence {
  private readonly ports: AppPorts;
  private readonly store: ModelStore;
  private readonly pending = new Map<StoredName, unknown>();
  private storage: Promise<StorageRemote> | null = null;
  private loaded = false;

  constructor(ports: AppPorts, store: ModelStore) {
    this.ports = ports;
    this.store = store;
    ports.time.every(SAVE_MS, () => void this.flush());
  }

  /** Reads what was kept and gives the settings. Never throws, never waits for a permission. */
  async load(session: Session, workspace: WorkspaceControl): Promise<Settings | null> {
    const storage = await this.open();
    let settings: Settings | null = null;
    if (storage) {
      const prefs = readPreferences(await storage.read('prefs'));
      if (prefs) this.store.set({ prefs: { ...this.store.get().prefs, ...prefs } });
      const files = readFiles(await storage.read('files'));
      if (files) workspace.restore(files);
      const imported = (await storage.read('imported')) as DagSpec[] | undefined;
      if (imported) session.addSource({ id: FILES_SOURCE, kind: 'file', dags: imported });
      settings = readSettings(await storage.read('settings'));
      this.tell(storage);
    }
    this.loaded = true;
    return settings;
  }

  /** Notes a value; it is written a moment later. */
  keep(name: StoredName, value: unknown): void {
    if (this.loaded) this.pending.set(name, value);
  }

  async read(name: StoredName): Promise<unknown> {
    return (await this.open())?.read(name);
  }

  private async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const entries = [...this.pending];
    this.pending.clear();
    const storage = await this.open();
    if (!storage) return;
    for (const [name, value] of entries) await storage.write(name, value);
    this.tell(storage);
  }

  private async open(): Promise<StorageRemote | null> {
    try {
      this.storage ??= this.ports.storage();
      return await this.storage;
    } catch {
      notify(this.store, { level: 'caution', code: 'storage_missing' });
      return null;
    }
  }

  private tell(storage: StorageRemote): void {
    const wrong = storage.problem();
    if (!wrong) return;
    const params = wrong.params as Record<string, string | number>;
    notify(this.store, { level: 'caution', code: wrong.code, params });
  }
}
