/** What every part of a world can do: be copied, be put back, be hashed. */
import type { Hasher } from '../base/hash.ts';
import { mustGet } from '../base/assert.ts';

/**
 * A part of the world with state.
 *
 * `save` returns a value that later changes do not touch and that structured clone can carry
 * (plain data and typed arrays). `load` puts exactly that state back and keeps no reference into
 * it, so that one saved value can be loaded many times. `hash` adds the state in a form that does
 * not depend on capacity or on the way the state was reached.
 */
export interface Saveable<Saved = unknown> {
  save(): Saved;
  load(saved: Saved): void;
  hash(hasher: Hasher): void;
}

type SavedOf<Part> = Part extends Saveable<infer Saved> ? Saved : never;
type SavedGroup<Parts> = { readonly [Name in keyof Parts]: SavedOf<Parts[Name]> };

/** Several parts as one. Hashed in the order of the keys of `parts`. */
export function group<Parts extends Readonly<Record<string, Saveable>>>(
  parts: Parts,
): Saveable<SavedGroup<Parts>> {
  const entries = Object.entries(parts) as unknown as [string, Saveable][];
  return {
    save: () =>
      Object.fromEntries(entries.map(([name, part]) => [name, part.save()])) as SavedGroup<Parts>,
    load(saved) {
      const values = new Map<string, unknown>(Object.entries(saved));
      for (const [name, part] of entries) part.load(mustGet(values, name, 'saved part'));
    },
    hash(hasher) {
      for (const [name, part] of entries) part.hash(hasher.text(name));
    },
  };
}

/**
 * Counters and other scalars of a model: a flat object of numbers that is saved as it stands.
 * The object is changed in place by `load`, so its owner can keep a reference to it.
 */
export function scalars<Values extends Record<string, number>>(
  values: Values,
): Saveable<Readonly<Values>> {
  const names = Object.keys(values) as (keyof Values & string)[];
  return {
    save: () => ({ ...values }),
    load(saved) {
      for (const name of names) values[name] = saved[name];
    },
    hash(hasher) {
      for (const name of names) hasher.text(name).number(values[name] as number);
    },
  };
}
