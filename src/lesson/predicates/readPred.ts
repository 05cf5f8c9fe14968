/** A predicate from JSON or YAML; what is wrong is reported with its line. */
import type { Field } from '../reader.ts';
import type { Bounds, Moment, Pred, PredKind, Who } from './pred.ts';

const US = 1_000_000;

type Reader = (field: Field) => Pred;

const readers: Readonly<Record<PredKind, Reader>> = {
  makespan: (f) => ({ kind: 'makespan', lane: laneOf(f, ['lane', ...SECONDS]), bounds: times(f) }),
  guessed: (f) => ({ kind: 'guessed', of: f.only(['of']).get('of').texts() }),
  predicted: (f) => ({
    kind: 'predicted',
    of: f.only(['of', 'within']).get('of').texts(),
    within: f.get('within').number({ least: 0, most: 1 }),
  }),
  changes: (f) => ({ kind: 'changes', bounds: counts(f.only(COUNTS)) }),
  set: (f) => ({
    kind: 'set',
    control: f
      .only(['control', ...COUNTS])
      .get('control')
      .text(),
    ...is(f),
  }),
  guess: (f) => ({
    kind: 'guess',
    prediction: f
      .only(['prediction', ...SECONDS])
      .get('prediction')
      .text(),
    bounds: times(f),
  }),
  state: (f) => ({ kind: 'state', who: whoOf(f, ['is']), is: f.get('is').text() }),
  everState: (f) => ({ kind: 'everState', who: whoOf(f, ['is']), is: f.get('is').text() }),
  never: (f) => ({
    kind: 'never',
    who: whoOf(f, ['is', 'longerThan_s']),
    is: f.get('is').text(),
    longerThan: f.get('longerThan_s').present ? seconds(f.get('longerThan_s')) : 0,
  }),
  order: (f) => ({
    kind: 'order',
    lane: laneOf(f, ['lane', 'first', 'next']),
    first: momentOf(f.get('first')),
    next: momentOf(f.get('next')),
  }),
  within: (f) => ({
    kind: 'within',
    lane: laneOf(f, ['lane', 'from', 'to', 'atMost_s']),
    from: momentOf(f.get('from')),
    to: momentOf(f.get('to')),
    atMost: seconds(f.get('atMost_s')),
  }),
  startBefore: (f) => ({
    kind: 'startBefore',
    who: whoOf(f, ['at_s']),
    at: seconds(f.get('at_s')),
  }),
  count: (f) => ({
    kind: 'count',
    of: f.get('of').oneOf(['task_instances', 'dag_runs']),
    who: whoOf(f, ['of', 'state', ...COUNTS]),
    is: f.get('state').present ? f.get('state').text() : null,
    bounds: counts(f),
  }),
  peak: (f) => ({
    kind: 'peak',
    who: whoOf(f, ['state', ...COUNTS]),
    is: f.get('state').text(),
    bounds: counts(f),
  }),
  total: (f) => ({
    kind: 'total',
    who: whoOf(f, ['state', ...SECONDS]),
    is: f.get('state').text(),
    bounds: times(f),
  }),
  and: (f) => ({ kind: 'and', of: f.list().map(readPred) }),
  or: (f) => ({ kind: 'or', of: f.list().map(readPred) }),
  not: (f) => ({ kind: 'not', of: readPred(f) }),
};

const SECONDS = ['is_s', 'atLeast_s', 'atMost_s'];
const COUNTS = ['is', 'atLeast', 'atMost'];
const never: Pred = { kind: 'or', of: [] };

export function readPred(field: Field): Pred {
  const entries = field.entries();
  const [name, body] = entries[0] ?? [];
  const kind = kindOf(name);
  if (kind && body && entries.length === 1) return readers[kind](body);
  field.fail('lesson_predicate_unknown', { known: Object.keys(readers) });
  return never;
}

function kindOf(name: string | undefined): PredKind | undefined {
  return (Object.keys(readers) as PredKind[]).find((kind) => kind === name);
}

function laneOf(field: Field, keys: readonly string[]): string {
  return field.only(keys).get('lane').text();
}

function whoOf(field: Field, more: readonly string[]): Who {
  const task = field.only(['lane', 'task', 'tasks', 'run', ...more]).get('task');
  const tasks = field.get('tasks');
  return {
    lane: field.get('lane').text(),
    tasks: task.present ? [task.text()] : tasks.present ? tasks.texts() : null,
    run: field.get('run').present ? field.get('run').text() : null,
  };
}

function momentOf(field: Field): Moment {
  const { task, state } = { task: field.get('task'), state: field.get('state') };
  field.only(['task', 'state']);
  return { task: task.text(), state: state.text() };
}

function seconds(field: Field): number {
  return Math.round(field.number({ least: 0 }) * US);
}

function times(field: Field): Bounds {
  return boundsOf(field, '_s', seconds);
}

function counts(field: Field): Bounds {
  return boundsOf(field, '', (one) => one.number());
}

function boundsOf(field: Field, unit: string, read: (field: Field) => number): Bounds {
  const part = (name: string): number | undefined => {
    const one = field.get(name + unit);
    return one.present ? read(one) : undefined;
  };
  const [is_, atLeast, atMost] = [part('is'), part('atLeast'), part('atMost')];
  if (is_ === undefined && atLeast === undefined && atMost === undefined) {
    field.fail('lesson_bounds_missing', {
      known: [`is${unit}`, `atLeast${unit}`, `atMost${unit}`],
    });
  }
  return {
    ...(is_ === undefined ? {} : { is: is_ }),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}

function is(field: Field): { bounds: Bounds; value: string | null } {
  const value = field.get('is').value;
  return typeof value === 'string' ? { bounds: {}, value } : { bounds: counts(field), value: null };
}
