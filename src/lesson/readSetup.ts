/** scenario.json, solutions, traps and mutants of a lesson: plain data, checked. */
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import { EXECUTORS } from '../airflow/scenario.ts';
import type { Lane } from '../airflow/scenario.ts';
import type { ActionList, LaneVariant, LearnerAction, Mutant, Setup, Trap } from './lesson.ts';
import { isFields } from '../base/plain.ts';
import type { Field } from './reader.ts';

const US = 1_000_000;
type Options = Record<string, string | number | boolean>;

export function readSetup(root: Field): Setup {
  root.only(['base', 'dags', 'lanes', 'variants']);
  return {
    base: readBase(root.get('base')),
    dagIds: root
      .get('dags')
      .list()
      .map((one) => one.text()),
    lanes: root.get('lanes').list().map(readLane),
    variants: Object.fromEntries(
      root
        .get('variants')
        .entries()
        .map(([name, one]) => [name, readVariant(one)]),
    ),
  };
}

/** What a run needs beside DAGs and lanes; the rest has plain beginnings. */
function readBase(field: Field): Setup['base'] {
  field.only(['start', 'until_s', 'seed', 'config', 'trigger']);
  const trigger = field.get('trigger').text();
  return {
    format: 1,
    start: field.get('start').text(),
    until_s: field.get('until_s').number({ least: 1 }),
    seed: field.get('seed').number({ least: 0, whole: true }),
    config: readOptions(field.get('config')),
    pools: {},
    fleet: { workers: [], broker: 'redis', nodes: [], schedulers: 1, triggerers: 1 },
    behaviour: { by_kind: {}, rules: [] },
    actions: [{ at_s: 0, action: 'trigger', dag_id: trigger }],
    faults: [],
    latencies: {},
  };
}

function readLane(field: Field): Lane {
  field.only(['id', 'executor', 'airflow']);
  return {
    id: field.get('id').text(),
    executor: field.get('executor').oneOf(EXECUTORS),
    airflow: field.get('airflow').oneOf(AIRFLOW_VERSIONS),
    patch: {},
  };
}

function readVariant(field: Field): Record<string, LaneVariant> {
  return Object.fromEntries(
    field.entries().map(([lane, one]) => {
      one.only(['executor', 'airflow', 'config']);
      const executor = one.get('executor').oneOf(EXECUTORS);
      const airflow = one.get('airflow').oneOf(AIRFLOW_VERSIONS);
      return [lane, { executor, airflow, fixed: readOptions(one.get('config')) }];
    }),
  );
}

function readOptions(field: Field): Options {
  const options: Options = {};
  for (const [name, one] of field.entries()) {
    const { value } = one;
    if (isOption(value)) options[name] = value;
    else one.fail('lesson_field_wrong', { expected: 'text, number or boolean' });
  }
  return options;
}

function isOption(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

export function readActions(field: Field): LearnerAction[] {
  return field.list().map(readAction);
}

/** `{predict, seconds}`, `{set, value}` or `{run: true}`. */
function readAction(field: Field): LearnerAction {
  if (field.get('predict').present) {
    field.only(['predict', 'seconds']);
    const us = Math.round(field.get('seconds').number({ least: 0 }) * US);
    return { do: 'predict', id: field.get('predict').text(), us };
  }
  if (field.get('set').present) {
    field.only(['set', 'value']);
    return { do: 'set', id: field.get('set').text(), value: field.get('value').scalar() };
  }
  field.only(['run']);
  if (field.get('run').value !== true) field.fail('lesson_action_unknown', {});
  return { do: 'run' };
}

export function readSolution(id: string, root: Field): ActionList {
  root.only(['label', 'actions']);
  return { id, label: root.get('label').text(), actions: readActions(root.get('actions')) };
}

export function readTrap(id: string, root: Field): Trap {
  root.only(['goal', 'hint', 'actions']);
  const actions = readActions(root.get('actions'));
  return { id, goal: root.get('goal').text(), hint: root.get('hint').text(), actions };
}

export function readMutants(root: Field): Mutant[] {
  return root.list().map((one) => {
    const id = one.get('id').text();
    if (one.get('plant').oneOf(['option', 'no_upstream']) === 'no_upstream') {
      one.only(['id', 'plant', 'task']);
      return { id, plant: 'no_upstream', task: one.get('task').text() };
    }
    one.only(['id', 'plant', 'lane', 'option', 'value']);
    const [lane, option] = [one.get('lane').text(), one.get('option').text()];
    return { id, plant: 'option', lane, option, value: one.get('value').scalar() };
  });
}

export function readNumbers(root: Field): Record<string, number | string[]> {
  const numbers: Record<string, number | string[]> = {};
  if (!isFields(root.value)) root.fail('lesson_field_wrong', { expected: 'fields' });
  for (const [path, one] of root.entries()) {
    if (typeof one.value === 'number') numbers[path] = one.value;
    else numbers[path] = one.texts();
  }
  return numbers;
}
