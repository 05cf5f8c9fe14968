/**
 * Words of one language: a Markdown file in blocks. A line `# name` begins the block of that name;
 * paragraphs are parted by an empty line. In a text: `code`, **strong**, and {{placeholders}}.
 */
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import type { Texts } from './lesson.ts';

export interface TextFile {
  texts: Texts;
  lines: Readonly<Record<string, number>>;
}

export function readTexts(file: string, content: string, problems: Problem[]): TextFile {
  const texts: Record<string, string> = {};
  const lines: Record<string, number> = {};
  let block: string | null = null;
  content.split('\n').forEach((line, index) => {
    const where = { file, line: index + 1 };
    const name = /^# ([a-z0-9-]+)\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      if (name in texts) problems.push(problem('lesson_block_twice', { block: name }, where));
      block = name;
      texts[name] = '';
      lines[name] = index + 1;
    } else if (line.startsWith('#')) {
      problems.push(problem('lesson_block_name_wrong', { name: line }, where));
    } else if (block !== null) {
      texts[block] += `${line}\n`;
    } else if (line.trim() !== '') {
      problems.push(problem('lesson_text_outside_block', {}, where));
    }
  });
  for (const [name, text] of Object.entries(texts)) {
    texts[name] = text.trim();
    if (texts[name] !== '') continue;
    const where = { file, line: lines[name] ?? 1 };
    problems.push(problem('lesson_block_empty', { block: name }, where));
  }
  return { texts, lines };
}

/** Paragraphs with their lines joined: the break of a line in the file means nothing. */
export function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/).map((one) => one.trim().replace(/\s*\n\s*/g, ' '));
}
