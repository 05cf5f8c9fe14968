import { useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { LanePick } from './LanePick.tsx';
import { NumbersTab } from './NumbersTab.tsx';
import { PartsTab } from './PartsTab.tsx';
import { RunsTab } from './RunsTab.tsx';
import '../styles/plant.css';

const TABS = ['parts', 'runs', 'numbers'] as const;
type Tab = (typeof TABS)[number];

/** The installation of a lane: its parts and what breaks, its runs and what people do. */
export function PlantPanel({ onClose }: { onClose?: () => void }): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const selected = useModel((model) => model.selection?.lane ?? null);
  const [tab, setTab] = useState<Tab>('parts');
  const [chosen, setChosen] = useState<string | null>(selected);
  const busiest = lanes.find((one) => one.executor === 'celery') ?? lanes[0];
  const lane = lanes.find((one) => one.id === chosen) ?? busiest;
  return (
    <aside className="plant scroll" aria-label={words.t('plant.title')}>
      <div className="why-h">
        <Segmented
          label={words.t('plant.title')}
          value={tab}
          parts={TABS.map((value) => ({ value, label: words.t(`plant.${value}`) }))}
          onChange={setTab}
        />
        {onClose ? (
          <IconButton icon="close" label={words.t('tool.close')} keys="P" onClick={onClose} />
        ) : null}
      </div>
      {tab === 'numbers' ? <NumbersTab /> : <LanePick lane={lane} onLane={setChosen} />}
      {tab === 'parts' ? <PartsTab lane={lane} /> : null}
      {tab === 'runs' ? <RunsTab lane={lane} /> : null}
    </aside>
  );
}
