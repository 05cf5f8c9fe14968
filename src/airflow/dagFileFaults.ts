/** What faults do to DAG files and to the DAG processor: F26, F36. */
import { TI, TI_EVENT } from '../machines/index.ts';
import { changeFile, dagsOfFile, FILE, readAll, saveFile } from './dagFiles.ts';
import { FIRST_CONTENT, versionIn } from './dagVersions.ts';
import type { EngineContext } from './context.ts';
import type { FaultHandler, FaultHandlers } from './faults/handler.ts';
import { changeTi } from './taskInstance/change.ts';
import { failFast } from './taskInstance/failFast.ts';

const fileHandler =
  (file: number): FaultHandler =>
  ({ ctx, scenario }, { part }) =>
    dagsOfFile(scenario.dags, part.name).filter((dag) => changeFile(ctx, dag, file)).length > 0;

/** The DAGs of the file become those of the content that `to` names. */
const saveHandler: FaultHandler = ({ ctx, scenario }, { part, word }) => {
  const name = word('to', FIRST_CONTENT);
  const dags = dagsOfFile(scenario.dags, part.name);
  return dags.filter((dag) => saveFile(ctx, dag, versionIn(scenario, name, dag))).length > 0;
};

function setProcessor(ctx: EngineContext, down: number): boolean {
  const { counters } = ctx.world;
  if (counters.processorDown === down) return false;
  counters.processorDown = down;
  if (down === 0) {
    readAll(ctx);
    carryOutRequests(ctx);
  }
  return true;
}

/** 2.x: requests of tasks with callbacks have waited in the database. */
function carryOutRequests(ctx: EngineContext): void {
  const { awaitProcessor, taskInstances: tis } = ctx.world;
  for (let ti = awaitProcessor.next(0); ti >= 0; ti = awaitProcessor.next(ti + 1)) {
    awaitProcessor.remove(ti);
    if (tis.state[ti] !== TI.queued) continue;
    changeTi(ctx, ti, TI_EVENT.executor_failed);
    failFast(ctx, ti);
  }
}

export const dagFileHandlers: FaultHandlers = {
  'break file': fileHandler(FILE.broken),
  'slow file': fileHandler(FILE.slow),
  'hang file': fileHandler(FILE.hanging),
  'restore file': fileHandler(FILE.good),
  'change file': saveHandler,
  'kill dag-processor': ({ ctx }) => setProcessor(ctx, 1),
  'restore dag-processor': ({ ctx }) => setProcessor(ctx, 0),
};
