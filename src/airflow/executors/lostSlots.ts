/**
 * Places in an executor's running set that are lost until its scheduler starts anew: Airflow takes a
 * key out when a result of it is read, and asks for its task instance no more (semantics 6.3.3; the
 * results of F10, F12, F20, and messages in a queue that no worker reads). Looked for only when
 * somebody asks why nothing goes on.
 */
import type { PlantEnv } from '../runner/env.ts';
import { FLAG, NONE, STAGE } from '../runner/workloads.ts';
import type { QueuedReason } from './queuedReason.ts';

/** The row of the task instance still is this try's, so that some check of a scheduler finds it. */
export type IsWanted = (ti: number, tryNumber: number) => boolean;

/** Nobody reads where it waits, or its pod was deleted before it ran. */
const UNREAD = new Set(['no_worker_for_queue', 'no_local_worker', 'pod_gone']);

/** Number of such keys of the scheduler `owner`. */
export function lostSlots(
  { workloads }: PlantEnv,
  owner: number,
  isWanted: IsWanted,
  reasonOf: (w: number) => QueuedReason,
): number {
  const { rows } = workloads;
  let lost = 0;
  for (let w = 0; w < rows.rows; w++) {
    const ti = rows.ti[w]!;
    const held = ti !== NONE && rows.owner[w] === owner && (rows.flags[w]! & FLAG.running) !== 0;
    if (!held || isWanted(ti, rows.tryNumber[w]!)) continue;
    const rests = (rows.flags[w]! & FLAG.resting) !== 0;
    const waits = rows.stage[w] === STAGE.sent;
    if (rests || (waits && UNREAD.has(reasonOf(w).code))) lost += 1;
  }
  return lost;
}
