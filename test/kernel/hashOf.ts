import { Hasher } from '../../src/base/hash.ts';
import type { Saveable } from '../../src/kernel/index.ts';

/** Hash of one part of a world. */
export function hashOf(part: Pick<Saveable, 'hash'>): string {
  const hasher = new Hasher();
  part.hash(hasher);
  return hasher.digest();
}
