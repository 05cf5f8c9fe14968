/**
 * Runs of partitioned consumers (3.x; semantics 9.11): every target key has one pending row with
 * a log of the events that came for it; the scheduler makes its run when that is enough.
 * Source: assets/manager.py, jobs/scheduler_job_runner.py.
 */
import type { EngineContext } from '../context.ts';
import { createAssetRun } from '../dagRun/assetRun.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { assetCondition } from '../rules/index.ts';
import { assetMeant } from '../plan/index.ts';
import { isSatisfied, partitionDate, toDownstream, type Mapper } from './mappers.ts';
import { storedDag } from '../world/versions.ts';

const MOST_PER_LOOP = 500;
const MOST_KEYS = 1000;

/** An event with a key for a consumer that takes keys; without a key nothing waits for it. */
export function queuePartition(ctx: EngineContext, dag: number, event: number): void {
  const { assetEvents, partitionRuns, partitionLog, partitionRunsPending, texts } = ctx.world;
  const plan = storedDag(ctx, dag).partitions;
  const source = assetEvents.partition_key[event]!;
  if (plan === null || source === NONE) return;
  const asset = assetEvents.asset[event]!;
  const mapper = plan.mapperOf(ctx.plan.assetRefs[asset]!);
  const keys = toDownstream(mapper, texts.get(source));
  if (keys === null || keys.length > (mapper.most ?? MOST_KEYS)) return;
  for (const key of keys) {
    const row = pendingRow(ctx, dag, texts.put(key));
    carryDate(ctx, row, mapper, assetEvents.partition_date[event]!);
    const entry = partitionLog.addRow();
    partitionLog.asset[entry] = asset;
    partitionLog.source_key[entry] = source;
    partitionLog.next[entry] = partitionRuns.log[row]!;
    partitionRuns.log[row] = entry;
    partitionRuns.events[row]! += 1;
    partitionRunsPending.add(row);
  }
}

function pendingRow(ctx: EngineContext, dag: number, key: number): number {
  const { partitionRuns, pendingPartition } = ctx.world;
  const known = pendingPartition.get(pairOf(dag, key));
  if (known !== NONE) return known;
  const row = partitionRuns.addRow();
  partitionRuns.dag[row] = dag;
  partitionRuns.partition_key[row] = key;
  pendingPartition.set(pairOf(dag, key), row);
  return row;
}

/** One number for a DAG and the number of a key's text. */
function pairOf(dag: number, key: number): number {
  return dag * 2 ** 32 + key;
}

/** Only the identity keeps the producer's date; two dates for one key cancel each other. */
function carryDate(ctx: EngineContext, row: number, mapper: Mapper, date: number): void {
  const { partitionRuns } = ctx.world;
  if (mapper.kind !== 'identity' || date === NULL_TIME) return;
  const known = partitionRuns.partition_date[row]!;
  partitionRuns.partition_date[row] = known === NULL_TIME || known === date ? date : NULL_TIME;
}

/** The oldest pending rows that are satisfied become runs; DAGs that got one. */
export function createPartitionRuns(ctx: EngineContext): ReadonlySet<number> {
  const made = new Set<number>();
  const { partitionRuns, pendingPartition, partitionRunsPending: pending } = ctx.world;
  let looked = 0;
  for (let row = pending.next(0); row >= 0; row = pending.next(row + 1)) {
    if ((looked += 1) > MOST_PER_LOOP) break;
    if (!isEnough(ctx, row)) continue;
    pending.remove(row);
    pendingPartition.delete(pairOf(partitionRuns.dag[row]!, partitionRuns.partition_key[row]!));
    partitionRuns.dag_run[row] = createFor(ctx, row);
    made.add(partitionRuns.dag[row]!);
  }
  return made;
}

/** Keys that came for the pending row, by asset number. */
function keysByAsset(ctx: EngineContext, row: number): Map<number, Set<string>> {
  const { partitionRuns, partitionLog, texts } = ctx.world;
  const found = new Map<number, Set<string>>();
  for (let i = partitionRuns.log[row]!; i !== NONE; i = partitionLog.next[i]!) {
    const asset = partitionLog.asset[i]!;
    const keys = found.get(asset) ?? new Set();
    found.set(asset, keys.add(texts.get(partitionLog.source_key[i]!)));
  }
  return found;
}

function isEnough(ctx: EngineContext, row: number): boolean {
  const { partitionRuns, texts } = ctx.world;
  const { assetCondition: condition, partitions } = storedDag(ctx, partitionRuns.dag[row]!);
  if (condition === null || partitions === null) return false;
  const key = texts.get(partitionRuns.partition_key[row]!);
  const satisfied = new Set<string>();
  for (const [asset, keys] of keysByAsset(ctx, row)) {
    const ref = ctx.plan.assetRefs[asset]!;
    if (isSatisfied(partitions.mapperOf(ref), key, keys)) satisfied.add(ctx.plan.assets[asset]!);
  }
  return assetCondition(condition, {
    isQueued: (asset) => satisfied.has(asset.name ?? asset.uri),
    underAlias: () => [],
    resolve: (ref) => assetMeant(ctx.plan.assetRefs, ref),
  });
}

function createFor(ctx: EngineContext, row: number): number {
  const { partitionRuns, dagRuns, texts } = ctx.world;
  const key = texts.get(partitionRuns.partition_key[row]!);
  const run = createAssetRun(ctx, partitionRuns.dag[row]!, ctx.sim.now, {
    partitionKey: key,
    partitionDate: dateOf(ctx, row, key),
  });
  dagRuns.consumed_events[run] = partitionRuns.events[row]!;
  return run;
}

/** What the temporal mappers agree on; without any the date that the producer carried along. */
function dateOf(ctx: EngineContext, row: number, key: string): number {
  const { partitionRuns } = ctx.world;
  const { partitions } = storedDag(ctx, partitionRuns.dag[row]!);
  const dates = new Set<number>();
  for (const asset of keysByAsset(ctx, row).keys()) {
    const date = partitions && partitionDate(partitions.mapperOf(ctx.plan.assetRefs[asset]!), key);
    if (date !== null) dates.add(date - ctx.plan.origin);
  }
  if (dates.size === 0) return partitionRuns.partition_date[row]!;
  const [only = NULL_TIME] = dates;
  return dates.size === 1 ? only : NULL_TIME;
}
