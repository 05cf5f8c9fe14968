/** Dates of specs and run ids; the arithmetic is in timetables/civil.ts. */
import { must } from '../base/assert.ts';
import { parseIso, pythonText } from './timetables/isoText.ts';

/** Microseconds since 1970 of an ISO text that was checked before. */
export function isoToMicros(text: string): number {
  return must(parseIso(text), 'not an ISO date', { text });
}

/** `2025-01-10T00:00:03+00:00`: as Python's `isoformat` writes it, for run ids. */
export function pythonIso(epochMicros: number): string {
  return pythonText(epochMicros).replace(' ', 'T');
}
