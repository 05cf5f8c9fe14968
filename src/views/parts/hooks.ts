/** Small hooks about the window and the clock. */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { RefObject } from 'react';
import { useApp, useModel } from '../useApp.ts';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

export const PHONE = '(max-width: 699px)';
/** From here on the Why panel has its own column. */
export const WIDE = '(min-width: 1280px)';

/** True when the page is shown dark, by choice or by the system. */
export function useDark(): boolean {
  const theme = useModel((model) => model.prefs.theme);
  const system = useMedia('(prefers-color-scheme: dark)');
  return theme === 'system' ? system : theme === 'dark';
}

export interface Size {
  width: number;
  height: number;
}

/** Inner size of an element in CSS pixels; zeros before it is laid out. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Calls `draw` with the exact moment: on every frame while playing, else when the moment changes. */
export function usePlayhead(draw: (t: number) => void): void {
  const { playhead } = useApp();
  const playing = useModel((model) => model.playback.playing);
  const t = useModel((model) => model.playback.t);
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw(playhead.now());
  }, [draw, playhead, t]);
  useEffect(() => {
    if (!playing) return undefined;
    let frame = requestAnimationFrame(function follow() {
      latest.current(playhead.now());
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, playhead]);
}
