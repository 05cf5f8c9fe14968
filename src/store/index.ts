/** What survives a reload. */
import { Connection } from './connection.ts';
import { Runs } from './runs.ts';
import { Values } from './values.ts';

export type { KeptLane } from './schema.ts';

export interface Storage {
  readonly values: Values;
  readonly runs: Runs;
  close(): void;
}

export function openStorage(): Storage {
  const connection = new Connection();
  return {
    values: new Values(connection),
    runs: new Runs(connection),
    close: () => connection.close(),
  };
}
