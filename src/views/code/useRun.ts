import { useEffect, useRef } from 'react';
import { go } from '../route.ts';
import { useCommands, useModel } from '../useApp.ts';
import { severityOf } from './severity.ts';

/** Imports and plays the files; once they were read without an error, Compare comes to the front. */
export function useRun(): () => void {
  const commands = useCommands();
  const waiting = useRef<'no' | 'asked' | 'busy'>('no');
  const idle = useModel((model) => model.workspace.importing.phase === 'idle');
  const good = useModel(
    ({ workspace }) =>
      workspace.dags.length > 0 &&
      !workspace.stale &&
      workspace.problems.every((problem) => severityOf(problem) === 'warning'),
  );
  useEffect(() => {
    if (waiting.current === 'asked' && !idle) waiting.current = 'busy';
    if (waiting.current !== 'busy' || !idle) return;
    waiting.current = 'no';
    if (good) go('compare');
  }, [idle, good]);
  return () => {
    waiting.current = 'asked';
    commands.runFiles();
  };
}
