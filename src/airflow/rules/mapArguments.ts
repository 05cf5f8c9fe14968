/**
 * Which values a mapped task instance gets (specification 12; expandinput.py and xcom_arg.py of
 * both versions; set `expansion`). Values are resolved lazily, so that a function given to map()
 * runs only for the index that is asked for.
 */
import type { Profile } from '../profile/index.ts';
import { mapLength, type MapSource, productIndex } from './mapLength.ts';
import {
  isList,
  itemAt,
  mappableLength,
  PyError,
  type PyValue,
  type PyView,
  sequence,
  viewLength,
  viewOf,
} from './pyValue.ts';

export type MapFunction = (value: PyValue) => PyValue;

/** An argument of expand() or expand_kwargs(). */
export type MapExpression =
  | { readonly literal: PyValue }
  | { readonly listOf: readonly MapExpression[] }
  | { readonly xcom: string }
  | { readonly map: MapExpression; readonly by: MapFunction }
  | { readonly zip: readonly MapExpression[]; readonly fill?: PyValue }
  | { readonly concat: readonly MapExpression[] };

/** What upstream tasks returned; a mapped one has a value per index, null = it pushed nothing. */
export type UpstreamValues = ReadonlyMap<
  string,
  { readonly value: PyValue } | { readonly values: readonly PyValue[] }
>;

/** What a zip without fillvalue puts where a dict has no such key. */
const NOT_SET: PyValue = { object: 'ArgNotSet' };

/** The same expression as the scheduler sees it: lengths only. */
export function sourceOf(expression: MapExpression): MapSource {
  if ('literal' in expression) return { literal: mappableLength(expression.literal) ?? 0 };
  if ('listOf' in expression) return { literal: expression.listOf.length };
  if ('xcom' in expression) return { xcom: expression.xcom };
  if ('map' in expression) return { map: sourceOf(expression.map) };
  if ('concat' in expression) return { concat: expression.concat.map(sourceOf) };
  return { zip: expression.zip.map(sourceOf), hasFill: expression.fill !== undefined };
}

/** Number of values that a task offers, see SourceLength. */
export function offeredLength(upstream: UpstreamValues, task: string): number | null {
  const source = upstream.get(task);
  if (!source) return null;
  if ('value' in source) return mappableLength(source.value);
  return source.values.filter((value) => value !== null).length;
}

/** Arguments of one index of `expand(**arguments)`, in the order in which they were written. */
export function expandArguments(
  profile: Profile,
  written: readonly (readonly [name: string, expression: MapExpression])[],
  upstream: UpstreamValues,
  mapIndex: number,
): [name: string, value: PyValue][] {
  const views = written.map(
    ([, expression]) =>
      () =>
        resolve(expression, upstream),
  );
  // 3.x resolves every argument first; 2.x one after the other, then asks for all lengths.
  if (profile.workerCountsWholeConcat) views.forEach((view) => view());
  return written.map(([name], argument) => {
    const view = views[argument]?.() ?? { kind: 'other', value: null };
    const lengths = written.map(([, expression], i) =>
      lengthForIndex(profile, expression, views[i] ?? (() => view), upstream),
    );
    return [name, pick(view, productIndex(lengths, argument, mapIndex))];
  });
}

function lengthForIndex(
  profile: Profile,
  expression: MapExpression,
  view: () => PyView,
  upstream: UpstreamValues,
): number {
  const isLiteral = 'literal' in expression || 'listOf' in expression;
  if (profile.workerCountsWholeConcat && !isLiteral) {
    const whole = viewLength(view());
    if (whole === null) throw new PyError('KeyError');
    return workerLength(expression, whole);
  }
  const length = mapLength(sourceOf(expression), (task) => offeredLength(upstream, task));
  if (length === null) throw new PyError('NotFullyPopulated');
  return length;
}

/** 3.x: every part counts as long as the whole, so a concat counts that often. */
function workerLength(expression: MapExpression, whole: number): number {
  if ('map' in expression) return workerLength(expression.map, whole);
  if ('concat' in expression) {
    return expression.concat.reduce((sum, part) => sum + workerLength(part, whole), 0);
  }
  if (!('zip' in expression)) return whole;
  const lengths = expression.zip.map((part) => workerLength(part, whole));
  return expression.fill === undefined ? Math.min(...lengths) : Math.max(...lengths);
}

function pick(view: PyView, index: number | null): PyValue {
  if (index === null) throw new PyError('RuntimeError');
  if (view.kind === 'sequence') return view.at(index);
  if (view.kind === 'other') throw new PyError('TypeError');
  const pair = view.pairs[index];
  if (!pair) throw new PyError('IndexError');
  return { tuple: [pair[0], pair[1]] };
}

