/** Keys of the clock and of the lanes (help lists them). */
import { useFocusLane } from './useFocusLane.ts';
import { useShortcut } from '../frame/shortcuts.ts';
import { useApp, useCommands } from '../useApp.ts';
import { SPEEDS } from './Transport.tsx';

export function useTimeKeys(): void {
  const { store } = useApp();
  const commands = useCommands();
  const change = (step: 1 | -1): void => {
    const at = SPEEDS.indexOf(store.get().playback.speed);
    const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))];
    if (next !== undefined) commands.setSpeed(next);
  };
  useShortcut('Space', () => {
    if (store.get().playback.playing) commands.pause();
    else commands.play();
  });
  useShortcut(',', () => commands.stepEvent(-1, 'selection'));
  useShortcut('.', () => commands.stepEvent(1, 'selection'));
  useShortcut('Shift+,', () => commands.stepEvent(-1, 'loop'));
  useShortcut('Shift+.', () => commands.stepEvent(1, 'loop'));
  useShortcut('[', () => change(-1));
  useShortcut(']', () => change(1));
  useShortcut('0', () => commands.setSpeed('fit'));
  useShortcut('Home', () => commands.seek(0));
  useShortcut('End', () => commands.seek(store.get().playback.end));
  useFocusLane();
}
