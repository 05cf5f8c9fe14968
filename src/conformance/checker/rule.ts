/**
 * The trigger rules once more, from the decision table of semantics 3.3, written as that table is:
 * for the states of the upstreams, may the task instance run, and which state does the rule write?
 */

export interface Counts {
  upstream: number;
  success: number;
  skipped: number;
  failed: number;
  upstream_failed: number;
  removed: number;
  /** Setups among the direct upstreams, and those of them that succeeded or were skipped. */
  setups: number;
  setupSuccess: number;
  setupSkipped: number;
}

export interface RuleAnswer {
  readonly runs: boolean;
  /** State that the rule writes, '' for none. */
  readonly early: string;
}

interface Given extends Counts {
  readonly done: number;
  readonly all: boolean;
  /** Removed ones that leave the count. */
  readonly gone: number;
  readonly bad: number;
  readonly is3: boolean;
}

type Row = (c: Given) => { early: string; runs: boolean };

const when = (condition: boolean, state: string): string => (condition ? state : '');

const TABLE: Readonly<Record<string, Row>> = {
  all_success: (c) => ({
    early: when(c.bad > 0, 'upstream_failed') || when(c.skipped > 0, 'skipped'),
    runs: c.upstream - c.success - c.gone <= 0,
  }),
  all_failed: (c) => ({
    early: when(c.success + c.skipped > 0, 'skipped'),
    runs: c.upstream - c.bad - c.gone <= 0,
  }),
  all_done: (c) => ({ early: '', runs: c.all }),
  all_done_min_one_success: (c) => ({
    early: when(c.skipped > 0, 'skipped') || when(c.all && c.success === 0, 'upstream_failed'),
    runs: c.skipped === 0 && c.success + c.bad >= c.upstream - c.removed && c.success >= 1,
  }),
  all_done_setup_success: (c) => ({
    early:
      when(c.all && c.setups > 0 && c.setupSkipped === c.setups, 'skipped') ||
      when(c.all && c.setups > 0 && c.setupSuccess === 0, 'upstream_failed'),
    runs: c.all && (c.setups === 0 || c.setupSuccess >= 1),
  }),
  one_success: (c) => ({
    early:
      when(c.all && c.done === c.skipped, 'skipped') ||
      when(c.all && c.success === 0, 'upstream_failed'),
    runs: c.success > 0,
  }),
  one_failed: (c) => ({ early: when(c.all && c.bad === 0, 'skipped'), runs: c.bad > 0 }),
  one_done: (c) => ({
    early: when(c.all && c.failed + c.success === 0, 'skipped'),
    runs: c.success + c.failed > 0,
  }),
  none_failed: (c) => ({
    early: when(c.bad > 0, 'upstream_failed'),
    runs: c.upstream - c.success - c.skipped - c.gone <= 0,
  }),
  none_failed_min_one_success: (c) => ({
    early:
      when(c.bad > 0, 'upstream_failed') ||
      when(c.skipped === c.upstream, 'skipped') ||
      when(c.is3 && c.all && c.success === 0, 'upstream_failed'),
    runs: c.upstream - c.success - c.skipped - c.gone <= 0 && (!c.is3 || c.success >= 1),
  }),
  none_skipped: (c) => ({
    early: when(c.skipped > 0, 'skipped'),
    runs: c.all && c.skipped === 0,
  }),
  all_skipped: (c) => ({
    early: when(c.success + c.bad > 0, 'skipped'),
    runs: c.upstream - c.skipped <= 0,
  }),
  always: () => ({ early: '', runs: true }),
};

/** `mapped`: the task instance has an index. null: a rule that the table does not have. */
export function answerOf(
  rule: string,
  counts: Counts,
  is3: boolean,
  mapped: boolean,
): RuleAnswer | null {
  const row = TABLE[rule];
  if (row === undefined) return null;
  if (counts.upstream === 0) return { early: '', runs: true };
  const { success, skipped, failed, upstream_failed: up, removed } = counts;
  const done = success + skipped + failed + up + removed;
  const gone = is3 || mapped ? removed : 0;
  return row({ ...counts, done, all: done >= counts.upstream, gone, bad: failed + up, is3 });
}

export function emptyCounts(): Counts {
  return {
    upstream: 0,
    success: 0,
    skipped: 0,
    failed: 0,
    upstream_failed: 0,
    removed: 0,
    setups: 0,
    setupSuccess: 0,
    setupSkipped: 0,
  };
}

export function addState(counts: Counts, state: string, isSetup: boolean): void {
  counts.upstream += 1;
  if (isSetup) counts.setups += 1;
  if (state === 'success') counts.success += 1;
  else if (state === 'skipped') counts.skipped += 1;
  else if (state === 'failed') counts.failed += 1;
  else if (state === 'upstream_failed') counts.upstream_failed += 1;
  else if (state === 'removed') counts.removed += 1;
  if (isSetup && state === 'success') counts.setupSuccess += 1;
  if (isSetup && state === 'skipped') counts.setupSkipped += 1;
}
