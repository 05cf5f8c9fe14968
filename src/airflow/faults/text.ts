/**
 * The short form of a fault, one per line of a timetable, and back:
 *
 *     t=120 kill worker-2
 *     t=60.5 slow database call_s=2 for_s=30
 *     t=10 change "pool:my pool" slots=4
 *
 * A word with a space, a quote or a `#` stands in double quotes, as in JSON. Lines may be empty or
 * a comment (`# ...`).
 */
import { all, fail, map, ok, type Result } from '../../base/result.ts';
import type { Fault } from '../scenario.ts';

/** Every line of a timetable; problems name the line. */
export function parseTimetable(text: string): Result<Fault[]> {
  const lines = text.split('\n').map((line, i) => {
    const bare = line.trim();
    return bare === '' || bare.startsWith('#') ? ok([]) : map(parseFault(bare, i + 1), (f) => [f]);
  });
  return map(all(lines), (found) => found.flat());
}

/** One line. What it means (parts, verbs, arguments) is the business of `faultProblems`. */
export function parseFault(text: string, line = 1): Result<Fault> {
  const words = splitWords(text);
  if (words === null) return wrong(text, line);
  const [when = '', what, part, ...rest] = words;
  const at = /^t=(\d+(?:\.\d+)?)s?$/.exec(when);
  if (at === null || what === undefined || part === undefined) return wrong(text, line);
  const args: Record<string, number | string> = {};
  for (const word of rest) {
    const equals = word.indexOf('=');
    if (equals < 1) return wrong(text, line);
    args[word.slice(0, equals)] = valueOf(word.slice(equals + 1));
  }
  const fault: Fault = { at_s: Number(at[1]), what, part };
  return ok(rest.length > 0 ? { ...fault, args } : fault);
}

export function faultText(fault: Fault): string {
  const args = Object.entries(fault.args ?? {}).map(([name, value]) => `${name}=${value}`);
  return [`t=${fault.at_s}`, fault.what, fault.part, ...args].map(quoted).join(' ');
}

export function timetableText(faults: readonly Fault[]): string {
  return faults.map((fault) => `${faultText(fault)}\n`).join('');
}

function wrong(text: string, line: number): Result<never> {
  return fail('fault_text_wrong', { text }, { line });
}

function valueOf(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function quoted(word: string): string {
  return /[\s"#\\]/.test(word) ? JSON.stringify(word) : word;
}

/** Words between spaces, those in double quotes as one; null when a quote is left open. */
function splitWords(text: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/y;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) return null;
    const word = found[2] ?? unquoted(found[1] ?? '');
    if (word === null) return null;
    words.push(word);
  }
  return words;
}

function unquoted(inner: string): string | null {
  try {
    const value: unknown = JSON.parse(`"${inner}"`);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
