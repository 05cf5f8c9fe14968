/** The page's values in the database of this browser. */
import { openStorage as open } from '../../store/index.ts';
import type { StorageRemote } from './storage.ts';

export async function openStorage(): Promise<StorageRemote> {
  const { values } = open();
  return {
    read: (name) => values.read(name),
    write: (name, value) => values.write(name, value),
    problem: () => values.problem,
  };
}
