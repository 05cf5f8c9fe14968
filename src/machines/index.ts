/**
 * Every machine, compiled once. Transition ids count on from machine to machine, so one number of
 * a log record (`what`) names machine, from, event and to. Imports XState: worker, command line
 * and tests use this file; what only steps or decodes needs fire.ts and a `whatTable()`.
 */
import type { AnyStateMachine } from 'xstate';
import { compile } from './compile.ts';
import type { CompiledMachine, CompiledOf } from './compile.ts';
import { dagRunMachine } from './dagRun.machine.ts';
import { taskInstanceMachine } from './taskInstance.machine.ts';
import { whatTableOf } from './what.ts';
import type { What } from './what.ts';

interface Entry {
  readonly definition: AnyStateMachine;
  readonly compiled: CompiledMachine;
}

const entries: Entry[] = [];
let ids = 0;

function add<M extends AnyStateMachine>(definition: M): CompiledOf<M> {
  const compiled = compile(definition, { index: entries.length, firstId: ids });
  ids += compiled.transitions.length;
  entries.push({ definition, compiled });
  return compiled;
}

export const taskInstance = add(taskInstanceMachine);
export const dagRun = add(dagRunMachine);

/** In the order of their ids. */
export const machines: readonly CompiledMachine[] = entries.map((entry) => entry.compiled);
export const definitions: readonly AnyStateMachine[] = entries.map((entry) => entry.definition);

/** First number that names no transition; a log may use the numbers from here on. */
export const transitionCount = ids;

export const TI = taskInstance.state;
export const TI_EVENT = taskInstance.event;
export const TI_GUARD = taskInstance.guard;
export const TI_ACTION = taskInstance.action;
export const DAG_RUN = dagRun.state;
export const DAG_RUN_EVENT = dagRun.event;
export const DAG_RUN_ACTION = dagRun.action;

/** Every transition id -> machine, from, event, guard, to, actions; plain data. */
export function whatTable(): What[] {
  return whatTableOf(machines);
}
