/**
 * I9: a task instance leaves none only when its rule holds over the states of its upstreams, and a
 * rule writes skipped and upstream_failed only where the table says so.
 *
 * A pass of the scheduler decides on the states as they were when it began and writes at its end,
 * so an answer counts if it fits the states now or those before the present instant.
 */
import type { Check } from './check.ts';
import type { TaskFacts } from './facts.ts';
import { FINISHED, type Replay, type TiRow } from './replay.ts';
import { addState, answerOf, emptyCounts, type Counts, type RuleAnswer } from './rule.ts';

type StateOf = (row: TiRow, now: number) => string;

const present: StateOf = (row) => row.state;
const atFirst: StateOf = (row, now) => (row.changedAt === now ? row.before : row.state);

const STARTS = new Set(['schedule', 'succeed_empty', 'defer_at_start']);
const WRITES: Readonly<Record<string, string>> = {
  rule_skip: 'skipped',
  rule_upstream_failed: 'upstream_failed',
};

export const soundness: Check = {
  invariant: 'I9',
  see({ machine, event, from, entity, t }, replay) {
    const row = machine === 'task_instance' ? replay.tis[entity] : undefined;
    if (row === undefined || row.task.spec.in_mapped_group) return null;
    if (STARTS.has(event)) return from === 'up_for_reschedule' ? null : startsWell(row, replay, t);
    const state = WRITES[event];
    return state === undefined ? null : wellWritten(row, replay, t, state);
  },
};

function startsWell(row: TiRow, replay: Replay, now: number): string | null {
  const good = [present, atFirst].some((stateOf) => mayRun(row, replay, now, stateOf));
  if (good) return null;
  const { trigger_rule: rule } = row.task.spec;
  return `it is scheduled, but ${rule} does not hold: ${upstreamText(row, replay)}`;
}

function mayRun(row: TiRow, replay: Replay, now: number, stateOf: StateOf): boolean {
  const answer = ask(row, replay, now, stateOf);
  if (answer === null || !answer.runs) return false;
  if (row.task.spec.trigger_rule === 'always' || row.task.up.length === 0) return true;
  if (row.task.spec.is_teardown) return !replay.is3 || scopeDone(row, replay, now, stateOf);
  return setupsOf(row.task).every((setup) =>
    replay.rowsOf(row.run, setup).every((each) => {
      const state = stateOf(each, now);
      return state === 'success' || (state === 'removed' && row.mapIndex >= 0);
    }),
  );
}

function wellWritten(row: TiRow, replay: Replay, now: number, state: string): string | null {
  if (row.task.spec.is_mapped || row.task.spec.expand !== null) return null;
  const states = [present, atFirst];
  if (states.some((stateOf) => ask(row, replay, now, stateOf)?.early === state)) return null;
  if (state === 'skipped' && row.task.up.some((up) => decided(up, row, replay))) return null;
  const fits = state === 'skipped' ? ['skipped'] : ['failed', 'upstream_failed'];
  const bySetup = setupsOf(row.task).some((setup) =>
    replay
      .rowsOf(row.run, setup)
      .some((each) => states.some((stateOf) => fits.includes(stateOf(each, now)))),
  );
  if (bySetup && !row.task.spec.is_teardown) return null;
  const { trigger_rule: rule } = row.task.spec;
  return `it is marked ${state}, but ${rule} says no such thing: ${upstreamText(row, replay)}`;
}

/** A branch or a short circuit before it has ended. */
function decided(up: TaskFacts, row: TiRow, replay: Replay): boolean {
  if (!up.spec.can_skip_downstream) return false;
  return replay.rowsOf(row.run, up).some((each) => FINISHED.has(each.state));
}

function ask(row: TiRow, replay: Replay, now: number, stateOf: StateOf): RuleAnswer | null {
  const counts = countUpstream(row, replay, now, stateOf);
  return answerOf(row.task.spec.trigger_rule, counts, replay.is3, row.mapIndex >= 0);
}

function countUpstream(row: TiRow, replay: Replay, now: number, stateOf: StateOf): Counts {
  const counts = emptyCounts();
  let mapped = false;
  for (const up of row.task.up) {
    if (up.spec.is_mapped || up.spec.in_mapped_group) mapped = true;
    for (const each of replay.rowsOf(row.run, up)) {
      addState(counts, stateOf(each, now), up.spec.is_setup);
    }
  }
  if (!mapped) counts.upstream = row.task.up.length;
  return counts;
}

/** Setups further up that must have succeeded: without teardown, or torn down after the task. */
function setupsOf(task: TaskFacts): TaskFacts[] {
  const below = reach(task, (at) => at.down);
  return [...reach(task, (at) => at.up)].filter((each) => {
    if (!each.spec.is_setup || task.up.includes(each)) return false;
    const teardowns = each.down.filter((down) => down.spec.is_teardown);
    return teardowns.length === 0 || teardowns.some((down) => below.has(down));
  });
}

/** 3.x: all between the setups of a teardown and itself are finished. */
function scopeDone(row: TiRow, replay: Replay, now: number, stateOf: StateOf): boolean {
  const above = reach(row.task, (at) => at.up);
  const between = row.task.up
    .filter((up) => up.spec.is_setup)
    .flatMap((setup) => [...reach(setup, (at) => at.down)].filter((each) => above.has(each)));
  return between.every((each) =>
    replay.rowsOf(row.run, each).every((other) => FINISHED.has(stateOf(other, now))),
  );
}

function reach(task: TaskFacts, next: (at: TaskFacts) => readonly TaskFacts[]): Set<TaskFacts> {
  const seen = new Set<TaskFacts>();
  const open = [...next(task)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next(at));
  }
  return seen;
}

function upstreamText(row: TiRow, replay: Replay): string {
  return row.task.up
    .map((up) => {
      const states = replay.rowsOf(row.run, up).map(({ state }) => state);
      return `${up.spec.task_id} ${states.join('+')}`;
    })
    .join(', ');
}
