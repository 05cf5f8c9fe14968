import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Mark } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { hrefOf } from '../route.ts';
import type { Page } from '../route.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { CopyLink } from './CopyLink.tsx';
import { LaneChips } from './LaneChips.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';
import { usePages } from './pages.ts';
import { useEditKeys } from './shortcuts.ts';

interface Props {
  page: Page | null;
  onHelp: () => void;
}

export function Header({ page, onHelp }: Props): ReactNode {
  const words = useWords();
  return (
    <header className="bar">
      <a className="brand" href={hrefOf('compare')}>
        <Mark />
        <b>Windtunnel</b>
      </a>
      <Tabs page={page} />
      <div className="ctx">
        {page === 'lessons' ? <LessonChip /> : <SourcePicker />}
        {page === 'lessons' ? null : <LaneChips />}
      </div>
      <div className="tools">
        <History />
        <CopyLink />
        <LanguageSwitch />
        <ThemeMenu />
        <IconButton icon="help" label={words.t('tool.help')} keys="?" onClick={onHelp} />
      </div>
      <div className="mtools">
        <MoreMenu onHelp={onHelp} />
      </div>
    </header>
  );
}

function Tabs({ page }: { page: Page | null }): ReactNode {
  const words = useWords();
  const pages = usePages();
  const dwell = useDwell(useCommands().prepareImport);
  return (
    <nav className="nav" aria-label={words.t('nav.main')}>
      {pages.map((one) => (
        <a
          key={one}
          href={hrefOf(one)}
          aria-current={one === page ? 'page' : undefined}
          {...(one === 'code' ? dwell : {})}
        >
          {words.t(`nav.${one}`)}
        </a>
      ))}
    </nav>
  );
}

/** A lesson brings its own DAG and its own versions. */
function LessonChip(): ReactNode {
  const words = useWords();
  const lesson = useModel((model) => model.lesson);
  if (!lesson) return null;
  const { number, of } = lesson;
  return <span className="chip">{words.t('lesson.of', { number, of })}</span>;
}

/** Only where edits can be taken back. */
function History(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const undo = useModel((model) => model.can.undo);
  const redo = useModel((model) => model.can.redo);
  useEditKeys(
    () => undo && commands.undo(),
    () => redo && commands.redo(),
  );
  if (!undo && !redo) return null;
  return (
    <>
      <IconButton
        icon="undo"
        label={words.t('tool.undo')}
        keys="Control+Z"
        disabled={!undo}
        onClick={commands.undo}
      />
      <IconButton
        icon="redo"
        label={words.t('tool.redo')}
        keys="Control+Y"
        disabled={!redo}
        onClick={commands.redo}
      />
    </>
  );
}

function LanguageSwitch(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  return (
    <Segmented
      className="lang"
      label={words.t('tool.language')}
      value={words.locale}
      parts={[
        { value: 'en', label: 'EN', lang: 'en' },
        { value: 'ko', label: '한국어', lang: 'ko' },
      ]}
      onChange={(locale) => commands.setPreference({ locale })}
    />
  );
}

/** A pointer that stays means it; one that passes by shall not fetch Python. */
const DWELL_MS = 150;

function useDwell(action: () => void) {
  const timer = useRef(0);
  return {
    onPointerEnter: () => {
      timer.current = window.setTimeout(action, DWELL_MS);
    },
    onPointerLeave: () => clearTimeout(timer.current),
  };
}
