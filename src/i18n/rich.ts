/**
 * Sentences carry two marks, both of plain text: `code` in backticks and **strong**. Values that
 * are filled in are shielded, so that a task named a`b cannot break out of its mark.
 */
export interface Piece {
  text: string;
  code: boolean;
  strong: boolean;
}

const SHIELD: Readonly<Record<string, string>> = { '`': '\uE000', '*': '\uE001' };

/** Hides marks in a value before it is filled in. */
export function shield(value: string): string {
  return value.replace(/[`*]/g, (mark) => SHIELD[mark] ?? mark);
}

function unshield(text: string): string {
  return text.replace(/\uE000/g, '`').replace(/\uE001/g, '*');
}

/** Splits a formatted sentence at its marks. */
export function pieces(sentence: string): Piece[] {
  const out: Piece[] = [];
  let strong = false;
  for (const part of sentence.split(/(\*\*|`[^`]*`)/)) {
    if (part === '**') strong = !strong;
    else if (part.length > 1 && part.startsWith('`') && part.endsWith('`')) {
      out.push({ text: unshield(part.slice(1, -1)), code: true, strong });
    } else if (part !== '') out.push({ text: unshield(part), code: false, strong });
  }
  return out;
}

/** The sentence without its marks, for titles, labels and the screen reader. */
export function bare(sentence: string): string {
  return pieces(sentence)
    .map((piece) => piece.text)
    .join('');
}
