/** Everything that a lesson names must exist: blocks of text, lanes, tasks, controls, goals. */
import type { DagSpec } from '../airflow/spec.ts';
import type { Lesson } from './lesson.ts';
import { LOCALES } from './lesson.ts';
import { namesUsed } from './names.ts';
import type { NameKind } from './names.ts';
import type { Source } from './reader.ts';

export function checkReferences(lesson: Lesson, source: Source): void {
  const known = namesOf(lesson);
  for (const { what, name, path } of namesUsed(lesson)) {
    if (known[what].has(name)) continue;
    source.report(path, 'lesson_name_unknown', { what, name, known: [...known[what]] });
  }
  checkTwice(lesson, source);
}

function namesOf(lesson: Lesson): Record<NameKind, ReadonlySet<string>> {
  const ids = (all: readonly { id: string }[]): Set<string> => new Set(all.map(({ id }) => id));
  const specs: DagSpec[] = Object.values(lesson.dags).flatMap((dags) => dags ?? []);
  const inAll = LOCALES.map((locale) => new Set(Object.keys(lesson.texts[locale])));
  return {
    block: new Set([...(inAll[0] ?? [])].filter((name) => inAll.every((set) => set.has(name)))),
    lane: ids(lesson.setup.lanes),
    task: new Set(specs.flatMap((dag) => dag.tasks.map((task) => task.task_id))),
    control: ids(lesson.controls),
    prediction: ids(lesson.predictions),
    goal: ids(lesson.goals),
    trap: ids(lesson.traps),
    hint: ids(lesson.onError),
    dag: new Set(specs.map((dag) => dag.dag_id)),
  };
}

/** Every version of the lesson has the structures of its DAGs, and no lane runs under another. */
export function checkVersions(lesson: Lesson, source: Source): void {
  const { lanes, variants, dagIds } = lesson.setup;
  const used = [...lanes, ...Object.values(variants).flatMap((one) => Object.values(one))];
  for (const { airflow } of used) {
    if (lesson.versions.includes(airflow)) continue;
    source.report(['versions'], 'lesson_version_unlisted', { version: airflow });
  }
  lesson.versions.forEach((version, i) => {
    const there = (lesson.dags[version] ?? []).map((dag) => dag.dag_id);
    for (const dag of dagIds.filter((id) => !there.includes(id))) {
      source.report(['versions', i], 'lesson_dag_missing', { dag, version });
    }
  });
}

function checkTwice(lesson: Lesson, source: Source): void {
  const lists = {
    controls: lesson.controls,
    predict: lesson.predictions,
    goals: lesson.goals,
    onError: lesson.onError,
  };
  for (const [key, all] of Object.entries(lists)) {
    all.forEach(({ id }, i) => {
      if (all.findIndex((one) => one.id === id) === i) return;
      source.report([key, i, 'id'], 'lesson_id_twice', { name: id });
    });
  }
}
