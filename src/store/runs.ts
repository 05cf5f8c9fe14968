/** The last run as it was computed: metadata tables and log chunks. One is kept. */
import type { Chunk } from '../kernel/index.ts';
import type { Connection } from './connection.ts';
import type { KeptRun } from './schema.ts';

export interface StoredRun {
  readonly run: KeptRun;
  /** By lane. */
  readonly chunks: ReadonlyMap<string, readonly Chunk[]>;
}

export class Runs {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Replaces what was kept, in one transaction: half a run is never seen. */
  async write(run: KeptRun, chunks: ReadonlyMap<string, readonly Chunk[]>): Promise<boolean> {
    const done = await this.connection.run(async (database) => {
      const change = database.transaction(['runs', 'chunks'], 'readwrite', {
        durability: 'relaxed',
      });
      const records = change.objectStore('chunks');
      const work: Promise<unknown>[] = [change.objectStore('runs').clear(), records.clear()];
      for (const [lane, list] of chunks) {
        list.forEach((chunk, at) => work.push(records.put(chunk, [run.key, lane, at])));
      }
      work.push(change.objectStore('runs').put(run, run.key), change.done);
      await Promise.all(work);
      return true;
    });
    return done === true;
  }

  async read(key: string): Promise<StoredRun | null> {
    const found = await this.connection.run(async (database) => {
      const run = await database.get('runs', key);
      if (!run) return null;
      const chunks = new Map<string, Chunk[]>();
      for (const lane of run.lanes) {
        const range = IDBKeyRange.bound([key, lane.id], [key, lane.id, Infinity]);
        const list = await database.getAll('chunks', range);
        if (list.length !== lane.chunks) return null;
        chunks.set(lane.id, list);
      }
      return { run, chunks };
    });
    return found;
  }
}
