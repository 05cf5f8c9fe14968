/**
 * Words: one catalogue per language, loaded when it is asked for. Plurals and choices are ICU
 * messages, formatted by Lingui. A value whose name ends in `_us` is a time and is shown as one.
 */
import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import * as format from './format.ts';
import { bare, shield } from './rich.ts';
import type { en } from './en/index.ts';

export type MessageKey = keyof typeof en;
export type LocaleName = 'en' | 'ko';
export type Value = string | number | boolean | null | undefined | readonly string[];
export type Values = Readonly<Record<string, Value>>;

export interface Translator {
  readonly locale: LocaleName;
  /** A sentence with its marks (see rich.ts), for `<Rich>`. */
  rich(key: MessageKey, values?: Values): string;
  /** The same without marks. */
  t(key: MessageKey, values?: Values): string;
  /** Words for a code of another layer, for example `family('reason', 'pool_wait')`. */
  family(prefix: Family, code: string, values?: Values): string;
  has(key: string): key is MessageKey;
  /** Short span, `2.4 s`. */
  span(us: number | null): string;
}

export type Family =
  | 'reason'
  | 'gate'
  | 'fault'
  | 'part'
  | 'refused'
  | 'problem'
  | 'verdict'
  | 'because'
  | 'log_why'
  | 'notice'
  | 'setting'
  | 'duration';

/** Loads a catalogue; the other language costs nothing until it is chosen. */
export async function loadTranslator(locale: LocaleName): Promise<Translator> {
  const messages =
    locale === 'ko' ? (await import('./ko/index.ts')).ko : (await import('./en/index.ts')).en;
  return createTranslator(locale, messages);
}

export function createTranslator(
  locale: LocaleName,
  messages: Readonly<Record<MessageKey, string>>,
): Translator {
  const i18n = setupI18n({ locale, messages: { [locale]: { ...messages } } });
  i18n.setMessagesCompiler(compileMessage);
  const unit = locale === 'ko' ? '초' : ' s';
  const has = (key: string): key is MessageKey => Object.hasOwn(messages, key);
  const rich = (key: MessageKey, values: Values = {}): string =>
    i18n._(key, tolerant(values, { unit, messages, message: messages[key] }));
  const family = (prefix: Family, code: string, values: Values = {}): string => {
    const key = `${prefix}.${code}`;
    if (has(key)) return rich(key, values);
    const other = `${prefix}.unknown`;
    return has(other) ? rich(other, { ...values, code, detail: detailOf(values) }) : code;
  };
  return {
    locale,
    rich,
    t: (key, values) => bare(rich(key, values)),
    family,
    has,
    span: (us) => format.span(us, unit),
  };
}

interface Showing {
  unit: string;
  messages: Readonly<Record<string, string>>;
  message: string;
}

/** Values as they are shown; what a sentence names and nobody gave becomes an en dash. */
function tolerant(values: Values, showing: Showing): Record<string, string | number> {
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) shown[name] = show(name, value, showing);
  return new Proxy(shown, {
    get: (target, name) =>
      typeof name === 'string' ? (target[name] ?? format.UNKNOWN) : undefined,
    has: () => true,
  });
}

const EXECUTOR_NAMES = new Set(['lane', 'other', 'executor']);
const MOMENTS = new Set(['until_us', 'since_us', 'at_us']);

function show(name: string, value: Value, showing: Showing): string | number {
  if (value === null || value === undefined) return format.UNKNOWN;
  if (typeof value === 'number') return showNumber(name, value, showing);
  const text = typeof value === 'object' ? value.join(', ') : String(value);
  const executor = EXECUTOR_NAMES.has(name) ? showing.messages[`executor.${text}`] : undefined;
  return shield(executor ?? text);
}

/** Plurals and choices need the number itself; elsewhere it gets its group marks. */
function showNumber(name: string, value: number, { unit, message }: Showing): string | number {
  if (MOMENTS.has(name)) return format.clock(value);
  if (name.endsWith('_us')) return format.span(value, unit);
  return message.includes(`{${name}, `) ? value : format.plain(value);
}

function detailOf(values: Values): string {
  const parts = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return parts.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
}

export * from './format.ts';
export { bare, pieces } from './rich.ts';
