/** Small values under names: files, settings, preferences, progress of lessons. */
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import type { Connection } from './connection.ts';
import type { Kept } from './schema.ts';

/** Form of the values of this version of the page. */
const FORM = 1;

export class Values {
  private readonly connection: Connection;
  /** Without a database, values live as long as the page. */
  private readonly memory = new Map<string, unknown>();
  private damaged: Problem | null = null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get problem(): Problem | null {
    return this.connection.problem ?? this.damaged;
  }

  async read(name: string): Promise<unknown> {
    const kept = await this.connection.run((database) => database.get('values', name));
    if (kept === null || kept === undefined) return this.memory.get(name);
    if (isKept(kept)) return kept.value;
    await this.putAside(name, kept);
    return undefined;
  }

  async write(name: string, value: unknown): Promise<void> {
    this.memory.set(name, value);
    await this.connection.run(async (database) => {
      // Relaxed is enough for autosave: the last seconds may go with a power cut.
      const change = database.transaction('values', 'readwrite', { durability: 'relaxed' });
      await Promise.all([change.store.put({ form: FORM, value }, name), change.done]);
    });
  }

  /** Data that cannot be read is kept as it is, beside, so that nothing is lost. */
  private async putAside(name: string, value: unknown): Promise<void> {
    this.damaged = problem('storage_damaged', { name });
    await this.connection.run(async (database) => {
      const change = database.transaction(['values', 'damaged'], 'readwrite');
      await Promise.all([
        change.objectStore('damaged').add({ name, value, at: 0 }),
        change.objectStore('values').delete(name),
        change.done,
      ]);
    });
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { form } = value as Partial<Kept>;
  return form === FORM && 'value' in value;
}
