/**
 * The simulation kernel: virtual time, events, random draws, columns, log, checkpoints, branches.
 * It could simulate a car wash: nothing here knows what is simulated.
 *
 * How a model is built on it
 *
 *     const pods = makeTable('pod', { phase: 'u8', node: ['i32', -1], started: ['f64', -1] });
 *     const make = (context: SimulationContext): Model => {
 *       context.at(0, BOOT, 0);                        // first event: time, kind, subject
 *       return {
 *         state: group({ pods, waiting }),             // everything that changes, nothing else
 *         handle(kind, subject, arg, extra) { ... },   // one event
 *       };
 *     };
 *     const simulation = new Simulation({ seed: 1, make });
 *     const end = simulation.run({ until: hours(2) }); // why it stopped: end.reason
 *
 * - Time is whole microseconds (`SimTime`). `after(delay, ...)` and `at(time, ...)` throw on
 *   fractions and on the past. Events of one instant run in the order in which they were
 *   scheduled. Kinds run from 0 to 254; subject, arg and extra are int32.
 * - A handle from `after` or `at` is a whole number below 2^53: keep it in an `f64` column whose
 *   initial value is `NO_EVENT`. Cancelling a handle whose event is over does nothing.
 * - Columns are read as `pods.phase[row]`. `addRow`, `addRows` and `load` may replace the arrays,
 *   so read them from the table each time (cheap) instead of keeping them across such a call.
 * - All state of the model lies in Saveables (Table, IntQueue, TimedQueue, IntSet, BitSets,
 *   LinkedLists, OrderedSet, KeyedHeap, TextPool, JsonPool, scalars), joined by `group`. What is
 *   derived from the scenario alone (edge lists, tables of machines) need not be saved.
 * - `record(entity, what, reason)` appends to the log with the cause of the event; events that
 *   are scheduled afterwards in the same handler name that record as their cause. `because(seq)`
 *   changes the cause by hand, as in a loop that passes over many rows.
 * - `unit(seed, a, b, c, purpose)` draws a number for that key, always the same one: key draws by
 *   what they are for, never by their order. `makeSampler(distribution)` turns it into
 *   microseconds.
 *
 * What a reader does with it
 *
 * - `Log` (or `Log.fromChunks` in another worker) answers by sequence number and by time;
 *   `EntityIndex` by entity; `Seeker` with a `StateFold` gives all states at any time.
 * - `RunTree` keeps runs as branches with checkpoints: `fork(branch, { time }, edit)`, `at`.
 */
export { RunTree } from './branch.ts';
export type { Branch, ForkPoint, Moment, RunTreeOptions } from './branch.ts';
export { CHECKPOINT_EVENTS } from './checkpoint.ts';
export { checkDistribution } from './distribution.ts';
export type { Distribution } from './distribution.ts';
export { EntityIndex } from './entityIndex.ts';
export { NO_CHANGE, StateFold, noTransitions } from './fold.ts';
export type { Fold, StateTransitions } from './fold.ts';
export { makeSampler, sampleOnce } from './sampler.ts';
export type { Sampler } from './sampler.ts';
export { Seeker } from './seek.ts';
export {
  CHUNK_RECORDS,
  causeAt,
  chunkBuffers,
  copyChunk,
  detailAt,
  detailsBefore,
  timeAt,
} from './logChunk.ts';
export type { Chunk } from './logChunk.ts';
export { makeTable } from './columns.ts';
export type { SavedTable, Schema, Table } from './columns.ts';
export { BitSets } from './bitSets.ts';
export { IntQueue } from './intQueue.ts';
export { IntSet } from './intSet.ts';
export { KeyedHeap } from './keyedHeap.ts';
export { LinkedLists } from './linkedLists.ts';
export { Log } from './log.ts';
export type { LogReader, LogRecord } from './log.ts';
export { OrderedSet } from './orderedSet.ts';
export { JsonPool, TextPool } from './pool.ts';
export { EventQueue, KIND_MAX, NO_EVENT } from './queue.ts';
export type { EventHandle } from './queue.ts';
export { TimedQueue } from './timedQueue.ts';
export { below, keyOf, u32, unit } from './random.ts';
export { group, scalars } from './saveable.ts';
export type { Saveable } from './saveable.ts';
export { DEFAULT_LIMITS, Simulation } from './simulation.ts';
export type {
  EditOf,
  Limits,
  Model,
  RunEnd,
  RunOptions,
  SavedSimulation,
  SimulationContext,
} from './simulation.ts';
