/**
 * A connection that comes back: browsers close databases under memory pressure, on upgrades in
 * another tab and when people clear their data. Every failure becomes a Problem; none stops the page.
 */
import { openDB } from 'idb';
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import { DATABASE, migrate, VERSION } from './schema.ts';
import type { Database, Schema } from './schema.ts';

/** Another tab that holds an older version open may never answer. */
const OPEN_MS = 4_000;

export class Connection {
  private database: Promise<Database> | null = null;
  private closedByNewer = false;
  /** The last thing that went wrong; null after a success. */
  problem: Problem | null = null;

  /** Runs an action; null when it failed, and `problem` then says why. Tries once more. */
  async run<T>(action: (database: Database) => Promise<T>): Promise<T | null> {
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await action(await this.open());
        if (!this.closedByNewer) this.problem = null;
        return result;
      } catch (error) {
        this.problem = describe(error);
        this.close();
        if (attempt > 0 || this.closedByNewer || !isPassing(error)) return null;
      }
    }
  }

  close(): void {
    const { database } = this;
    this.database = null;
    void database?.then(
      (open) => open.close(),
      () => undefined,
    );
  }

  private open(): Promise<Database> {
    if (this.closedByNewer) return Promise.reject(new StorageError('storage_newer'));
    this.database ??= withLimit(this.connect(), OPEN_MS);
    return this.database;
  }

  private connect(): Promise<Database> {
    if (typeof indexedDB === 'undefined')
      return Promise.reject(new StorageError('storage_missing'));
    return openDB<Schema>(DATABASE, VERSION, {
      upgrade: (database, from) => migrate(database, from),
      blocking: () => {
        // A newer version of the page wants to migrate: give way, write no more.
        this.closedByNewer = true;
        this.problem = problem('storage_newer');
        this.close();
      },
      terminated: () => {
        this.database = null;
      },
    });
  }
}

class StorageError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function withLimit<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StorageError('storage_missing')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What a code says about an error. Names are those of DOMException. */
function describe(error: unknown): Problem {
  if (error instanceof StorageError) return problem(error.code);
  const name = error instanceof Error ? error.name : String(error);
  if (name === 'QuotaExceededError') return problem('storage_full');
  if (name === 'VersionError') return problem('storage_newer');
  if (name === 'SecurityError' || name === 'InvalidAccessError') return problem('storage_missing');
  return problem('storage_failed', { reason: name });
}

/** Worth another try with a new connection. */
function isPassing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return ['InvalidStateError', 'UnknownError', 'AbortError'].includes(name);
}
