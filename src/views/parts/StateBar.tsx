import type { ReactNode } from 'react';
import { count } from '../../i18n/index.ts';
import { barOf } from '../states.ts';
import { useWords } from '../words.tsx';

/** All task instances of a lane by state. The list of counts is its text. */
export function StateBar({ counts }: { counts: ArrayLike<number> }): ReactNode {
  const words = useWords();
  const bar = barOf(counts);
  const list = bar
    .map((part) => words.t('lane.stateCount', { count: part.count, state: part.state }))
    .join(', ');
  return (
    <div className="sbar" role="img" aria-label={words.t('lane.states', { list })}>
      {bar.map(({ state, count: n }) => (
        <i
          key={state}
          className={`s-${state}`}
          style={{ flex: n }}
          title={`${state} ${count(n)} · ${words.t(`state.${state}`)}`}
        />
      ))}
    </div>
  );
}

export function EmptyBar(): ReactNode {
  return <div className="sbar" aria-hidden="true" />;
}