/** Keyword arguments of one index of `expand_kwargs(expression)`. */
export function expandKwargs(
  expression: MapExpression,
  upstream: UpstreamValues,
  mapIndex: number,
): [name: string, value: PyValue][] {
  const mappings = resolve(expression, upstream);
  if (mappings.kind !== 'sequence') throw new PyError('ValueError');
  const mapping = viewOf(mappings.at(mapIndex));
  if (mapping.kind !== 'dict') throw new PyError('ValueError');
  return mapping.pairs.map(([name, value]) => {
    if (typeof name !== 'string') throw new PyError('ValueError');
    return [name, value];
  });
}

function resolve(expression: MapExpression, upstream: UpstreamValues): PyView {
  if ('literal' in expression) return viewOf(expression.literal);
  if ('xcom' in expression) return pulled(upstream, expression.xcom);
  if ('listOf' in expression) {
    const parts = expression.listOf;
    return sequence(parts.length, (i) => {
      const part = parts[i];
      if (!part) throw new PyError('IndexError');
      return wholeValue(resolve(part, upstream));
    });
  }
  if ('map' in expression) return mapped(container(expression.map, upstream), expression.by);
  if ('concat' in expression) {
    return concatenated(expression.concat.map((part) => container(part, upstream)));
  }
  const parts = expression.zip.map((part) => container(part, upstream));
  return zipped(parts, expression.fill);
}

function pulled(upstream: UpstreamValues, task: string): PyView {
  const source = upstream.get(task);
  if (!source) return { kind: 'other', value: null };
  if ('value' in source) return viewOf(source.value);
  return viewOf(source.values.filter((value) => value !== null));
}

/** A sequence or dict; map, zip and concat take nothing else. */
function container(expression: MapExpression, upstream: UpstreamValues): PyView {
  const view = resolve(expression, upstream);
  if (view.kind === 'other') throw new PyError('ValueError');
  return view;
}

function mapped(view: PyView, by: MapFunction): PyView {
  return sequence(viewLength(view) ?? 0, (index) => by(itemAt(view, index)));
}

function zipped(views: readonly PyView[], fill: PyValue | undefined): PyView {
  const lengths = views.map((view) => viewLength(view) ?? 0);
  const length = fill === undefined ? Math.min(...lengths) : Math.max(...lengths);
  return sequence(length, (index) => {
    if (index >= length) throw new PyError('IndexError');
    const filler = fill === undefined ? NOT_SET : fill;
    return { tuple: views.map((view) => itemOr(view, index, filler)) };
  });
}

function itemOr(view: PyView, index: number, fill: PyValue): PyValue {
  try {
    return itemAt(view, index);
  } catch (error) {
    const isMissing =
      error instanceof PyError && ['IndexError', 'KeyError'].includes(error.exception);
    if (isMissing) return fill;
    throw error;
  }
}

/** One after the other; a dict gives its keys. */
function concatenated(views: readonly PyView[]): PyView {
  const lengths = views.map((view) => viewLength(view) ?? 0);
  return sequence(
    lengths.reduce((sum, length) => sum + length, 0),
    (index) => {
      let left = index;
      for (const view of views) {
        const length = viewLength(view) ?? 0;
        if (left < length)
          return view.kind === 'dict' ? keyAt(view.pairs, left) : itemAt(view, left);
        left -= length;
      }
      throw new PyError('IndexError');
    },
  );
}

function keyAt(pairs: readonly (readonly [PyValue, PyValue])[], index: number): PyValue {
  return pairs[index]?.[0] ?? null;
}

function wholeValue(view: PyView): PyValue {
  if (view.kind === 'other') return view.value;
  if (view.kind === 'dict') return { dict: view.pairs };
  return Array.from({ length: view.length }, (_, i) => view.at(i));
}

/** True for a value that expand() takes: a list, tuple or dict, or something to be resolved. */
export function isExpandable(expression: MapExpression): boolean {
  return !('literal' in expression) || mappableLength(expression.literal) !== null;
}

/** True for what expand_kwargs() takes: a list of dicts (or of things to be resolved). */
export function isKwargsList(expression: MapExpression): boolean {
  if (!('literal' in expression)) return true;
  const { literal } = expression;
  const items = typeof literal === 'string' ? [...literal] : itemsOf(literal);
  return items !== null && items.every((item) => viewOf(item).kind === 'dict');
}

function itemsOf(value: PyValue): readonly PyValue[] | null {
  if (isList(value)) return value;
  return typeof value === 'object' && value !== null && 'tuple' in value ? value.tuple : null;
}
