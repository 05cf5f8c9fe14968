/**
 * What a row of task_instance keeps from the version of the DAG that made it (3.3.2 and 2.11.2, run
 * with the real releases): pool, pool_slots, queue, priority_weight and executor stay as they were
 * when the run goes on by a later version, until the task instance is cleared. So a task has a row
 * in the plan for each of these, beside that of its own version, where they differ.
 */
import type { DagSpec, TaskSpec } from '../spec.ts';

export interface StoredFields {
  readonly pool: string;
  readonly poolSlots: number;
  readonly queue: string;
  readonly executor: string | null;
  readonly weight: number;
}

export function storedFields(task: TaskSpec, weight: number): StoredFields {
  const { pool, pool_slots: poolSlots, queue, executor } = task;
  return { pool, poolSlots, queue, executor, weight };
}

export function storedKey(fields: StoredFields): string {
  const { pool, poolSlots, queue, executor, weight } = fields;
  return JSON.stringify([pool, poolSlots, queue, executor, weight]);
}

/** By task id: what the versions of one DAG store, each once. */
export type StoredBook = ReadonlyMap<string, readonly StoredFields[]>;

/** `weights`: priority weights of a version by position. */
export function storedBook(
  versions: readonly DagSpec[],
  weights: (spec: DagSpec) => readonly number[],
): StoredBook {
  const book = new Map<string, Map<string, StoredFields>>();
  for (const spec of versions) {
    const weightOf = weights(spec);
    spec.tasks.forEach((task, i) => {
      const fields = storedFields(task, weightOf[i]!);
      const known = book.get(task.task_id) ?? new Map<string, StoredFields>();
      book.set(task.task_id, known.set(storedKey(fields), fields));
    });
  }
  return new Map([...book].map(([id, known]) => [id, [...known.values()]]));
}

export interface KeptFields {
  readonly position: number;
  readonly fields: StoredFields;
}

/** What rows of a version's tasks may have kept from other versions of the DAG. */
export function keptFields(
  book: StoredBook | undefined,
  spec: DagSpec,
  weights: readonly number[],
): readonly KeptFields[] {
  if (book === undefined) return [];
  return spec.tasks.flatMap((task, position) => {
    const own = storedKey(storedFields(task, weights[position]!));
    const others = (book.get(task.task_id) ?? []).filter((fields) => storedKey(fields) !== own);
    return others.map((fields) => ({ position, fields }));
  });
}
