import type { UserAction } from '../../airflow/scenario.ts';
import { useApp, useCommands } from '../useApp.ts';
import { secondsOf } from './edits.ts';

/** The clock's moment when it is asked for, in seconds as actions have them. */
export function useMoment(): () => number {
  const { playhead } = useApp();
  return () => secondsOf(playhead.now());
}

type Timeless<A> = A extends UserAction ? Omit<A, 'at_s'> : never;
/** An action without its time. */
export type Wanted = Timeless<UserAction>;

/** Carries an action out at the clock's moment, in every lane. */
export function useAct(): (wanted: Wanted) => void {
  const commands = useCommands();
  const moment = useMoment();
  return (wanted) => commands.addAction({ ...wanted, at_s: moment() });
}
