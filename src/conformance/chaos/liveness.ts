/**
 * I5, I8: at the end everything is done, or what waits has a true reason for ever: each waiting
 * task instance names a gate, and following who it waits for leads to something that cannot pass
 * (a paused DAG, a pool that is too small ...) or that is on its way.
 */
import type { Engine } from '../../airflow/engine.ts';
import { DAG_RUN, TI, taskInstance } from '../../machines/index.ts';
import { must } from '../../base/assert.ts';
import { us } from '../../base/time.ts';
import type { Violation } from '../checker/check.ts';
import { blockersOf, type Waiting } from './blockers.ts';
import { lastChanges } from './lastChanges.ts';

/** Whoever changed in the last so many seconds is on its way. */
const MOVING_US = us(150_000_000);

/** Loops in which whoever is merely waiting for the next one has gone on. */
const FURTHER_US = 30_000_000;

/** A row whose turn is next can be overtaken by newer ones again and again. */
const MOST_LOOKS = 5;

export function liveness(engine: Engine): Violation | null {
  if (engine.done()) return null;
  const waiting = unfinished(engine, 0);
  let lost = unexplained(waiting, false);
  if (lost.length === 0 && !waiting.some(isNext)) return null;
  let suspects = new Set(waiting.map(({ ti }) => ti));
  for (let look = 1; look < MOST_LOOKS; look++) {
    const since = engine.simulation.now;
    engine.simulation.run({ until: us(since + FURTHER_US) });
    lost = unexplained(unfinished(engine, since), true).filter(({ ti }) => suspects.has(ti));
    if (lost.length === 0) return null;
    suspects = new Set(lost.map(({ ti }) => ti));
  }
  const first = must(lost[0], 'somebody is lost');
  const invariant = first.codes.length > 0 ? 'I5' : 'I8';
  return { invariant, record: -1, sentence: textOf(engine, first) };
}

/** Nothing but loops are missing: true only for those that have moved at the next look. */
function isNext({ codes }: Waiting): boolean {
  return codes.length > 0 && codes.every((code) => LOOPS.has(code));
}

const LOOPS = new Set(['scheduler_loop', 'run_turn_wait']);

/** Those from whom no chain of reasons leads to an end. `again`: loops have passed since a look. */
function unexplained(waiting: readonly Waiting[], again: boolean): Waiting[] {
  const roots = waiting.filter((each) => each.roots || (isNext(each) && (!again || each.fresh)));
  const explained = new Set(roots.map((each) => each.ti));
  for (let before = -1; before !== explained.size;) {
    before = explained.size;
    for (const { ti, blockers } of waiting) {
      if (blockers.some((each) => explained.has(each))) explained.add(ti);
    }
  }
  return waiting.filter(({ ti }) => !explained.has(ti));
}

/** `since`: whoever has changed after that moment is fresh. */
function unfinished(engine: Engine, since: number): Waiting[] {
  const { taskInstances: tis, dagRuns } = engine.ctx.world;
  const { now } = engine.simulation;
  const changes = lastChanges(engine);
  const waiting: Waiting[] = [];
  for (let ti = 0; ti < tis.rows; ti++) {
    const state = tis.state[ti]!;
    const runState = dagRuns.state[tis.dag_run[ti]!]!;
    if (dagRuns.deleted[tis.dag_run[ti]!] === 1) continue;
    const open = runState === DAG_RUN.queued || runState === DAG_RUN.running;
    if (!open || ((taskInstance.tagged.finished >>> state) & 1) === 1) continue;
    const { roots, blockers, codes } = blockersOf(engine, ti);
    const itself = now - (changes.tis.get(ti) ?? 0) < MOVING_US && state !== TI.none;
    const run = now - (changes.runs.get(tis.dag_run[ti]!) ?? 0) < MOVING_US;
    const moving = itself || (run && codes.includes('scheduler_loop'));
    const seen = dagRuns.last_scheduling_decision[tis.dag_run[ti]!]! > since;
    const inTurn = codes.includes('run_turn_wait') && !seen;
    const fresh = inTurn || (changes.tis.get(ti) ?? 0) > since;
    waiting.push({ ti, roots: roots || moving, blockers, codes, fresh });
  }
  return waiting;
}

function textOf({ ctx, plant, simulation }: Engine, { ti, codes }: Waiting): string {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  const run = tis.dag_run[ti]!;
  const name = `${ctx.plan.dags[dagRuns.dag[run]!]!.dagId} ${texts.get(dagRuns.run_id[run]!)}`;
  const task = `${ctx.plan.taskIds[tis.task[ti]!]}[${tis.map_index[ti]}]`;
  const state = taskInstance.states[tis.state[ti]!];
  const held = codes.length > 0 ? codes.join(', ') : 'no reason';
  const process = tis.state[ti] === TI.running ? `, its process ${plant.supervisorOf(ti)}` : '';
  const at = simulation.now / 1_000_000;
  return `${name} ${task} is ${state} at ${at} s and nothing will move it: ${held}${process}`;
}
