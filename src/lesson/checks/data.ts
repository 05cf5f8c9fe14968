/** Checks on the data of a lesson: schema, languages, names, numbers. */
import { checkTerms } from '../glossary.ts';
import type { Lesson } from '../lesson.ts';
import { LOCALES } from '../lesson.ts';
import { computeNumbers } from '../numbers.ts';
import type { Check, CheckTools } from './check.ts';

export function checkData(lesson: Lesson, { run, terms }: CheckTools): Check[] {
  const avoided = checkTerms(lesson, terms);
  const blocks = Object.keys(lesson.texts.en).length;
  return [
    { number: 1, name: 'schema', ok: true, seen: 'every file read, no field unknown' },
    {
      number: 9,
      name: 'languages and glossary',
      ok: avoided.length === 0,
      seen:
        avoided.length === 0
          ? `${blocks} blocks in ${LOCALES.length} languages, ${terms.length} terms`
          : avoided
              .map(({ params }) => `${String(params['block'])}: ${String(params['word'])}`)
              .join(', '),
    },
    { number: 10, name: 'names exist', ok: true, seen: 'blocks, lanes, tasks, controls, goals' },
    numbersAreCurrent(lesson, run),
  ];
}

function numbersAreCurrent(lesson: Lesson, run: CheckTools['run']): Check {
  const [number, name] = [13, 'numbers of the prose'];
  const computed = computeNumbers(lesson, run);
  if (!computed.ok) {
    const seen = computed.error
      .map(({ code, params }) => `${code} ${String(params['path'])}`)
      .join(', ');
    return { number, name, ok: false, seen };
  }
  const paths = new Set([...Object.keys(computed.value), ...Object.keys(lesson.numbers)]);
  const stale = [...paths].filter(
    (path) => String(computed.value[path]) !== String(lesson.numbers[path]),
  );
  const seen = stale.length === 0 ? `${paths.size} as the engine says` : `old: ${stale.join(', ')}`;
  return { number, name, ok: stale.length === 0, seen };
}
