/** XComs of task instances: return values (for mapping) and decisions of branches. */
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';

export const RETURN_KEY = 'return_value';
export const SKIP_KEY = 'skipmixin_key';

/** Row of the XCom, -1 when there is none. */
export function findXCom(ctx: EngineContext, ti: number, key: string): number {
  const { xcoms, xcomsOf, texts } = ctx.world;
  const text = texts.find(key);
  let row = xcomsOf.get(ti);
  while (row !== NONE && xcoms.key[row] !== text) row = xcoms.next[row]!;
  return row;
}

/** Writes or overwrites. `value` undefined: there is one, but nobody knows it. */
export function pushXCom(ctx: EngineContext, ti: number, key: string, value: unknown): void {
  const { xcoms, xcomsOf, texts, json } = ctx.world;
  let row = findXCom(ctx, ti, key);
  if (row === NONE) {
    row = xcoms.addRow();
    xcoms.ti[row] = ti;
    xcoms.key[row] = texts.put(key);
    xcoms.next[row] = xcomsOf.get(ti);
    xcomsOf.set(ti, row);
  }
  xcoms.value[row] = value === undefined ? NONE : json.put(value);
}

/** All XComs of a task instance go when it starts anew (semantics 11). */
export function clearXComs(ctx: EngineContext, ti: number): void {
  const { xcoms, xcomsOf } = ctx.world;
  let row = xcomsOf.get(ti);
  if (row === NONE) return;
  xcomsOf.delete(ti);
  while (row !== NONE) {
    const next = xcoms.next[row]!;
    xcoms.freeRow(row);
    row = next;
  }
}

/**
 * The return value. `length` is what a mapped task would map over (task_map), -1 for none; the
 * record stays when the task starts anew.
 */
export function pushReturnValue(
  ctx: EngineContext,
  ti: number,
  value: unknown,
  length: number,
): void {
  pushXCom(ctx, ti, RETURN_KEY, value);
  if (length >= 0 && ctx.world.taskInstances.map_index[ti]! < 0) ctx.world.taskMaps.set(ti, length);
}
