/** Which DAGs the scheduler looks at. */
import type { EngineContext } from './context.ts';

/** Neither paused nor stale. */
export function isLive({ world }: EngineContext, dag: number): boolean {
  return world.dags.is_paused[dag] === 0 && world.dags.is_stale[dag] === 0;
}
