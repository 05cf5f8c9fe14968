/** Values in one fixed form, for comparing. */
import type { LaneFacts } from '../facts.ts';
import { isFields } from '../../base/plain.ts';

export function hashOf(lanes: readonly LaneFacts[]): string {
  return lanes.map(({ lane, hash }) => `${lane} ${hash}`).join(', ');
}

/** JSON with sorted keys. */
export function keyOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? 'undefined';
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${keyOf(value[key])}`);
  return `{${parts.join()}}`;
}
