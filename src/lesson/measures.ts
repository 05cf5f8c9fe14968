/**
 * Numbers that prose may name: `RUN.LANE.MEASURE` of a run of the lesson (start, a solution, a trap,
 * a variant), and `dag.MEASURE` of the graph alone.
 */
import type { DagSpec } from '../airflow/spec.ts';
import { criticalPath, longestChain } from './criticalPath.ts';
import type { LaneFacts } from './facts.ts';
import { runningSpan } from './facts.ts';
import type { LessonNumber } from './lesson.ts';
import { peakOf } from './predicates/states.ts';

const US = 1_000_000;
const everyone = { lane: '', tasks: null, run: null };

type Measure = (lane: LaneFacts, dag: DagSpec) => LessonNumber | null;

const measures: Readonly<Record<string, Measure>> = {
  makespan: (lane) => lane.makespan,
  /** What the makespan has above the ideal of the longest chain, or of all tasks in a row. */
  over_chain: (lane, dag) => minus(lane.makespan, chainOf(dag)),
  over_work: (lane, dag) => minus(lane.makespan, workOf(dag)),
  path: (lane, dag) => criticalPath(lane, dag),
  steps: (lane, dag) => criticalPath(lane, dag).length,
  /** Mean time from one end along the path to the next start, the first from 0. */
  gap: (lane, dag) => gapOf(lane, dag),
  peak: (lane) => peakOf(lane, everyone, 'running', Infinity),
  slots: (lane) => lane.slots,
  loops: (lane) => lane.loops,
  held: (lane) => lane.holds.reduce((sum, { from, to }) => sum + Math.min(to, lane.end) - from, 0),
};

const ofGraph: Readonly<Record<string, (dag: DagSpec) => number>> = {
  tasks: (dag) => dag.tasks.length,
  work: workOf,
  chain: chainOf,
  longest: (dag) => Math.max(0, ...dag.tasks.map((task) => lengthOf(dag, task.task_id))),
};

/** Null when there is no such run or measure. */
export function numberAt(
  path: string,
  runs: ReadonlyMap<string, ReadonlyMap<string, LaneFacts>>,
  dag: DagSpec,
): LessonNumber | null {
  const [run = '', lane = '', name = ''] = path.split('.');
  if (run === 'dag') return ofGraph[lane]?.(dag) ?? null;
  const facts = runs.get(run)?.get(lane);
  return facts ? (measures[name]?.(facts, dag) ?? null) : null;
}

function minus(us: number | null, ideal: number): number | null {
  return us === null ? null : us - ideal;
}

function lengthOf(dag: DagSpec, id: string): number {
  const task = dag.tasks.find((one) => one.task_id === id);
  return Math.round((task?.behaviour?.duration_s ?? 0) * US);
}

function workOf(dag: DagSpec): number {
  return dag.tasks.reduce((sum, task) => sum + lengthOf(dag, task.task_id), 0);
}

function chainOf(dag: DagSpec): number {
  return longestChain(dag, (task) => lengthOf(dag, task));
}

function gapOf(lane: LaneFacts, dag: DagSpec): number | null {
  const path = criticalPath(lane, dag);
  let [sum, end] = [0, 0];
  for (const id of path) {
    const ti = lane.taskInstances.find((one) => one.task_id === id);
    const span = ti && runningSpan(ti);
    if (!span) return null;
    sum += span.from - end;
    end = span.to;
  }
  return path.length === 0 ? null : Math.round(sum / path.length);
}
