/**
 * Both languages say the same: same blocks, placeholders and code spans. No number is typed where
 * one could be computed, and every placeholder has a value.
 */
import { problem } from '../base/result.ts';
import type { Problem, Where } from '../base/result.ts';
import { LOCALES } from './lesson.ts';
import type { Lesson, LessonLocale } from './lesson.ts';
import { placeholdersOf, strayBraces } from './placeholders.ts';
import type { Placeholder } from './placeholders.ts';
import type { TextFile } from './textFile.ts';

export function checkParity(
  lesson: Lesson,
  files: Record<LessonLocale, TextFile>,
  folder: string,
  problems: Problem[],
): void {
  for (const locale of LOCALES) {
    const whereIs = (block: string): Where => ({
      file: `${folder}text.${locale}.md`,
      line: files[locale].lines[block] ?? 1,
    });
    for (const [block, text] of Object.entries(files[locale].texts)) {
      const report = (code: string, params: Problem['params']): void => {
        problems.push(problem(code, { block, ...params }, whereIs(block)));
      };
      checkText(lesson, text, report);
      for (const other of LOCALES) compare(text, files[other].texts[block], other, report);
    }
  }
}

type Report = (code: string, params: Problem['params']) => void;

function compare(text: string, twin: string | undefined, other: string, report: Report): void {
  if (twin === undefined) return report('lesson_block_missing', { locale: other });
  const marks = [marksOf(text), marksOf(twin)] as const;
  const missing = marks[0].filter((mark) => !marks[1].includes(mark));
  if (missing.length > 0) report('lesson_languages_differ', { locale: other, missing });
}

/** What must be the same in every language. */
export function marksOf(text: string): string[] {
  const holes = placeholdersOf(text).map(({ kind, path }) => `{{${kind}:${path}}}`);
  const code = [...text.matchAll(/`[^`]+`/g)].map((match) => match[0]);
  return [...new Set([...holes, ...code])].sort();
}

function checkText(lesson: Lesson, text: string, report: Report): void {
  if (strayBraces(text)) report('lesson_placeholder_wrong', {});
  for (const one of placeholdersOf(text)) {
    if (!isKnown(lesson, one)) report('lesson_placeholder_unknown', { name: one.whole });
  }
  const typed = typedNumbers(text);
  if (typed.length > 0) report('lesson_number_typed', { numbers: typed });
}

/** Figures with a unit, outside placeholders and code. */
export function typedNumbers(text: string): string[] {
  const prose = text.replace(/\{\{[^}]*\}\}/g, '').replace(/`[^`]*`/g, '');
  const found = prose.matchAll(
    /\d+(?:[.,:]\d+)?\s?(?:s\b|sec|seconds?|minutes?|min\b|%|초|분|배|times\b|slots?\b|개)/gi,
  );
  return [...found].map((match) => match[0]);
}

function isKnown(lesson: Lesson, { kind, path }: Placeholder): boolean {
  const has = (all: readonly { id: string }[]): boolean => all.some(({ id }) => id === path);
  if (kind === 'sim') return path in lesson.numbers;
  if (kind === 'goal') return has(lesson.goals);
  if (kind === 'lane') return has(lesson.setup.lanes);
  if (kind === 'set') return has(lesson.controls);
  return kind === 'guess' && has(lesson.predictions);
}
