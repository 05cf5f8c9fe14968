/** Problems as sentences for a terminal: the same words as on the page, in English. */
import { placeOf } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import { en } from '../i18n/en/index.ts';
import type { LogWhy } from '../explain/taskLog/index.ts';
import { createTranslator } from '../i18n/index.ts';
import { bare } from '../i18n/rich.ts';

const words = createTranslator('en', en);

/** `file.py:4: what is wrong. What to do.` */
function problemLine({ code, params, where }: Problem): string {
  const place = placeOf(where);
  const fix = `fix.${code}`;
  const said = [
    bare(words.family('problem', code, params)),
    words.has(fix) ? words.t(fix, params) : '',
  ];
  const text = said.filter((part) => part !== '').join(' ');
  return place === '' ? text : `${place}: ${text}`;
}

/** The first problem, and how many more there are. */
export function sentence(problems: readonly Problem[]): string {
  const [first, ...more] = problems;
  if (!first) return 'unknown problem';
  return `${problemLine(first)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

/** Why Airflow would not do it. */
export function refused(code: string): string {
  const key = `refused.${code}`;
  return words.has(key) ? words.t(key) : code;
}

/** Why the log of a try can or cannot be read. */
export function logSentence(why: LogWhy): string {
  return bare(words.t(`log_why.${why}`));
}
