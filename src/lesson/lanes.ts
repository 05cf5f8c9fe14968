/** The lanes that a lesson runs, as its controls stand: one whole scenario each. */
import type { Lane, Scenario } from '../airflow/scenario.ts';
import type { Control, Lesson } from './lesson.ts';
import type { Settings } from './state.ts';

export interface LessonLane {
  readonly lane: Lane;
  readonly scenario: Scenario;
}

type Options = Record<string, string | number | boolean>;

/** Only the lanes that the learner has chosen; `lane.patch.config` holds their whole configuration. */
export function lanesOf(lesson: Lesson, settings: Settings): LessonLane[] {
  const shown = chosenLanes(lesson, settings);
  return allLanes(lesson, settings).filter(({ lane }) => shown.includes(lane.id));
}

export function allLanes(lesson: Lesson, settings: Settings): LessonLane[] {
  const { base, lanes } = lesson.setup;
  return lanes.map((start) => {
    const variant = variantOf(lesson, settings)[start.id];
    const executor = variant?.executor ?? start.executor;
    const airflow = variant?.airflow ?? start.airflow;
    const config: Options = {
      ...base.config,
      ...start.patch.config,
      ...chosenOptions(lesson.controls, settings, start.id),
      ...variant?.fixed,
    };
    const dags = [...(lesson.dags[airflow] ?? [])];
    const lane: Lane = { id: start.id, executor, airflow, patch: { config } };
    return { lane, scenario: { ...base, executor, airflow, dags, config } };
  });
}

export function chosenLanes(lesson: Lesson, settings: Settings): string[] {
  const all = lesson.setup.lanes.map(({ id }) => id);
  const control = lesson.controls.find((one) => one.kind === 'segments' && one.chooses === 'lanes');
  const value = control ? settings[control.id] : undefined;
  return all.some((id) => id === value) ? all.filter((id) => id === value) : all;
}

function variantOf(lesson: Lesson, settings: Settings): Lesson['setup']['variants'][string] {
  const control = lesson.controls.find(
    (one) => one.kind === 'segments' && one.chooses === 'variant',
  );
  const value = control ? settings[control.id] : undefined;
  return lesson.setup.variants[String(value ?? '')] ?? {};
}

function chosenOptions(controls: readonly Control[], settings: Settings, lane: string): Options {
  const options: Options = {};
  for (const control of controls) {
    if (control.kind !== 'slider' || !control.lanes.includes(lane)) continue;
    options[control.option] = settings[control.id] ?? control.value;
  }
  return options;
}
