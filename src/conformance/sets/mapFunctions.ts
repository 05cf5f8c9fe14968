/** The Python functions that recorded `map()` calls used, over Python values. */
import {
  isList,
  type MapFunction,
  PyError,
  type PyValue,
  viewOf,
} from '../../airflow/rules/index.ts';
import { pythonStr } from './pythonText.ts';

export const MAP_FUNCTIONS: Readonly<Record<string, MapFunction>> = {
  double: (x) => doubled(x),
  text: (x) => `<${pythonStr(x)}>`,
  as_kwargs_a: (x) => ({ dict: [['a', x]] }),
  as_kwargs_ab: (x) => ({
    dict: [
      ['a', x],
      ['b', 'from map'],
    ],
  }),
  swap: (x) => reversed(x),
  none_if_big: (x) => (numberIn(x) > 2 ? null : x),
  skip_odd(x) {
    if (modulo(numberIn(x), 2) !== 0) throw new PyError('AirflowSkipException');
    return x;
  },
  fail_on_zero(x) {
    const divisor = numberIn(x);
    if (divisor === 0) throw new PyError('ZeroDivisionError');
    return Math.floor(10 / divisor);
  },
};

/** A number as Python counts with it: true is 1. Anything else is a TypeError. */
function numberIn(value: PyValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new PyError('TypeError');
}

function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}

/** `x * 2`: texts and lists are repeated. */
function doubled(value: PyValue): PyValue {
  if (typeof value === 'string') return value + value;
  if (isList(value)) return [...value, ...value];
  if (typeof value === 'object' && value !== null && 'tuple' in value) {
    return { tuple: [...value.tuple, ...value.tuple] };
  }
  return numberIn(value) * 2;
}

/** `x[::-1]` */
function reversed(value: PyValue): PyValue {
  const view = viewOf(value);
  if (view.kind !== 'sequence') throw new PyError('TypeError');
  const items = Array.from({ length: view.length }, (_, i) => view.at(view.length - 1 - i));
  if (typeof value === 'string') return items.map(String).join('');
  return isList(value) ? items : { tuple: items };
}
