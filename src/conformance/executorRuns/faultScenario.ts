/**
 * A recorded run as a Scenario with what was done to it: kills become faults, clears and marks
 * become user actions, at their recorded times. The machine was busy with other work then
 * (executor-runs/README.md, 2), so what depends on it is taken from the recording: how long a start
 * takes, and when a worker or a scheduler that was started was ready: "start X" is only when its
 * process was started, up to a minute before.
 */
import { kindOf } from '../../airflow/faults/catalogue.ts';
import { parsePart } from '../../airflow/faults/index.ts';
import type { Fault, Scenario, UserAction } from '../../airflow/scenario.ts';
import { median } from './phases.ts';
import type { RecordedRun, RecordedTi } from './recordedRun.ts';
import { SETTLED_S, toScenario } from './toScenario.ts';

/** A worker that was not ready this long after its first message was sent came late. */
const LATE_S = 3;

type Deed = { readonly fault: Omit<Fault, 'at_s'> } | { readonly action: Action } | null;
type Action = 'clear' | 'mark' | 'pause' | 'unpause';

const TASK = 'task:fault_long/*/long';
const RUN = 'recorded_';

/** What was done, in the words of the recording. */
const DEEDS: Readonly<Record<string, Deed>> = {
  'SIGKILL api-server': fault('kill', 'api-server'),
  // Started at 21 s, it answered only after the end of the watch (README of the set, fact 10).
  'start api-server': null,
  'SIGKILL dag-processor': fault('kill', 'dag-processor'),
  'start dag-processor': fault('restore', 'dag-processor'),
  'SIGKILL scheduler': fault('kill', 'scheduler-1'),
  'SIGKILL scheduler with its worker processes': fault('kill', 'scheduler-1', { children: 'die' }),
  'SIGKILL scheduler main process only': fault('kill', 'scheduler-1', { children: 'live' }),
  'start scheduler': fault('restore', 'scheduler-1'),
  'SIGKILL triggerer': fault('kill', 'triggerer-1'),
  'start triggerer': fault('restore', 'triggerer-1'),
  'stop PostgreSQL': fault('kill', 'database'),
  'start PostgreSQL': fault('restore', 'database'),
  'SIGSTOP redis': fault('silent', 'broker'),
  'SIGCONT redis': fault('restore', 'broker'),
  'stop redis (nothing kept on disk)': fault('stop', 'broker', { keeps: 'no' }),
  'start redis': fault('restore', 'broker'),
  'SIGKILL task process': fault('kill', TASK),
  'SIGKILL supervisor of the task': fault('kill', TASK, { process: 'supervisor' }),
  'SIGKILL worker-1 with all its processes': fault('kill', 'worker-1'),
  'SIGKILL worker-1 main process only': fault('kill', 'worker-1', { process: 'main' }),
  'SIGTERM worker-1': fault('stop', 'worker-1'),
  'clear task long': { action: 'clear' },
  'mark task long failed': { action: 'mark' },
  'pause DAG': { action: 'pause' },
  'unpause DAG': { action: 'unpause' },
  // The task's queue says it; the recorder only wrote it down.
  'task stranded is queued for a queue without a worker': null,
};

function fault(what: string, part: string, args?: Fault['args']): Deed {
  return { fault: args === undefined ? { what, part } : { what, part, args } };
}

/** What of the recording has no counterpart yet; null when everything has one. */
export function unknownDeed(run: RecordedRun): string | null {
  for (const [, text] of run.given.faults ?? []) {
    if (isPassive(text)) continue;
    const deed = DEEDS[text];
    if (deed === undefined) return text;
    if (deed !== null && 'fault' in deed && !isKnown(deed.fault)) return text;
  }
  return null;
}

function isKnown({ what, part }: Omit<Fault, 'at_s'>): boolean {
  const named = parsePart(part);
  return named !== null && kindOf(what, named.kind) !== null;
}

/** Written down by the recorder: a process that had ended by itself, a worker that was started. */
function isPassive(text: string): boolean {
  return text.startsWith('found ended') || text.startsWith('start worker-');
}

