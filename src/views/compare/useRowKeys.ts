/** One row of a long table is a stop of the Tab key; arrow keys go on from there. */
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};
/** The head of the table stays over the rows. */
const HEAD = 30;

export interface RowKeys {
  /** Row that the Tab key reaches: one of those that exist. */
  stop: number;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (at: number) => void;
}

interface Rows {
  count: number;
  /** Rows that exist now. */
  from: number;
  to: number;
  height: number;
}

/** Buttons of the rows carry `data-row`. */
export function useRowKeys(box: RefObject<HTMLElement | null>, rows: Rows): RowKeys {
  const [at, setAt] = useState(0);
  const wanted = useRef(false);
  const stop = Math.max(rows.from, Math.min(at, rows.to - 1));
  useEffect(() => {
    const button = box.current?.querySelector<HTMLElement>(`[data-row="${at}"]`);
    if (!wanted.current || !button) return;
    wanted.current = false;
    button.focus({ preventScroll: true });
  });
  return {
    stop,
    onFocus: setAt,
    onKeyDown: (event) => {
      const step = STEPS[event.key];
      const own = event.target instanceof HTMLElement && event.target.dataset['row'];
      if (step === undefined || !own) return;
      event.preventDefault();
      event.stopPropagation();
      const next = Math.max(0, Math.min(rows.count - 1, Number(own) + step));
      wanted.current = true;
      setAt(next);
      if (box.current) show(box.current, next, rows.height);
    },
  };
}

/** Scrolls as little as is needed. */
function show(box: HTMLElement, row: number, height: number): void {
  const top = row * height;
  const last = top + 2 * height + HEAD - box.clientHeight;
  if (box.scrollTop > top) box.scrollTop = top;
  else if (box.scrollTop < last) box.scrollTop = last;
}
