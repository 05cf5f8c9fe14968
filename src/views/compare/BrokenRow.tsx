import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** The panels name them all. */
const IN_SIGHT = 2;

/**
 * Broken parts of a lane in words. Once a part of any lane breaks, every lane has the row, so that
 * all pictures begin at the same height.
 */
export function BrokenRow({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const shown = useModel((model) => model.lanes.some((one) => one.info?.faults.length));
  if (!shown) return null;
  const broken = lane.snapshot?.broken ?? [];
  return (
    <div className="broken-row" role="group" aria-label={words.t('plant.broken')}>
      {broken.slice(0, IN_SIGHT).map(({ part, what, since }) => (
        <span key={part} title={`${part}, ${what}, ${clock(since)}`}>
          <Icon name="fault" size={14} />
          {part} <small>{clock(since)}</small>
        </span>
      ))}
      {broken.length > IN_SIGHT ? (
        <span title={broken.map(({ part }) => part).join(', ')}>+{broken.length - IN_SIGHT}</span>
      ) : null}
    </div>
  );
}
