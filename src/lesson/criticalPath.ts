/**
 * The chain of task instances that made a run as long as it was: from the last one to end back to
 * whichever let it start last, an upstream task or the task before it on its slot.
 */
import type { DagSpec } from '../airflow/spec.ts';
import type { LaneFacts, TiFacts } from './facts.ts';
import { runningSpan } from './facts.ts';

interface Bar {
  readonly ti: TiFacts;
  readonly from: number;
  readonly to: number;
  readonly slot: number;
}

/** Task ids from first to last; empty when nothing ran. */
export function criticalPath(lane: LaneFacts, dag: DagSpec): string[] {
  const bars = lane.taskInstances.flatMap((ti): Bar[] => {
    const span = ti.dag_id === dag.dag_id ? runningSpan(ti) : null;
    return span ? [{ ti, ...span, slot: ti.work.at(-1)?.slot ?? -1 }] : [];
  });
  const upstream = new Map(dag.tasks.map((task) => [task.task_id, task.upstream_task_ids]));
  const path: string[] = [];
  let bar = latest(bars);
  while (bar) {
    path.unshift(bar.ti.task_id);
    const { from, slot, ti } = bar;
    const above = upstream.get(ti.task_id) ?? [];
    bar = latest(
      bars.filter(
        (other) => other.to <= from && (other.slot === slot || above.includes(other.ti.task_id)),
      ),
    );
  }
  return path;
}

function latest(bars: readonly Bar[]): Bar | undefined {
  return bars.reduce<Bar | undefined>(
    (last, bar) => (last === undefined || bar.to > last.to ? bar : last),
    undefined,
  );
}

/** Microseconds of the longest chain of tasks in the graph, with nothing in between. */
export function longestChain(dag: DagSpec, lengthOf: (task: string) => number): number {
  const known = new Map<string, number>();
  const upstream = new Map(dag.tasks.map((task) => [task.task_id, task.upstream_task_ids]));
  const endOf = (task: string): number => {
    const found = known.get(task);
    if (found !== undefined) return found;
    const before = (upstream.get(task) ?? []).map(endOf);
    const end = Math.max(0, ...before) + lengthOf(task);
    known.set(task, end);
    return end;
  };
  return Math.max(0, ...dag.tasks.map((task) => endOf(task.task_id)));
}
