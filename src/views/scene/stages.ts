/** Numbers of the stages and states, as the columns of a LaneFrame hold them. */
import type { Stage } from '../../explain/frame.ts';

/** Position in STAGES of explain/frame.ts; the type keeps the two lists equal. */
export const STAGE = {
  chamber: 0,
  queue: 1,
  starting: 2,
  working: 3,
  ending: 4,
  heap: 5,
} as const satisfies Record<Stage, number>;

/** Airflow's states in the order of the task instance's machine (see sceneStates.test.ts). */
export interface StateIndex {
  none: number;
  scheduled: number;
  queued: number;
  running: number;
  success: number;
  failed: number;
  upstream_failed: number;
  skipped: number;
  removed: number;
}

/** Looks the states up once, by Airflow's names. */
export function indexStates(names: readonly string[]): StateIndex {
  const of = (name: string): number => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`the list of states has no "${name}": ${names.join(', ')}`);
    return at;
  };
  return {
    none: of('none'),
    scheduled: of('scheduled'),
    queued: of('queued'),
    running: of('running'),
    success: of('success'),
    failed: of('failed'),
    upstream_failed: of('upstream_failed'),
    skipped: of('skipped'),
    removed: of('removed'),
  };
}
