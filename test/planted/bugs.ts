/**
 * Rule errors that somebody could make, planted one at a time: does the recorded Airflow, the
 * checker or chance find each? `issue`: the same mistake was once in Airflow itself (its issue).
 */
export interface PlantedBug {
  readonly name: string;
  readonly issue?: string;
  /** Below src. */
  readonly file: string;
  /** Text that stands there at least once, and what the first place of it becomes. */
  readonly find: string;
  readonly put: string;
}

const bug = (name: string, file: string, find: string, put: string, issue?: string): PlantedBug =>
  issue === undefined ? { name, file, find, put } : { name, file, find, put, issue };

const shared = 'machines/taskInstance.shared.ts';
const machine = 'machines/taskInstance.machine.ts';
const limits = 'airflow/limits.ts';
const pass = 'airflow/rules/passCondition.ts';
const early = 'airflow/rules/earlyState.ts';

export const BUGS: readonly PlantedBug[] = [
  // Pools and limits
  bug(
    'a task takes one pool slot, however many it asks for',
    'airflow/taskInstance/commands.ts',
    '+= sign * tasks.poolSlots[task]!',
    '+= sign',
    '#15399',
  ),
  bug(
    'what a loop has given away is not counted against the pool',
    limits,
    'openSlots(ctx, pool) - taken.poolSlotsTaken(pool)',
    'openSlots(ctx, pool)',
    '#1275',
  ),
  bug(
    'queued task instances hold no pool slot',
    machine,
    "queue: to('queued', 'set_queued_dttm', 'take_pool_slots')",
    "queue: to('queued', 'set_queued_dttm')",
    '#1057',
  ),
  bug(
    'a full pool closes another one, too',
    'airflow/scheduler/starved.ts',
    'section.pools.mark(pool);',
    'section.pools.mark(pool), section.pools.mark(0);',
    '#23143',
  ),
  bug(
    'a task that wants more slots than the pool has fills it up',
    limits,
    'wanted > open || wanted > totalSlots(ctx, pool)',
    'false',
    '#20178',
  ),
  bug(
    'deferred task instances never count in their pool',
    limits,
    'return pools.occupied[pool]! + deferred',
    'return pools.occupied[pool]!',
  ),
  bug(
    'upstream_failed task instances count as active',
    'airflow/taskInstance/states.ts',
    'export const EXECUTION = tagged.execution;',
    'export const EXECUTION = tagged.execution | (1 << TI.upstream_failed);',
    '#11633',
  ),
  bug(
    'removed task instances count as active',
    'airflow/taskInstance/states.ts',
    'export const EXECUTION = tagged.execution;',
    'export const EXECUTION = tagged.execution | (1 << TI.removed);',
    '#13151',
  ),
  bug(
    'max_active_tasks lets one more in',
    limits,
    '< storedDag(ctx, dag).maxActiveTasks',
    '<= storedDag(ctx, dag).maxActiveTasks',
  ),
  bug(
    'max_active_runs lets one more start',
    'airflow/scheduler/startRuns.ts',
    'if (runningOf(ctx, run) >= limitOf(ctx, run)) continue;',
    'if (runningOf(ctx, run) > limitOf(ctx, run)) continue;',
  ),
  bug(
    'a lower priority goes first',
    'airflow/scheduler/rowMerge.ts',
    'return weights[a]! < weights[b]!',
    'return weights[a]! > weights[b]!',
  ),
  bug(
    'all rows of a run are read, not max_active_tasks of them',
    'airflow/scheduler/starved.ts',
    'if (!this.ctx.profile.queryWindowPerRun) return true;',
    'return true;',
  ),
  // Tries
  bug(
    'going back from queued raises the try',
    machine,
    "'scheduled', // T9",
    "'scheduled', 'increment_try_number',",
    '#57618',
  ),
  bug(
    'each poke of a rescheduled sensor is a try',
    machine,
    "schedule: to('scheduled', 'set_scheduled_dttm') }, // T19",
    "schedule: to('scheduled', 'increment_try_number', 'set_scheduled_dttm') },",
  ),
  bug(
    'the resume of a deferral is a try',
    shared,
    "to('scheduled', 'set_next_method', 'set_scheduled_dttm')",
    "to('scheduled', 'increment_try_number', 'set_next_method', 'set_scheduled_dttm')",
  ),
  bug(
    'one retry too few',
    'machines/taskInstance.setup.ts',
    'maxTries !== 0 && tryNumber <= maxTries',
    'maxTries !== 0 && tryNumber < maxTries',
  ),
  bug('a clear gives no new tries', shared, "  'raise_max_tries',\n", ''),
  bug(
    'the retry delay is one moment short',
    'airflow/dependencies/times.ts',
    'return due < ctx.sim.now',
    'return due <= ctx.sim.now + 1_000_000',
  ),
  // Trigger rules and runs
  bug(
    'all_success waits when an upstream is upstream_failed',
    early,
    'c.failed > 0 || c.upstreamFailed > 0',
    'c.failed > 0',
  ),
  bug(
    'all_failed takes failed upstreams only',
    pass,
    'c.failed + c.upstreamFailed, left',
    'c.failed, left',
  ),
  bug('one_done takes skipped upstreams', pass, 'c.success + c.failed, 1', 'c.done, 1'),
  bug(
    'none_failed does not take skipped upstreams',
    pass,
    'atLeast(out, WHY.failedOrUnfinished, c.success + c.skipped, left);\n    case',
    'atLeast(out, WHY.failedOrUnfinished, c.success, left);\n    case',
  ),
  bug(
    'one_success is skipped while others run',
    early,
    'if (!isDone(c)) return EARLY.none;\n  if (c.done',
    'if (c.done',
  ),
  bug(
    'depends_on_past looks at nothing',
    'airflow/dependencies/previousRun.ts',
    'const found = countUnsuccessful(ctx, previous, task)',
    'const found = 0',
  ),
  bug(
    'a failed leaf does not fail the run',
    'airflow/dagRun/runState.ts',
    '(isIn(FAILED_STATES, state)) failed = true',
    '(isIn(FAILED_STATES, state)) failed = false',
  ),
  bug(
    'tasks that depend on the past can be a deadlock',
    'airflow/dagRun/runState.ts',
    'dagRuns.unfinished_held[run] === 0 &&',
    '',
  ),
  bug(
    'a mapped task of length zero fails what follows',
    'airflow/dagRun/expand.ts',
    'if (length === 0) return EARLY.skipped',
    'if (length === 0) return EARLY.upstreamFailed',
  ),
  bug(
    'a false short circuit skips only the next task',
    'airflow/taskInstance/skipping.ts',
    'if (ignoreRules) addReachable',
    'if (!ignoreRules) addReachable',
  ),
  // Processes, executors, schedulers
  bug(
    'a task marked while it runs keeps its pool slots',
    shared,
    "mark_success: to('success', 'free_pool_slots', 'fill_dates')",
    "mark_success: to('success', 'fill_dates')",
  ),
  bug(
    'an end of an older try counts for the present one',
    'airflow/scheduler/executorEvents.ts',
    'tis.try_number[ti] !== event.try_number ||',
    '',
    '#9316',
  ),
  bug(
    'cleared task instances that are silent are looked for by nobody',
    'airflow/taskInstance/stateIndexes.ts',
    'if (!ctx.profile.processorEndsZombies) runningTis.add(ti);',
    '',
  ),
  bug(
    'a cleared process of 2.x ends without a word',
    'airflow/runner/supervisor.ts',
    "if (!config.is3) port.finish(rows.ti[w]!, rows.tryNumber[w]!, 'fail', NONE);",
    '',
    '#23520',
  ),
  bug(
    'a second delivery fails the healthy task',
    'airflow/runner/supervisor.ts',
    "if (answer !== 'started') return",
    "if (answer !== 'started') port.finish(rows.ti[w]!, rows.tryNumber[w]!, 'fail', NONE);\n    if (answer !== 'started') return",
    '#58441',
  ),
  bug(
    'an executor never frees the slot of an ended key',
    'airflow/executors/keyBook.ts',
    'this.counters.running -= 1;',
    '',
    '#41436',
  ),
  bug(
    'a worker process takes further work while it is busy',
    'airflow/executors/localExecutor.ts',
    'this.supervisor.takeSlot(w, this.lines.take(this.owner));',
    'const line = this.lines.take(this.owner);\nthis.supervisor.takeSlot(w, line);\nthis.lines.giveBack(line);',
  ),
  bug(
    'live schedulers are taken for dead',
    'airflow/scheduler/orphans.ts',
    'jobs.latest_heartbeat[job]! < limit',
    'jobs.latest_heartbeat[job]! > limit',
  ),
];
