/**
 * A user's action on one line: `t=90 clear orders manual__0 load_a downstream`. The words after the
 * verb come in order, switches and `name=value` anywhere behind it. The same grammar serves the
 * command line's `--action` and the scenario file.
 */
import { fail, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { parseSpan } from './span.ts';
import { tokens, unquote } from './tokens.ts';
import { VERBS, WORD_KINDS } from './actionVerbs.ts';
import type { Kind, Verb } from './actionVerbs.ts';

/** The verbs, for help texts. */
const ACTION_VERBS: readonly string[] = Object.keys(VERBS);

/**
 * An action as plain data, whose shape is still to be checked as that of a scenario. Problems name
 * the word that is wrong: action_time_missing, action_verb_unknown, action_word_missing, ...
 */
export function parseActionText(line: string): Result<Record<string, unknown>> {
  const all = tokens(line);
  if (!all) return fail('action_not_closed', { text: line });
  const [time = '', name = '', ...rest] = all;
  const at_s = time.startsWith('t=') ? parseSpan(time.slice(2)) : null;
  if (at_s === null) return fail('action_time_missing', { text: time });
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) return fail('action_verb_unknown', { text: name, known: ACTION_VERBS });
  const said = readRest(verb, rest);
  if (!said.ok) return said;
  const given = new Set(Object.keys(said.value));
  const missing = verb.words.slice(0, verb.needed).find((word) => !given.has(word));
  if (missing !== undefined) return fail('action_word_missing', { verb: name, word: missing });
  return ok({ at_s, action: verb.action(given), ...verb.unsaid, ...said.value });
}

function readRest(verb: Verb, rest: readonly string[]): Result<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  let place = 0;
  for (const word of rest) {
    const [, key = '', text = ''] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    const kind = Object.hasOwn(verb.keys, key) ? verb.keys[key] : undefined;
    const next = verb.words[place];
    if (kind) {
      const value = readValue(kind, text);
      if (value === undefined) return fail('action_value_wrong', { name: key, text, kind });
      said[key] = value;
    } else if (verb.switches.includes(word)) {
      said[word] = true;
    } else if (next !== undefined) {
      const wanted = WORD_KINDS[next] ?? 'text';
      const value = readValue(wanted, word);
      if (value === undefined)
        return fail('action_value_wrong', { name: next, text: word, kind: wanted });
      said[next] = value;
      place += 1;
    } else {
      return fail('action_word_unknown', { text: word, known: known(verb) });
    }
  }
  return ok(said);
}

function known(verb: Verb): string[] {
  return [...verb.switches, ...Object.keys(verb.keys).map((key) => `${key}=`)];
}

/** Undefined when the text is no such value. */
function readValue(kind: Kind, word: string): unknown {
  const text = unquote(word);
  switch (kind) {
    case 'text':
      return text;
    case 'list':
      return text === '*' ? null : text.split(',');
    case 'integer':
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'json':
      return readJson(word);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
