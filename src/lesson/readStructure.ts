/** lesson.yaml: what the lesson consists of, without a word of prose. */
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import type { Control, ErrorHint, Goal, Hint, Lesson, LessonPhase } from './lesson.ts';
import { readPred } from './predicates/readPred.ts';
import type { Field } from './reader.ts';

/** The part of a lesson that stands in lesson.yaml. */
export type Structure = Omit<
  Lesson,
  'setup' | 'dags' | 'solutions' | 'traps' | 'mutants' | 'numbers' | 'texts'
>;

const KEYS = [
  'id',
  'number',
  'world',
  'minutes',
  'versions',
  'teaches',
  'needs',
  'misconceptions',
  'reading',
  'controls',
  'predict',
  'predictNote',
  'goals',
  'hints',
  'onError',
  'aha',
];

export function readStructure(root: Field): Structure {
  root.only(KEYS);
  return {
    id: root.get('id').text(),
    number: root.get('number').number({ least: 1, whole: true }),
    world: root.get('world').text(),
    minutes: root.get('minutes').number({ least: 1, most: 8, whole: true }),
    versions: root
      .get('versions')
      .list()
      .map((one) => one.oneOf(AIRFLOW_VERSIONS)),
    teaches: root.get('teaches').texts(),
    needs: root.get('needs').texts(),
    misconceptions: root.get('misconceptions').list().map(readMisconception),
    reading: readReading(root.get('reading')),
    controls: root.get('controls').list().map(readControl),
    predictions: root.get('predict').optionalList().map(readPrediction),
    predictNote: root.get('predictNote').text(),
    goals: root.get('goals').list().map(readGoal),
    hints: readHints(root.get('hints')),
    onError: root.get('onError').optionalList().map(readErrorHint),
    aha: readAha(root.get('aha')),
  };
}

function readMisconception(field: Field): Structure['misconceptions'][number] {
  field.only(['id', 'trap']);
  return { id: field.get('id').text(), trap: field.get('trap').text() };
}

function readReading(field: Field): Record<LessonPhase, string[]> {
  field.only(['predict', 'run', 'done']);
  const blocks = (phase: LessonPhase): string[] =>
    field
      .get(phase)
      .list()
      .map((one) => one.text());
  return { predict: blocks('predict'), run: blocks('run'), done: blocks('done') };
}

function readControl(field: Field): Control {
  const kind = field.get('kind').oneOf(['slider', 'segments']);
  const [id, label] = [field.get('id').text(), field.get('label').text()];
  if (kind === 'segments') {
    field.only(['id', 'kind', 'label', 'chooses', 'value', 'choices']);
    const choices = field.get('choices').list().map(readChoice);
    const chooses = field.get('chooses').oneOf(['lanes', 'variant']);
    return { kind, id, label, chooses, value: field.get('value').text(), choices };
  }
  field.only(['id', 'kind', 'label', 'option', 'lanes', 'min', 'max', 'value', 'ticks']);
  const [min, max] = [field.get('min').number(), field.get('max').number()];
  const ticks = field
    .get('ticks')
    .optionalList()
    .map((one) => one.number());
  const value = field.get('value').number({ least: min, most: max });
  const lanes = field.get('lanes').texts();
  return { kind, id, label, option: field.get('option').text(), lanes, min, max, value, ticks };
}

function readChoice(field: Field): { value: string; label: string } {
  field.only(['value', 'label']);
  return { value: field.get('value').text(), label: field.get('label').text() };
}

function readPrediction(field: Field): Structure['predictions'][number] {
  field.only(['id', 'label', 'makespanOf']);
  const text = (key: string): string => field.get(key).text();
  return { id: text('id'), label: text('label'), lane: text('makespanOf') };
}

function readGoal(field: Field): Goal {
  field.only(['id', 'text', 'mode', 'check']);
  return {
    id: field.get('id').text(),
    text: field.get('text').text(),
    mode: field.get('mode').oneOf(['latched', 'final']),
    check: readPred(field.get('check')),
  };
}

/** Three rungs: where to look, what to change, nearly the answer. */
function readHints(field: Field): Hint[] {
  const hints = field.list().map(readHint);
  if (field.present && hints.length !== 3) field.fail('lesson_hints_not_three', {});
  return hints;
}

function readHint(field: Field): Hint {
  field.only(['label', 'texts']);
  const texts = field
    .get('texts')
    .list()
    .map((one) => {
      one.only(['when', 'text']);
      const when = one.get('when').present ? readPred(one.get('when')) : null;
      return { when, text: one.get('text').text() };
    });
  if (texts.at(-1)?.when !== null) field.get('texts').fail('lesson_hint_without_default', {});
  return { label: field.get('label').text(), texts };
}

function readErrorHint(field: Field): ErrorHint {
  field.only(['id', 'when', 'text']);
  const text = field.get('text').text();
  return { id: field.get('id').text(), when: readPred(field.get('when')), text };
}

function readAha(field: Field): Structure['aha'] {
  field.only(['at', 'text']);
  return { at: readPred(field.get('at')), text: field.get('text').text() };
}
