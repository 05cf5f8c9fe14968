import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { laneName } from '../compare/laneName.ts';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

interface Props {
  lane: LaneModel | undefined;
  onLane: (id: string) => void;
}

/** Which lane a panel is about. */
export function LanePick({ lane, onLane }: Props): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  if (lanes.length < 2) return null;
  return (
    <Segmented
      label={words.t('table.lane')}
      value={lane?.id ?? null}
      parts={lanes.map((one) => ({
        value: one.id,
        label: laneName(words, lanes, one, 'short'),
        name: words.t('lane.label', { lane: laneName(words, lanes, one), version: one.airflow }),
      }))}
      onChange={onLane}
    />
  );
}
