/** What survives a reload, as the page sees it. */
import type { Problem } from '../../base/result.ts';

/** One kept value each; the page decides what is in it. */
export type StoredName = 'files' | 'imported' | 'settings' | 'prefs' | 'lessons';

export interface StorageRemote {
  /** Undefined: never kept, or damaged (then the problem says so). */
  read(name: StoredName): Promise<unknown>;
  write(name: StoredName, value: unknown): Promise<void>;
  /** What is wrong with the database, to be shown; null when all is well. */
  problem(): Problem | null;
}
