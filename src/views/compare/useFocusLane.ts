import { useShortcut } from '../frame/shortcuts.ts';
import { useApp } from '../useApp.ts';

/** 1 to 4: the focus goes into that lane's picture. */
export function useFocusLane(): void {
  const { store } = useApp();
  const focus = (at: number): void => {
    const id = store.get().lanes[at]?.id;
    const marks = document.querySelectorAll<HTMLElement>('.focus-mark');
    [...marks].find((mark) => mark.dataset['lane'] === id)?.focus();
  };
  useShortcut('1', () => focus(0));
  useShortcut('2', () => focus(1));
  useShortcut('3', () => focus(2));
  useShortcut('4', () => focus(3));
}
