/** What commands share: wrong options, and the complaints of those that read recorded cases. */
import { errorText } from '../base/errorText.ts';
import { placeOf, type Problem } from '../base/result.ts';

/** What `read` makes of the options; null, after a word to the person, when it throws. */
export function optionsOr<T>(usage: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n${usage}\n`);
    return null;
  }
}

/** The folder of the cases, which every such command needs. */
export function casesFolder(cases: string | undefined): string {
  if (cases === undefined) throw new Error('--cases DIR is missing');
  return cases;
}

const MOST_LINES = 10;

/** A line for each problem; the exit code of what could not be read. */
export function complain(
  problems: readonly Problem[],
  messages: Readonly<Record<string, string>>,
): 2 {
  const known = { ...OF_ALL, ...messages };
  for (const { code, params, where } of problems.slice(0, MOST_LINES)) {
    const details = Object.entries(params).map(([name, value]) => `${name} ${String(value)}`);
    const parts = [placeOf(where), known[code] ?? code, details.join(', ')];
    process.stderr.write(`${parts.filter((part) => part !== '').join(': ')}\n`);
  }
  return 2;
}

const OF_ALL: Readonly<Record<string, string>> = {
  cases_dir_missing: 'there is no such folder; give the folder of the recorded cases',
  cases_unreadable: 'the file cannot be read or unpacked',
};
