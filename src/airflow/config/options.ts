/**
 * Every Airflow option that means something to the simulation: its default in each version, as
 * the installed packages declare it (apache-airflow with the celery 3.26.0 and cncf.kubernetes
 * 10.25.0 providers; recorded set `configuration`). What is called a default here is the default
 * of that version.
 */
import type { AirflowVersion } from '../spec.ts';
import other2 from './data/other-options-2.11.2.json' with { type: 'json' };
import other3 from './data/other-options-3.3.2.json' with { type: 'json' };
import options2 from './data/options-2.11.2.json' with { type: 'json' };
import options3 from './data/options-3.3.2.json' with { type: 'json' };
import { type Unit, unitOf } from './units.ts';

/** `section.option` of either version; a misspelt name does not compile. */
export type OptionName = keyof typeof options2 | keyof typeof options3 | keyof typeof UNDECLARED;

export type OptionValue = string | number | boolean | null;
export type OptionType = 'integer' | 'float' | 'boolean' | 'string';

export interface OptionInfo {
  readonly name: OptionName;
  /** How Airflow reads it; a number that is declared as text counts as a number. */
  readonly type: OptionType;
  /** As the version declares it; null where it declares none. */
  readonly declaredType: string | null;
  /** As declared, converted only where the declared type says so. null = no default. */
  readonly declaredDefault: OptionValue;
  /** The default as `type`; null when there is none or it is empty. */
  readonly default: OptionValue;
  /** What Airflow's configuration returns as text with nothing set; null = none. */
  readonly text: string | null;
  /** Version since which Airflow calls it deprecated; null = it does not. */
  readonly deprecatedSince: string | null;
  /** Environment variable that sets it. */
  readonly env: string;
  readonly unit: Unit | null;
}

/**
 * Declared type, declared default, the text where it is not simply the printed default, and the
 * version since which the option is deprecated.
 */
type Row = readonly (OptionValue | undefined)[];

/** Read by Airflow's code with a fallback of its own, in both versions, but declared nowhere. */
const UNDECLARED = { 'scheduler.num_stuck_in_queued_retries': ['integer', 2] } as const;

const DECLARED: Readonly<Record<AirflowVersion, Readonly<Record<string, Row>>>> = {
  '3.3.2': options3,
  '2.11.2': options2,
};

const OTHERS: Readonly<Record<AirflowVersion, ReadonlySet<string>>> = {
  '3.3.2': new Set(other3),
  '2.11.2': new Set(other2),
};

const INFO: Readonly<Record<AirflowVersion, ReadonlyMap<string, OptionInfo>>> = {
  '3.3.2': readAll('3.3.2'),
  '2.11.2': readAll('2.11.2'),
};

const undeclared: ReadonlyMap<string, OptionInfo> = new Map(
  Object.entries(UNDECLARED).map(([name, row]) => [name, readRow(name as OptionName, row)]),
);

/** All declared options of the version, sorted by name. */
export function optionNames(version: AirflowVersion): readonly OptionName[] {
  return [...INFO[version].values()].map((info) => info.name);
}

export function optionInfo(version: AirflowVersion, name: string): OptionInfo | undefined {
  return INFO[version].get(name) ?? undeclared.get(name);
}

/** True for an option that this Airflow has but the simulation does not read (folders, mail ...). */
export function isOtherOption(version: AirflowVersion, name: string): boolean {
  return OTHERS[version].has(name);
}

function readAll(version: AirflowVersion): Map<string, OptionInfo> {
  const entries = Object.entries(DECLARED[version]);
  return new Map(entries.map(([name, row]) => [name, readRow(name as OptionName, row)]));
}

function readRow(name: OptionName, row: Row): OptionInfo {
  const [declaredType = null, declaredDefault = null, text, deprecated = null] = row;
  const shown = text === undefined || text === null ? pythonText(declaredDefault) : String(text);
  const type = typeOf(name, declaredType === null ? null : String(declaredType), shown);
  return {
    name,
    type,
    declaredType: declaredType === null ? null : String(declaredType),
    declaredDefault,
    default: shown === null ? null : convert(shown, type),
    text: shown,
    deprecatedSince: deprecated === null ? null : String(deprecated),
    env: `AIRFLOW__${name.replace('.', '__').toUpperCase()}`,
    unit: unitOf(name, type),
  };
}

/** Many numbers are declared as text in 2.x; the text of the default, or 3.x, tells. */
function typeOf(name: string, declared: string | null, text: string | null): OptionType {
  if (declared === 'integer' || declared === 'float' || declared === 'boolean') return declared;
  const newer = DECLARED['3.3.2'][name]?.[0];
  if (newer === 'integer' || newer === 'float' || newer === 'boolean') return newer;
  if (text === null) return 'string';
  if (/^-?\d+$/.test(text)) return 'integer';
  if (/^-?\d+\.\d+$/.test(text)) return 'float';
  return /^(true|false)$/i.test(text) ? 'boolean' : 'string';
}

/** Value of a text that is known to be of the type; an empty text of another type is none. */
export function convert(text: string, type: OptionType): OptionValue {
  if (type === 'string') return text;
  if (text.trim() === '') return null;
  return type === 'boolean' ? /^(t|true|1)$/i.test(text.trim()) : Number(text);
}

/** How Python prints the value. */
function pythonText(value: OptionValue): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
