/** What a lesson names and where: the raw material for checking that all of it exists. */
import type { Control, Lesson } from './lesson.ts';
import type { Pred, Who } from './predicates/pred.ts';

export type Path = readonly (string | number)[];

export type NameKind =
  'block' | 'lane' | 'task' | 'control' | 'prediction' | 'goal' | 'trap' | 'hint' | 'dag';

export interface Named {
  readonly what: NameKind;
  readonly name: string;
  /** Where in lesson.yaml it stands, or the nearest thing there that leads to it. */
  readonly path: Path;
}

const named = (what: NameKind, name: string, ...path: Path): Named => ({ what, name, path });

export function namesUsed(lesson: Lesson): Named[] {
  return [
    named('block', 'title', 'id'),
    named('block', 'summary', 'id'),
    named('block', lesson.predictNote, 'predictNote'),
    ...Object.entries(lesson.reading).flatMap(([phase, blocks]) =>
      blocks.map((block, i) => named('block', block, 'reading', phase, i)),
    ),
    ...lesson.controls.flatMap(inControl),
    ...inPredictions(lesson),
    ...inGoals(lesson),
    ...inHints(lesson),
    ...inRuns(lesson),
    ...inSetup(lesson),
  ];
}

function inControl(control: Control, i: number): Named[] {
  const label = named('block', control.label, 'controls', i, 'label');
  if (control.kind === 'slider') {
    const lanes = control.lanes.map((lane, k) => named('lane', lane, 'controls', i, 'lanes', k));
    return [label, ...lanes];
  }
  const choices = control.choices.map((one, k) =>
    named('block', one.label, 'controls', i, 'choices', k),
  );
  return [label, ...choices];
}

function inPredictions(lesson: Lesson): Named[] {
  return lesson.predictions.flatMap((one, i) => [
    named('block', one.label, 'predict', i, 'label'),
    named('lane', one.lane, 'predict', i, 'makespanOf'),
  ]);
}

function inGoals(lesson: Lesson): Named[] {
  const goals = lesson.goals.flatMap((goal, i) => [
    named('block', goal.text, 'goals', i, 'text'),
    ...inPred(goal.check, ['goals', i, 'check']),
  ]);
  const { at, text } = lesson.aha;
  return [...goals, named('block', text, 'aha', 'text'), ...inPred(at, ['aha', 'at'])];
}

function inHints(lesson: Lesson): Named[] {
  const rungs = lesson.hints.flatMap((hint, i) => [
    named('block', hint.label, 'hints', i, 'label'),
    ...hint.texts.flatMap(({ when, text }, k) => [
      named('block', text, 'hints', i, 'texts', k),
      ...(when ? inPred(when, ['hints', i, 'texts', k, 'when']) : []),
    ]),
  ]);
  const errors = lesson.onError.flatMap((one, i) => [
    named('block', one.text, 'onError', i, 'text'),
    ...inPred(one.when, ['onError', i, 'when']),
  ]);
  return [...rungs, ...errors];
}

function inRuns(lesson: Lesson): Named[] {
  const actions = [...lesson.solutions, ...lesson.traps].flatMap((list) => list.actions);
  return [
    ...lesson.misconceptions.map((one, i) => named('trap', one.trap, 'misconceptions', i, 'trap')),
    ...lesson.traps.flatMap((trap) => [
      named('goal', trap.goal, 'misconceptions'),
      named('hint', trap.hint, 'onError'),
    ]),
    ...lesson.solutions.map((solution) => named('block', solution.label, 'id')),
    ...actions.flatMap((action) => {
      if (action.do === 'predict') return [named('prediction', action.id, 'predict')];
      return action.do === 'set' ? [named('control', action.id, 'controls')] : [];
    }),
  ];
}

function inSetup({ setup, mutants }: Lesson): Named[] {
  const lanes = Object.values(setup.variants).flatMap((variant) => Object.keys(variant));
  return [
    ...setup.dagIds.map((id) => named('dag', id, 'id')),
    ...lanes.map((lane) => named('lane', lane, 'controls')),
    ...mutants.map((mutant) =>
      mutant.plant === 'option'
        ? named('lane', mutant.lane, 'controls')
        : named('task', mutant.task, 'id'),
    ),
  ];
}

/** What a predicate points at. */
function inPred(pred: Pred, path: Path): Named[] {
  const of = ({ lane, tasks }: Pick<Who, 'lane' | 'tasks'>): Named[] => [
    named('lane', lane, ...path),
    ...(tasks ?? []).map((task) => named('task', task, ...path)),
  ];
  switch (pred.kind) {
    case 'makespan':
      return [named('lane', pred.lane, ...path)];
    case 'guessed':
    case 'predicted':
      return pred.of.map((name) => named('prediction', name, ...path));
    case 'guess':
      return [named('prediction', pred.prediction, ...path)];
    case 'changes':
      return [];
    case 'set':
      return [named('control', pred.control, ...path)];
    case 'order':
      return of({ lane: pred.lane, tasks: [pred.first.task, pred.next.task] });
    case 'within':
      return of({ lane: pred.lane, tasks: [pred.from.task, pred.to.task] });
    case 'and':
    case 'or':
      return pred.of.flatMap((part) => inPred(part, path));
    case 'not':
      return inPred(pred.of, path);
    default:
      return of(pred.who);
  }
}
