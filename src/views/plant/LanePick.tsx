import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { Segmented } from '../parts/Segmented.tsx';
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
      parts={lanes.map(({ id, executor, airflow }) => ({
        value: id,
        label: words.t(`executor.short.${executor}`),
        name: words.t('lane.label', { lane: executor, version: airflow }),
      }))}
      onChange={onLane}
    />
  );
}
