/** lessons/glossary.yaml: one word per thing in each language, and the words that it replaces. */
import { err, ok, problem } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import type { Lesson } from './lesson.ts';
import { LOCALES } from './lesson.ts';
import { Source } from './reader.ts';

export interface Term {
  readonly id: string;
  readonly en: string;
  readonly ko: string;
  readonly avoid: readonly string[];
  readonly means: { readonly en: string; readonly ko: string };
}

export function loadGlossary(text: string): Result<Term[]> {
  const problems: Problem[] = [];
  const source = new Source('glossary.yaml', text, problems);
  const terms = source.root.list().map((one): Term => {
    one.only(['id', 'en', 'ko', 'avoid', 'means']);
    const means = one.get('means').only(['en', 'ko']);
    return {
      id: one.get('id').text(),
      en: one.get('en').text(),
      ko: one.get('ko').text(),
      avoid: one.get('avoid').texts(),
      means: { en: means.get('en').text(), ko: means.get('ko').text() },
    };
  });
  return problems.length > 0 ? err(problems) : ok(terms);
}

/** Words of the lesson that the glossary replaces by another. */
export function checkTerms(lesson: Lesson, terms: readonly Term[]): Problem[] {
  const found: Problem[] = [];
  for (const locale of LOCALES) {
    for (const [block, text] of Object.entries(lesson.texts[locale])) {
      const prose = text.replace(/\{\{[^}]*\}\}|`[^`]*`/g, ' ');
      for (const term of terms) {
        for (const word of term.avoid.filter((one) => has(prose, one))) {
          const params = { block, word, instead: term[locale] };
          found.push(problem('lesson_term_avoided', params, { file: `text.${locale}.md` }));
        }
      }
    }
  }
  return found;
}

/** Latin words stand alone; Korean ones carry particles, so they are looked for anywhere. */
function has(prose: string, word: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(word)) return prose.includes(word);
  return new RegExp(`\\b${word}\\b`, 'i').test(prose);
}
