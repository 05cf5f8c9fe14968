/**
 * Names that a version knows (states, run types, rules, executors, dependency classes, renamed
 * options) and the defaults of its arguments, as recorded from the installed packages.
 */
import type { AirflowVersion } from '../spec.ts';
import arguments2 from './data/arguments-2.11.2.json' with { type: 'json' };
import arguments3 from './data/arguments-3.3.2.json' with { type: 'json' };
import lists2 from './data/lists-2.11.2.json' with { type: 'json' };
import lists3 from './data/lists-3.3.2.json' with { type: 'json' };

export type ListName = keyof typeof lists2 | keyof typeof lists3;

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What is known of an argument of an operator, sensor, DAG or group class. */
export interface ArgumentInfo {
  readonly required?: boolean;
  readonly signature_default?: Json;
  /** What an object made without the argument holds; `{"seconds"}` is a time span. */
  readonly held?: Json;
}

const LISTS: Readonly<Record<AirflowVersion, Readonly<Record<string, Json>>>> = {
  '3.3.2': lists3,
  '2.11.2': lists2,
};

type Arguments = Readonly<Record<string, Readonly<Record<string, ArgumentInfo>>>>;

const ARGUMENTS: Readonly<Record<AirflowVersion, Arguments>> = {
  '3.3.2': arguments3,
  '2.11.2': arguments2,
};

/** A recorded list or table of the version; undefined when the version has none of that name. */
export function listOf(version: AirflowVersion, name: ListName): Json | undefined {
  return LISTS[version][name];
}

/** A recorded list of names, such as `task_instance_states`. null stands for "no state". */
export function namesOf(version: AirflowVersion, name: ListName): readonly (string | null)[] {
  const values = LISTS[version][name];
  return Array.isArray(values) ? values : [];
}

/** Defaults of an argument; `MappedOperator` is what a mapped operator holds. */
export function argumentInfo(
  version: AirflowVersion,
  className: string,
  argument: string,
): ArgumentInfo | undefined {
  return ARGUMENTS[version][className]?.[argument];
}

/** Today's name of an option that the version still accepts under an old one, or undefined. */
export function renamedTo(version: AirflowVersion, oldName: string): string | undefined {
  const renamed = LISTS[version]['renamed_options'] as Readonly<Record<string, readonly string[]>>;
  const found = Object.entries(renamed).find(([, olds]) =>
    olds.some((old) => old.split(' ')[0] === oldName),
  );
  return found?.[0];
}
