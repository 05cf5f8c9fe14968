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
  const run = (): void => {
    waiting.current = 'asked';
    commands.runFiles();
  };
  useRunKey(run);
  return run;
}

/** Ctrl+Enter wherever the focus is; in the editor its own key map has answered already. */
function useRunKey(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      if (event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
