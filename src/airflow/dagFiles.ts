/**
 * Files that change their nature while the lane runs (F26; semantics 18.1, 18.2): broken, too slow,
 * hanging in the parser, or well again. The DAG processor reads each file every
 * `min_file_process_interval`; only the readings that find something else are events.
 */
import type { EngineContext } from './context.ts';
import { setStale } from './dagRun/runLists.ts';
import { EVENT } from './eventKinds.ts';
import { CORE_RECORD } from './records.ts';
import { parseDag } from './scheduler/nextRun.ts';

export const FILE = { good: 0, broken: 1, slow: 2, hanging: 3 } as const;

/** DAGs of a file: by its path, the end of its path, or the id of a DAG. */
export function dagsOfFile(
  dags: readonly { dag_id: string; fileloc?: string }[],
  name: string,
): number[] {
  return dags.flatMap((dag, i) => {
    const path = dag.fileloc ?? '';
    return dag.dag_id === name || path === name || path.endsWith(`/${name}`) ? [i] : [];
  });
}

/** From now on it is read with another result. False when it is so already. */
export function changeFile(ctx: EngineContext, dag: number, file: number): boolean {
  const { dags } = ctx.world;
  if (dags.file[dag] === file) return false;
  dags.file[dag] = file;
  dags.file_since[dag] = ctx.sim.now;
  planReading(ctx, dag);
  return true;
}

/** A DAG processor runs again: it reads all files that it has not seen as they are. */
export function readAll(ctx: EngineContext): void {
  const { dags } = ctx.world;
  for (let dag = 0; dag < dags.rows; dag++) {
    if ((dags.file[dag] !== FILE.good) !== (dags.is_stale[dag] === 1)) planReading(ctx, dag);
  }
}

/** The event: the file is read, or given up. */
export function readFile(ctx: EngineContext, dag: number): void {
  const { dags, counters } = ctx.world;
  if (counters.processorDown === 1) return;
  const file = dags.file[dag]!;
  if (file === FILE.good) return heal(ctx, dag);
  // The parser that was killed leaves no import error.
  if (file !== FILE.hanging) ctx.sim.because(ctx.sim.record(dag, CORE_RECORD.importError));
  if (ctx.profile.hasRunAfter && file !== FILE.hanging) return goStale(ctx, dag);
  planScan(ctx, dag);
}

/** The event: a DAG that was not read for longer than the threshold is stale. */
export function scanStale(ctx: EngineContext, dag: number): void {
  const { dags, counters } = ctx.world;
  if (counters.processorDown === 0 && dags.file[dag] !== FILE.good) goStale(ctx, dag);
}

function planReading(ctx: EngineContext, dag: number): void {
  const { dagFileInterval, dagbagImportTimeout, dagFileTimeout } = ctx.options;
  const file = ctx.world.dags.file[dag]!;
  const wait = file === FILE.slow ? dagbagImportTimeout : 0;
  const at =
    nextOf(ctx, Math.max(1, dagFileInterval)) + (file === FILE.hanging ? dagFileTimeout : wait);
  ctx.sim.at(at, EVENT.fileRead, dag);
}

/** At the first scan that finds the last good reading too old. */
function planScan(ctx: EngineContext, dag: number): void {
  const { dagFileInterval, staleDagThreshold, staleScanInterval } = ctx.options;
  const since = ctx.world.dags.file_since[dag]!;
  const every = Math.max(1, dagFileInterval);
  const old = Math.floor(since / every) * every + staleDagThreshold;
  const scan = Math.max(1, staleScanInterval);
  const at = (Math.floor(Math.max(old, ctx.sim.now) / scan) + 1) * scan;
  ctx.sim.at(at, EVENT.staleScan, dag);
}

function heal(ctx: EngineContext, dag: number): void {
  if (ctx.world.dags.is_stale[dag] === 1) setStale(ctx, dag, false);
  parseDag(ctx, dag);
}

function goStale(ctx: EngineContext, dag: number): void {
  if (ctx.world.dags.is_stale[dag] === 1) return;
  ctx.sim.because(ctx.sim.record(dag, CORE_RECORD.dagStale));
  setStale(ctx, dag, true);
}

function nextOf(ctx: EngineContext, interval: number): number {
  return (Math.floor(ctx.sim.now / interval) + 1) * interval;
}
