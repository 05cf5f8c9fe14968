/** How a task instance came to its end: the chain of log records that led there, oldest first. */
import { NONE } from './entries.ts';
import type { LaneInfo, Reason } from './frame.ts';
import { countUntil } from './search.ts';
import type { Timeline } from './timeline.ts';

export interface Cause {
  t: number;
  reason: Reason;
  state: string | null;
  root: boolean;
}

/** A longer chain is cut at its old end. */
const LONGEST = 12;

/** What the log does not say and the scenario does. */
export interface Facts {
  /** Sequence number of the record that led to a record, -1 for none. */
  causeOf(seq: number): number;
  /** Airflow's name of the trigger rule of a task instance. */
  rule(ti: number): string;
  retries(ti: number): number;
}

export interface Told {
  readonly timeline: Timeline;
  readonly info: LaneInfo;
  readonly facts: Facts;
}

export function causesOf(told: Told, ti: number, t: number): Cause[] {
  const { timeline } = told;
  const chain: Cause[] = [];
  let entry = endEntry(timeline, ti, t);
  while (entry !== NONE && chain.length < LONGEST) {
    const before = causeEntry(told, entry);
    chain.unshift(causeAt(told, entry, before));
    entry = before;
  }
  const root = chain[0];
  if (root) root.root = true;
  return chain;
}

/** The move into its present end. */
function endEntry(timeline: Timeline, ti: number, t: number): number {
  const { entries, numbers } = timeline;
  let found = NONE;
  for (let at = timeline.heads[ti] ?? NONE; at !== NONE && entries.t[at]! <= t;) {
    const state = entries.state[at]!;
    const before = entries.prev[at]!;
    const entered = before === NONE || entries.state[before] !== state;
    if (numbers.finished[state] === 1 && entered) found = at;
    at = entries.next[at]!;
  }
  return found;
}

/** The end of another task instance that led to this one, along the causes of the log. */
function causeEntry({ timeline, facts }: Told, entry: number): number {
  const { entries, numbers } = timeline;
  const ti = entries.ti[entry]!;
  let seq = facts.causeOf(entries.seq[entry]!);
  for (let hops = 0; seq >= 0 && hops < 1000; hops++) {
    const at = entryAt(timeline, seq);
    if (at !== NONE && entries.ti[at] !== ti && numbers.finished[entries.state[at]!] === 1) {
      return at;
    }
    seq = facts.causeOf(seq);
  }
  return NONE;
}

/** The entry that a record made, NONE when it made none. */
function entryAt({ entries }: Timeline, seq: number): number {
  const at = countUntil(entries.seq, seq, entries.length) - 1;
  return at >= 0 && entries.seq[at] === seq ? at : NONE;
}

function causeAt(told: Told, entry: number, before: number): Cause {
  const { entries, codes } = told.timeline;
  const ti = entries.ti[entry]!;
  const state = codes.tiStates[entries.state[entry]!] ?? 'none';
  const t = entries.t[entry]!;
  const reason: Reason = {
    code: 'unknown',
    option: null,
    actual: null,
    limit: null,
    since: t,
    params: { task: nameOf(told.info, ti), try: entries.tryNumber[entry]! },
  };
  if (state === 'failed') {
    const retries = told.facts.retries(ti);
    return cause(t, state, { ...reason, code: 'failed_code', limit: retries });
  }
  if (before === NONE) {
    return cause(t, state, state === 'skipped' ? { ...reason, code: 'skipped_itself' } : reason);
  }
  return cause(t, state, { ...reason, ...becauseOf(told, ti, before, state) });
}

function becauseOf(
  { timeline, info, facts }: Told,
  ti: number,
  before: number,
  state: string,
): Pick<Reason, 'code' | 'params'> {
  const { entries, codes } = timeline;
  const cause_state = codes.tiStates[entries.state[before]!] ?? 'none';
  const branch = state === 'skipped' && cause_state === 'success';
  const waiting = nameOf(info, entries.ti[before]!);
  const params = { waiting, cause_state, rule: facts.rule(ti) };
  return { code: branch ? 'skipped_by_branch' : 'why_not_run', params };
}

function cause(t: number, state: string, reason: Reason): Cause {
  return { t, reason, state, root: false };
}

function nameOf(info: LaneInfo, ti: number): string {
  const label = info.labels[ti];
  if (!label) return '';
  return label.map_index < 0 ? label.task_id : `${label.task_id} [${label.map_index}]`;
}
