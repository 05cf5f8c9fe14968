/** Problems as one line for a terminal. */
import { placeOf } from '../../base/result.ts';
import type { Problem } from '../../base/result.ts';

/** The first problem, and how many more there are. */
export function sentence(problems: readonly Problem[]): string {
  const [first, ...more] = problems;
  if (!first) return 'unknown problem';
  const place = placeOf(first.where);
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  return `${place === '' ? '' : `${place}: `}${wordsOf(first)}${rest}`;
}

function wordsOf({ code, params }: Problem): string {
  const named = Object.entries(params)
    .filter(([name, value]) => name !== 'message' && value !== null)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`);
  const facts = [params['message'] ?? '', ...named].filter((fact) => fact !== '').join(', ');
  return `${code.replaceAll('_', ' ')}${facts === '' ? '' : `: ${facts}`}`;
}
