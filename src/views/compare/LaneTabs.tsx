import { useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ExecutorGlyph } from '../parts/Icon.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { useLaneName } from './laneName.ts';

/** On a phone: one lane at a time, each tab with how far its lane is. */
export function LaneTabs(props: { front: number; onFront: (at: number) => void }): ReactNode {
  const { front, onFront } = props;
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const nameOf = useLaneName('short');
  const bar = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const next = (front + step + lanes.length) % lanes.length;
    onFront(next);
    bar.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={bar}
      className="lane-tabs"
      role="tablist"
      aria-label={words.t('lane.tabs')}
      onKeyDown={keys}
      style={{ '--lanes': lanes.length }}
    >
      {lanes.map((lane, at) => (
        <button
          key={lane.id}
          type="button"
          role="tab"
          aria-selected={at === front}
          tabIndex={at === front ? 0 : -1}
          onClick={() => onFront(at)}
        >
          <ExecutorGlyph executor={lane.executor} />
          <span>{nameOf(lane)}</span>
          <i style={{ '--p': part(lane.snapshot) }} />
        </button>
      ))}
    </div>
  );
}

function part(snapshot: { finished: number; total: number } | null): string {
  if (!snapshot || snapshot.total === 0) return '0%';
  return `${(100 * snapshot.finished) / snapshot.total}%`;
}
