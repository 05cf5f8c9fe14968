/** How many scheduled task instances stand before one in the order of the critical section. */
import type { EngineContext } from '../context.ts';
import { beginRows, nextRow } from './rowMerge.ts';

/** Counted up to `most`; `most` when it is further behind, or its run is not asked at all. */
export function rowsAhead(ctx: EngineContext, ti: number, most: number): number {
  beginRows(ctx);
  for (let ahead = 0; ahead < most; ahead++) {
    const row = nextRow(ctx);
    if (row === ti) return ahead;
    if (row < 0) return 0;
  }
  return most;
}
