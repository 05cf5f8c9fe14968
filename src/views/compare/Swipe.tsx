import { useRef } from 'react';
import type { ReactNode, TouchEvent } from 'react';
import { useModel } from '../useApp.ts';

interface Props {
  on: boolean;
  front: number;
  onFront: (at: number) => void;
  children: ReactNode;
}

/** CSS pixels to the side, and how much more than up or down. */
const LEAST = 48;
const SIDEWAYS = 1.8;

/** On a phone a finger that moves to the side brings the next lane. The tabs do the same. */
export function Swipe({ on, front, onFront, children }: Props): ReactNode {
  const count = useModel((model) => model.lanes.length);
  const begin = useRef<{ x: number; y: number } | null>(null);
  const start = (event: TouchEvent): void => {
    const [finger, other] = [event.touches[0], event.touches[1]];
    begin.current = on && finger && !other ? { x: finger.clientX, y: finger.clientY } : null;
  };
  const end = (event: TouchEvent): void => {
    const from = begin.current;
    const finger = event.changedTouches[0];
    begin.current = null;
    if (!from || !finger) return;
    const dx = finger.clientX - from.x;
    const dy = finger.clientY - from.y;
    if (Math.abs(dx) < LEAST || Math.abs(dx) < SIDEWAYS * Math.abs(dy)) return;
    const next = front + (dx < 0 ? 1 : -1);
    if (next >= 0 && next < count) onFront(next);
  };
  return (
    <div className="swipe" onTouchStart={start} onTouchEnd={end}>
      {children}
    </div>
  );
}
