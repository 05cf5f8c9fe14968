/**
 * Files that change their nature while the lane runs (F26, F27; semantics 18): broken, too slow,
 * hanging in the parser, well again, or saved with another content. The DAG processor reads each file every
 * `min_file_process_interval`; only the readings that find something else are events.
 */
import type { EngineContext } from './context.ts';
import { relist, setStale } from './dagRun/runLists.ts';
import { EVENT } from './eventKinds.ts';
import { CORE_RECORD } from './records.ts';
import { NONE } from './rows.ts';
import { parseDag } from './scheduler/nextRun.ts';

/** `gone`: it is fine, but the DAG is no longer in it. */
export const FILE = { good: 0, broken: 1, slow: 2, hanging: 3, gone: 4 } as const;

/** Microseconds: the DAG processor's loop, and how often a git bundle is fetched (its default). */
const SECOND = 1_000_000;
const FETCH = 300 * SECOND;

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

/** The file is saved with another content: version `content` of the DAG, NONE for none of it. */
export function saveFile(ctx: EngineContext, dag: number, content: number): boolean {
  const { dags } = ctx.world;
  if (content === NONE) return changeFile(ctx, dag, FILE.gone);
  if (dags.content[dag] === content && dags.file[dag] === FILE.good) return false;
  dags.content[dag] = content;
  dags.file[dag] = FILE.good;
  dags.file_since[dag] = ctx.sim.now;
  ctx.sim.at(nextOf(ctx, ctx.plan.git ? FETCH : SECOND), EVENT.fileRead, dag);
  return true;
}

/** A DAG processor runs again: it reads all files that it has not seen as they are. */
export function readAll(ctx: EngineContext): void {
  const { dags } = ctx.world;
  for (let dag = 0; dag < dags.rows; dag++) {
    const unread = dags.content[dag] !== dags.dag_version[dag];
    const odd = (dags.file[dag] !== FILE.good) !== (dags.is_stale[dag] === 1);
    if (unread || odd) planReading(ctx, dag);
  }
}

/** The event: the file is read, or given up. */
export function readFile(ctx: EngineContext, dag: number): void {
  const { dags, counters } = ctx.world;
  if (counters.processorDown === 1) return;
  const file = dags.file[dag]!;
  if (file === FILE.good) return heal(ctx, dag);
  // The parser that was killed leaves no import error.
  const fails = file !== FILE.hanging && file !== FILE.gone;
  if (fails) ctx.sim.because(ctx.sim.record(dag, CORE_RECORD.importError));
  if (ctx.profile.hasRunAfter && fails) return goStale(ctx, dag);
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
  if (!storeDag(ctx, dag)) ctx.sim.after(ctx.options.dagFileInterval, EVENT.fileRead, dag);
  parseDag(ctx, dag);
}

/**
 * Writes the serialized DAG when it has changed. False: the last write is too young, and the next
 * reading has to try again. Limits and schedule are taken with it.
 */
function storeDag(ctx: EngineContext, dag: number): boolean {
  const { dags } = ctx.world;
  if (dags.content[dag] === dags.dag_version[dag]) return true;
  if (ctx.sim.now - dags.stored_at[dag]! < ctx.options.minSerializedDagUpdate) return false;
  dags.dag_version[dag] = dags.content[dag]!;
  dags.dag_serial[dag]! += 1;
  dags.stored_at[dag] = ctx.sim.now;
  ctx.sim.because(ctx.sim.record(dag, CORE_RECORD.dagChanged));
  relist(ctx, dag);
  return true;
}

function goStale(ctx: EngineContext, dag: number): void {
  if (ctx.world.dags.is_stale[dag] === 1) return;
  ctx.sim.because(ctx.sim.record(dag, CORE_RECORD.dagStale));
  setStale(ctx, dag, true);
}

function nextOf(ctx: EngineContext, interval: number): number {
  return (Math.floor(ctx.sim.now / interval) + 1) * interval;
}
