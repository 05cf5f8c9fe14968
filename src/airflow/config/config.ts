/** The configuration of one simulated Airflow: the version's defaults and what a person changed. */
import { assert, must } from '../../base/assert.ts';
import { all, err, fail, ok, problem, type Problem, type Result } from '../../base/result.ts';
import type { AirflowVersion } from '../spec.ts';
import { renamedTo } from './lists.ts';
import {
  convert,
  isOtherOption,
  type OptionInfo,
  optionInfo,
  type OptionName,
  optionNames,
  type OptionValue,
} from './options.ts';
import { nearest } from './suggest.ts';

export interface Config {
  readonly version: AirflowVersion;
  /** Only what differs from the defaults. */
  readonly changed: ReadonlyMap<string, OptionValue>;
}

/** Numbers that may be negative; for all others a negative value has no meaning. */
const MAY_BE_NEGATIVE: ReadonlySet<string> = new Set([
  'scheduler.num_runs',
  'kubernetes_executor.task_publish_max_retries',
  'kubernetes_executor.pod_launch_failure_retries',
]);

export function defaultConfig(version: AirflowVersion): Config {
  return { version, changed: new Map() };
}

/** Validates changed options; every bad one is a Problem that names it and what would be right. */
export function makeConfig(
  version: AirflowVersion,
  overrides: Readonly<Record<string, string | number | boolean>>,
): Result<Config> {
  const entries = Object.entries(overrides).map(([name, value]) => override(version, name, value));
  const checked = all(entries);
  if (!checked.ok) return checked;
  return ok({ version, changed: new Map(checked.value) });
}

/** Splits `core.parallelism=4` into name and text; what stands there is checked by makeConfig. */
export function parseOverride(text: string): Result<readonly [name: string, value: string]> {
  const at = text.indexOf('=');
  if (at <= 0) return fail('option_no_value', { text });
  return ok([text.slice(0, at).trim(), text.slice(at + 1).trim()]);
}

/** The value that holds. null = the option has no default and was not set. */
export function option(config: Config, name: OptionName): OptionValue {
  const changed = config.changed.get(name);
  if (changed !== undefined) return changed;
  return must(optionInfo(config.version, name), 'option of another version', {
    name,
    version: config.version,
  }).default;
}

/** A number; throws when the option is none or has no value. */
export function numberOption(config: Config, name: OptionName): number {
  const value = option(config, name);
  assert(typeof value === 'number', 'option is no number', { name, value });
  return value;
}

export function booleanOption(config: Config, name: OptionName): boolean {
  const value = option(config, name);
  assert(typeof value === 'boolean', 'option is no switch', { name, value });
  return value;
}

/** A text; an option without a value is the empty text. */
export function textOption(config: Config, name: OptionName): string {
  return String(option(config, name) ?? '');
}

function override(
  version: AirflowVersion,
  name: string,
  value: string | number | boolean,
): Result<readonly [string, OptionValue]> {
  const info = optionInfo(version, name);
  if (!info) return err([unknownOption(version, name)]);
  const text = String(value).trim();
  const wrong = valueProblem(info, text, leastOf(version, name));
  return wrong ? err([wrong]) : ok([name, convert(text, info.type)]);
}

function unknownOption(version: AirflowVersion, name: string): Problem {
  const where = { field: name };
  if (isOtherOption(version, name)) {
    return problem('option_without_effect', { option: name, airflow: version }, where);
  }
  const renamed = renamedTo(version, name);
  if (renamed) return problem('option_renamed', { option: name, airflow: version, renamed }, where);
  const near = nearest(name, optionNames(version));
  return problem('option_unknown', { option: name, airflow: version, near }, where);
}

/** Without parallelism 3.x refuses to start an executor; in 2.x 0 is no limit (semantics 6.1.1). */
function leastOf(version: AirflowVersion, name: string): number {
  if (name === 'core.parallelism') return version === '2.11.2' ? 0 : 1;
  return MAY_BE_NEGATIVE.has(name) ? -1 : 0;
}

/** What is wrong with a text for an option, or null. Texts are as Airflow itself accepts them. */
function valueProblem(info: OptionInfo, text: string, least: number): Problem | null {
  const bad = (code: string, more = {}): Problem =>
    problem(code, { option: info.name, value: text, ...more }, { field: info.name });
  if (info.type === 'string' || (text === '' && info.default === null)) return null;
  if (info.type === 'boolean') {
    return /^(t|true|1|f|false|0)$/i.test(text) ? null : bad('option_not_boolean');
  }
  if (info.type === 'integer' && !/^[+-]?\d+$/.test(text)) return bad('option_not_integer');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return bad('option_not_number');
  if (Number(text) < least) return bad('option_too_small', { least });
  return Number.isFinite(Number(text)) ? null : bad('option_not_number');
}
