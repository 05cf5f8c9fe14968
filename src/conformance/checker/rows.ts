/** I6: what was created is there; the indexes of a mapped task are 0, 1, 2 ... once each. */
import type { Check } from './check.ts';
import type { TiRow } from './replay.ts';

export const conservation: Check = {
  invariant: 'I6',
  see: () => null,
  end({ runs, tis }) {
    const created = runs.reduce((sum, run) => sum + run.tis.length, 0);
    const rows = tis.filter((row) => row !== undefined).length;
    if (created !== rows) return `${created} task instances were created, ${rows} are there`;
    for (const run of runs) {
      for (const [task, rowsOfTask] of run.byTask) {
        const wrong = indexesOf(rowsOfTask);
        if (wrong !== null) return `${run.runId} ${task.spec.task_id}: ${wrong}`;
      }
    }
    return null;
  },
};

function indexesOf(rows: readonly TiRow[]): string | null {
  const indexes = rows.map((row) => row.mapIndex).sort((a, b) => a - b);
  const first = indexes[0] ?? -1;
  const good = first < 0 ? indexes.length === 1 : indexes.every((index, i) => index === i);
  return good ? null : `map indexes ${indexes.join(', ')}`;
}
