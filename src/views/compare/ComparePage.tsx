import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useShortcut } from '../frame/shortcuts.ts';
import { Place } from '../parts/Place.tsx';
import { PHONE, WIDE, useMedia } from '../parts/hooks.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { Announcer } from './Announcer.tsx';
import { Lane } from './Lane.tsx';
import { LaneTabs } from './LaneTabs.tsx';
import { Legend } from './Legend.tsx';
import { PhoneScrub } from './PhoneScrub.tsx';
import { Scrubber } from './Scrubber.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { Side } from './Side.tsx';
import { TablePanel } from './TablePanel.tsx';
import { Transport } from './Transport.tsx';
import { Swipe } from './Swipe.tsx';
import { VerdictBar } from './VerdictBar.tsx';
import { WhyPanel, WhyPeek } from './WhyPanel.tsx';
import { useTimeKeys } from './useTimeKeys.ts';
import type { View } from './view.ts';

type SideKind = 'why' | 'settings' | 'plant' | null;

const PlantPanel = lazy(() =>
  import('../plant/PlantPanel.tsx').then((m) => ({ default: m.PlantPanel })),
);

/** The landing page: up to four lanes on one clock. */
export function ComparePage(): ReactNode {
  const phone = useMedia(PHONE);
  const wide = useMedia(WIDE);
  const [view, setView] = useView();
  const [side, setSide] = useState<SideKind>(wide ? 'why' : null);
  const [front, setFront] = useState(0);
  useFrontTable(phone && view === 'table', front);
  useTimeKeys();
  useShortcut('W', () => setSide(side === 'why' ? null : 'why'));
  useShortcut('S', () => setSide(side === 'settings' ? null : 'settings'));
  useShortcut('P', () => setSide(side === 'plant' ? null : 'plant'));
  useShortcut('B', () => setView(view === 'table' ? 'picture' : 'table'));
  return (
    <main id="main" tabIndex={-1} className={`compare v-${view}`}>
      <VerdictBar view={view} onView={setView} onSide={setSide} />
      {phone ? <LaneTabs front={front} onFront={setFront} /> : null}
      <Swipe on={phone} front={front} onFront={setFront}>
        <Sheet
          view={view}
          side={wide ? side : null}
          front={phone ? front : null}
          setSide={setSide}
        />
      </Swipe>
      {view === 'picture' && !phone ? <Legend /> : null}
      {wide ? null : <WhyPeek onOpen={() => setSide('why')} />}
      {phone ? <PhoneScrub /> : <Time />}
      {wide ? null : <Floating side={side} phone={phone} onClose={() => setSide(null)} />}
      <Announcer />
    </main>
  );
}

function Time(): ReactNode {
  return (
    <section className="scrub">
      <Transport />
      <Scrubber />
    </section>
  );
}

/** Picture or table; the rows are asked for only while the table is shown. */
function useView(): [View, (view: View) => void] {
  const commands = useCommands();
  const lane = useModel((model) => model.lanes[0]?.id ?? null);
  const table = useModel((model) => model.table !== null);
  const selected = useModel((model) => model.selection?.lane ?? null);
  const [view, setView] = useState<View>(table ? 'table' : 'picture');
  const change = (next: View): void => {
    setView(next);
    commands.openTable(next === 'table' ? (selected ?? lane) : null);
  };
  return [view, change];
}

/** On a phone the tab in front chooses the lane of the table too. */
function useFrontTable(on: boolean, front: number): void {
  const commands = useCommands();
  const lane = useModel((model) => model.lanes[front]?.id ?? null);
  useEffect(() => {
    if (on && lane) commands.openTable(lane);
  }, [commands, on, lane]);
}

interface SheetProps {
  view: View;
  side: SideKind;
  /** Place of the only lane shown, null for all. */
  front: number | null;
  setSide: (side: SideKind) => void;
}

function Sheet({ view, side, front, setSide }: SheetProps): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const engine = useModel((model) => model.engine);
  const commands = useCommands();
  if (engine.phase === 'failed') {
    const { code, params } = engine.problem ?? { code: 'unknown', params: {} };
    return (
      <Place
        full
        fault
        title={words.t('engine.failed')}
        text={words.family('problem', code, params)}
      >
        <button type="button" className="btn" onClick={commands.retry}>
          {words.t('engine.retry')}
        </button>
      </Place>
    );
  }
  const shown = front === null ? lanes : lanes.slice(front, front + 1);
  const close = (): void => setSide(null);
  return (
    <div className={side ? 'sheet with-side' : 'sheet'} style={{ '--lanes': shown.length }}>
      {shown.map((lane) => (
        <Lane key={lane.id} lane={lane} picture={view === 'picture'} last={lane === lanes.at(-1)} />
      ))}
      {view === 'table' ? <TablePanel /> : null}
      {side === 'why' ? <WhyPanel onClose={close} /> : null}
      {side === 'settings' ? <SettingsPanel onClose={close} /> : null}
      {side === 'plant' ? <Plant onClose={close} /> : null}
    </div>
  );
}

/** Where the window is too narrow for a column of its own. */
function Floating(props: { side: SideKind; phone: boolean; onClose: () => void }): ReactNode {
  const { side, phone, onClose } = props;
  return (
    <>
      <Side title="why" open={side === 'why'} phone={phone} onClose={onClose}>
        <WhyPanel />
      </Side>
      <Side title="settings" open={side === 'settings'} phone={phone} onClose={onClose}>
        <SettingsPanel />
      </Side>
      <Side title="plant" open={side === 'plant'} phone={phone} onClose={onClose}>
        <Plant />
      </Side>
    </>
  );
}

/** Comes when it is first opened. */
function Plant({ onClose }: { onClose?: () => void }): ReactNode {
  const words = useWords();
  return (
    <Suspense fallback={<Place text={words.t('page.loading')} />}>
      <PlantPanel {...(onClose ? { onClose } : {})} />
    </Suspense>
  );
}
