/**
 * How many task instances a mapped task expands to (specification 12; models/expandinput.py;
 * set `expansion`): what the scheduler counts, without looking at the values.
 */

/** Where the values of one argument come from. `xcom` names the task that returns them. */
export type MapSource =
  | { readonly literal: number }
  | { readonly xcom: string }
  | { readonly map: MapSource }
  | { readonly zip: readonly MapSource[]; readonly hasFill: boolean }
  | { readonly concat: readonly MapSource[] };

/**
 * Number of values that a task offers to be mapped over: the length of what it returned, or, when
 * it is mapped itself, how many of its indexes returned something. null = not known.
 */
export type SourceLength = (task: string) => number | null;

/** Length of one argument, null while it is not known. */
export function mapLength(source: MapSource, lengthOf: SourceLength): number | null {
  if ('literal' in source) return source.literal;
  if ('xcom' in source) return lengthOf(source.xcom);
  if ('map' in source) return mapLength(source.map, lengthOf);
  const parts = 'zip' in source ? source.zip : source.concat;
  const lengths: number[] = [];
  for (const part of parts) {
    const length = mapLength(part, lengthOf);
    if (length === null) return null;
    lengths.push(length);
  }
  if ('concat' in source) return lengths.reduce((sum, length) => sum + length, 0);
  return source.hasFill ? Math.max(...lengths) : Math.min(...lengths);
}

/**
 * Task instances of `expand(**arguments)` or `expand_kwargs(argument)`: the product of the
 * lengths, one argument for expand_kwargs. null = an argument is not known yet.
 */
export function expandLength(sources: readonly MapSource[], lengthOf: SourceLength): number | null {
  let total = 1;
  for (const source of sources) {
    const length = mapLength(source, lengthOf);
    if (length === null) return null;
    total *= length;
  }
  return sources.length === 0 ? 0 : total;
}

/** Length that is known when the file is parsed: only literals have one. */
export function parseTimeLength(sources: readonly MapSource[]): number | null {
  const areLiteral = sources.every((source) => 'literal' in source);
  return areLiteral ? expandLength(sources, () => null) : null;
}

/**
 * Position of a task instance within one argument of a product: the last argument runs fastest.
 * `lengths` in the order in which the arguments were written. null = some length is 0.
 */
export function productIndex(
  lengths: readonly number[],
  argument: number,
  mapIndex: number,
): number | null {
  let index = mapIndex;
  for (let i = lengths.length - 1; i >= argument; i -= 1) {
    const length = lengths[i] ?? 0;
    if (length < 1) return null;
    if (i === argument) return index % length;
    index = Math.floor(index / length);
  }
  return null;
}
