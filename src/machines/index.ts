/**
 * Every machine, compiled once. Transition ids count on from machine to machine, so one number of
 * a log record (`what`) names machine, from, event and to. Imports XState: worker, command line
 * and tests use this file; what only steps or decodes needs fire.ts and a `whatTable()`.
 */
import type { AnyStateMachine } from 'xstate';
import { compile } from './compile.ts';
import type { CompiledMachine, CompiledOf } from './compile.ts';
import { backfillMachine } from './backfill.machine.ts';
import { celeryExecutorMachine } from './celeryExecutor.machine.ts';
import { celeryKeyMachine } from './celeryKey.machine.ts';
import { celeryMessageMachine } from './celeryMessage.machine.ts';
import { celeryResultMachine } from './celeryResult.machine.ts';
import { celeryWorkerMachine } from './celeryWorker.machine.ts';
import { dagFileMachine } from './dagFile.machine.ts';
import { dagProcessorMachine } from './dagProcessor.machine.ts';
import { dagRunMachine } from './dagRun.machine.ts';
import { kubernetesExecutorMachine } from './kubernetesExecutor.machine.ts';
import { kubernetesKeyMachine } from './kubernetesKey.machine.ts';
import { kubernetesWatcherMachine } from './kubernetesWatcher.machine.ts';
import { localExecutorMachine } from './localExecutor.machine.ts';
import { localKeyMachine } from './localKey.machine.ts';
import { podMachine } from './pod.machine.ts';
import { schedulerJobMachine } from './schedulerJob.machine.ts';
import { schedulerLoopMachine } from './schedulerLoop.machine.ts';
import { sequentialExecutorMachine } from './sequentialExecutor.machine.ts';
import { sequentialKeyMachine } from './sequentialKey.machine.ts';
import { supervisorMachine } from './supervisor.machine.ts';
import { taskInstanceMachine } from './taskInstance.machine.ts';
import { triggerMachine } from './trigger.machine.ts';
import { triggererMachine } from './triggerer.machine.ts';
import { workerSlotMachine } from './workerSlot.machine.ts';
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
export const backfill = add(backfillMachine);
export const schedulerJob = add(schedulerJobMachine);
export const schedulerLoop = add(schedulerLoopMachine);
export const dagProcessor = add(dagProcessorMachine);
export const dagFile = add(dagFileMachine);
export const sequentialExecutor = add(sequentialExecutorMachine);
export const sequentialKey = add(sequentialKeyMachine);
export const localExecutor = add(localExecutorMachine);
export const localKey = add(localKeyMachine);
export const celeryExecutor = add(celeryExecutorMachine);
export const celeryKey = add(celeryKeyMachine);
export const celeryMessage = add(celeryMessageMachine);
export const celeryResult = add(celeryResultMachine);
export const celeryWorker = add(celeryWorkerMachine);
export const kubernetesExecutor = add(kubernetesExecutorMachine);
export const kubernetesKey = add(kubernetesKeyMachine);
export const kubernetesWatcher = add(kubernetesWatcherMachine);
export const pod = add(podMachine);
export const workerSlot = add(workerSlotMachine);
export const supervisor = add(supervisorMachine);
export const trigger = add(triggerMachine);
export const triggerer = add(triggererMachine);

/** In the order of their ids. */
export const machines: readonly CompiledMachine[] = entries.map((entry) => entry.compiled);
export const definitions: readonly AnyStateMachine[] = entries.map((entry) => entry.definition);

/** First number that names no transition; a log may use the numbers from here on. */
export const transitionCount = ids;

// The two machines of which there are many, under short names.
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

export { retryEligible, triesLeft } from './taskInstance.setup.ts';
