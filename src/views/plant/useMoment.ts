import { useApp } from '../useApp.ts';
import { secondsOf } from './edits.ts';

/** The clock's moment when it is asked for, in seconds as actions have them. */
export function useMoment(): () => number {
  const { playhead } = useApp();
  return () => secondsOf(playhead.now());
}
