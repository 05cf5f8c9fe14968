/**
 * Splits a line such as `t=0 trigger orders conf={"day": "a b"}` at its spaces; quotes and brackets
 * hold together what is in them.
 */

/** The words of the line; null when a quote or a bracket is not closed. */
export function tokens(line: string): string[] | null {
  const found: string[] = [];
  let word = '';
  let depth = 0;
  let quote = '';
  let escaped = false;
  for (const char of line) {
    if (quote !== '') {
      word += char;
      if (escaped) escaped = false;
      else if (char === '\\') escaped = true;
      else if (char === quote) quote = '';
    } else if (/\s/.test(char) && depth === 0) {
      if (word !== '') found.push(word);
      word = '';
    } else {
      if (char === '"') quote = char;
      depth += '{['.includes(char) ? 1 : ']}'.includes(char) ? -1 : 0;
      word += char;
    }
  }
  if (quote !== '' || depth !== 0) return null;
  return word === '' ? found : [...found, word];
}

/** `"a b"` -> `a b`; anything else as it is. */
export function unquote(word: string): string {
  return /^".*"$/s.test(word) ? word.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : word;
}