export function faultScenario(run: RecordedRun): Scenario {
  const base = toScenario(run, 1, 0.5);
  const zero = SETTLED_S + 0.5 - Math.min(...run.given.triggers.map(([at]) => at));
  const done = run.given.faults ?? [];
  const { tis } = run.expect;
  return {
    ...base,
    // What had ended in the recording may take longer here, and the other way round.
    until_s: zero + (isOver(run) ? base.until_s : (run.expect.watched_s ?? base.until_s)),
    fleet: { ...base.fleet, workers: [...base.fleet.workers, ...lateComers(run, base)] },
    actions: [
      ...base.actions.map(named),
      ...done.flatMap(([at, text]) => actionOf(run, zero + at, text)),
    ],
    faults: [
      ...workersOf(run, zero),
      ...done.flatMap(([at, text]): Fault[] => {
        const deed = DEEDS[text];
        const when = zero + (text === 'start scheduler' ? schedulerReady(run, at) : at);
        return deed && 'fault' in deed ? [{ at_s: when, ...deed.fault }] : [];
      }),
    ].sort((a, b) => a.at_s - b.at_s),
    latencies: {
      ...base.latencies,
      'host.cores': 0,
      'worker.boot': 0,
      'task.start_up': gap(tis, (ti) => [ti.start, ti.bodies[0]?.[1] ?? null]),
    },
  };
}

function isOver({ expect }: RecordedRun): boolean {
  return expect.runs.every((each) => each.end_date !== null);
}

/** So that a clear and a mark can name the run. */
function named(action: UserAction, index: number): UserAction {
  return action.action === 'trigger' ? { ...action, run_id: `${RUN}${index}` } : action;
}

/** Median seconds between two steps of the tries, 0 where there is none. */
function gap(
  tis: readonly RecordedTi[],
  steps: (ti: RecordedTi) => readonly [number | null, number | null],
): number {
  const gaps = tis.map((ti) => {
    const [from, to] = steps(ti);
    return from === null || to === null || to < from ? null : to - from;
  });
  return median(gaps) ?? 0;
}

/** Workers that the recording started in the middle. */
function lateComers(run: RecordedRun, base: Scenario): Scenario['fleet']['workers'] {
  const names = (run.given.faults ?? []).flatMap(
    ([, text]) => /^start (worker-\d+)$/.exec(text)?.[1] ?? [],
  );
  const [first] = base.fleet.workers;
  return first ? names.map((name) => ({ ...first, name })) : [];
}

/** A worker is down until it received its first message, when that was late. */
function workersOf(run: RecordedRun, zero: number): Fault[] {
  const started = (run.given.faults ?? []).filter(([, text]) => text.startsWith('start worker-'));
  return [...run.given.workers.map(({ name }) => name), ...started.map(([, text]) => text.slice(6))]
    .map((name, index) => ({ name, part: `worker-${index + 1}`, first: firstReceived(run, name) }))
    .filter(({ name, first }) => first > readyBy(run, name))
    .flatMap(({ part, first }): Fault[] => [
      { at_s: 0, what: 'kill', part },
      ...(first < Infinity ? [{ at_s: zero + first, what: 'restore', part }] : []),
    ]);
}

/** A second before it did something for the first time after its start. */
function schedulerReady(run: RecordedRun, started: number): number {
  const acts = run.expect.tis.flatMap(({ scheduled, queued }) => scheduled ?? queued ?? []);
  const first = Math.min(...acts.filter((at) => at > started));
  return first < Infinity ? Math.max(started, first - 1) : started;
}

function readyBy(run: RecordedRun, name: string): number {
  const given = run.given.workers.some((worker) => worker.name === name);
  const sent = Math.min(...run.expect.tis.map((ti) => ti.executor_events[0]?.[0] ?? Infinity));
  return given ? sent + LATE_S : -1;
}

/** A resumed try was received twice, and only its later message is written down. */
function firstReceived(run: RecordedRun, name: string): number {
  const times = run.expect.tis.map(({ celery, start }) => {
    if (celery?.worker !== name) return Infinity;
    return Math.min(celery.received ?? Infinity, start ?? Infinity);
  });
  return Math.min(...times);
}

function actionOf(run: RecordedRun, at_s: number, text: string): UserAction[] {
  const deed = DEEDS[text];
  if (!deed || !('action' in deed)) return [];
  const dag_id = run.given.dags[0]!.dag_id;
  const place = { at_s, dag_id, run_id: `${RUN}0` };
  if (deed.action === 'clear') return [{ ...place, action: 'clear', task_ids: ['long'] }];
  if (deed.action === 'mark') {
    return [{ ...place, action: 'mark_task', task_id: 'long', state: 'failed' }];
  }
  return [{ at_s, action: deed.action, dag_id }];
}
