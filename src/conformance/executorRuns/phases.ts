/** The gaps between two steps of a try, by their medians (executor-runs/README.md, section 4). */
import type { RecordedGiven, RecordedRun } from './recordedRun.ts';

/** One try, in seconds after the first trigger; null where the step was not seen. */
export interface Attempt {
  readonly run: number;
  readonly task: string;
  readonly map_index: number;
  readonly try_number: number;
  readonly scheduled: number | null;
  readonly queued: number | null;
  readonly start: number | null;
  readonly body: number | null;
  readonly end: number | null;
  /** When the scheduler read the executor's report. */
  readonly event: number | null;
}

/** One DAG run of a workload. */
export interface RunTimes {
  readonly dag_id: string;
  readonly trigger: number;
  readonly start: number | null;
  readonly end: number | null;
}

export interface Observed {
  readonly runs: readonly RunTimes[];
  readonly attempts: readonly Attempt[];
}

export type Phases = Readonly<Record<string, number | null>>;

/** Medians in seconds; null when a gap does not occur. */
export function phasesOf(given: RecordedGiven, observed: Observed): Phases {
  const upstreams = upstreamOf(given);
  const { attempts, runs } = observed;
  return {
    'trigger -> run running': median(runs.map(({ trigger, start }) => gap(trigger, start))),
    'upstream end -> scheduled': median(
      attempts.map((one) => gap(readyAt(one, observed, upstreams), one.scheduled)),
    ),
    'upstream end -> queued': median(
      attempts.map((one) => gap(readyAt(one, observed, upstreams), one.queued)),
    ),
    'scheduled -> queued': median(attempts.map((one) => gap(one.scheduled, one.queued))),
    'queued -> start': median(attempts.map((one) => gap(one.queued, one.start))),
    'start -> body begins': median(attempts.map((one) => gap(one.start, one.body))),
    'task end -> executor event': median(attempts.map(promptEvent)),
    'supervisor lingers (share)': lingerShare(attempts),
    'last task end -> run end': median(
      runs.map(({ end }, run) => gap(lastEnd(attempts, run), end)),
    ),
  };
}

/** Of the supervisors that end at once: the others are a share of their own. */
function promptEvent({ end, event }: Attempt): number | null {
  const wait = gap(end, event);
  return wait === null || wait >= LATE_S ? null : wait;
}

/** Executor events that come a whole heartbeat interval late, as a share. */
function lingerShare(attempts: readonly Attempt[]): number | null {
  const waits = attempts.map((one) => gap(one.end, one.event)).filter((wait) => wait !== null);
  if (waits.length === 0) return null;
  return waits.filter((wait) => wait >= LATE_S).length / waits.length;
}

const LATE_S = 4.5;

export function recordedTimes(run: RecordedRun): Observed {
  const { triggers } = run.given;
  return {
    runs: run.expect.runs.map((one) => ({
      dag_id: one.dag_id,
      trigger: triggers.find(([, dag]) => dag === one.dag_id)?.[0] ?? 0,
      start: one.start_date,
      end: one.end_date,
    })),
    attempts: run.expect.tis.map((ti) => ({
      ...ti,
      task: ti.task_id,
      body: firstFrom(
        ti.bodies.map(([, begin]) => begin),
        ti.start,
      ),
      event: firstFrom(
        ti.executor_events.filter(([, state]) => ENDS.has(state)).map(([at]) => at),
        ti.end,
      ),
    })),
  };
}

/**
 * A sensor that reschedules has a body and an event per poke, and the columns of its row tell of
 * the last one: the first time that is not before the column's. Null: there is none.
 */
export function firstFrom(times: readonly number[], column: number | null): number | null {
  if (column === null) return null;
  return times.find((at) => at >= column) ?? null;
}

const ENDS: ReadonlySet<string> = new Set(['success', 'failed']);

export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const middle = known.length >> 1;
  const high = known[middle]!;
  return known.length % 2 === 1 ? high : (known[middle - 1]! + high) / 2;
}

function gap(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

function upstreamOf(given: RecordedGiven): ReadonlyMap<string, readonly string[]> {
  const entries = given.dags.flatMap((dag) =>
    dag.tasks.map((task) => [`${dag.dag_id}/${task.task_id}`, task.upstream] as const),
  );
  return new Map(entries);
}

/** End of the last upstream of a first try; null for roots and later tries. */
function readyAt(
  attempt: Attempt,
  { runs, attempts }: Observed,
  upstreams: ReadonlyMap<string, readonly string[]>,
): number | null {
  if (attempt.try_number > 1) return null;
  const names = upstreams.get(`${runs[attempt.run]?.dag_id}/${attempt.task}`) ?? [];
  const ends = attempts
    .filter((one) => one.run === attempt.run && names.includes(one.task))
    .map((one) => one.end);
  if (ends.length === 0 || ends.includes(null)) return null;
  return Math.max(...ends.map((end) => end ?? 0));
}

function lastEnd(attempts: readonly Attempt[], run: number): number | null {
  const ends = attempts.filter((one) => one.run === run).map((one) => one.end ?? 0);
  return ends.length === 0 ? null : Math.max(...ends);
}
