/** Small words that the definitions share. */
import type { Colour, StateMeta } from './meta.ts';

/** `to('queued', 'set_queued_dttm')` is `{ target: 'queued', actions: ['set_queued_dttm'] }`. */
export function to<const S extends string, const A extends readonly string[]>(
  target: S,
  ...actions: A
): { readonly target: S; readonly actions: A } {
  return { target, actions };
}

/** A command has a name only; whoever runs the table carries it out. */
export function command(): void {}

/** Delays are whole microseconds of virtual time. */
export function seconds(count: number): number {
  return count * 1_000_000;
}

/** The meta of one machine's states: where they were read, and `machine.state` as the word's key. */
export function metaFor(
  machine: string,
  airflow: string,
): (state: string, colour: Colour) => StateMeta {
  return (state, colour) => ({ airflow, i18n: `${machine}.${state}`, colour });
}
