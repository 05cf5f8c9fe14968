import type { ReactNode } from 'react';
import type { SourceInfo } from '../../app/model.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { CopyLink } from './CopyLink.tsx';
import { Scenarios, SourceButtons } from './SourcePicker.tsx';
import { ThemeChoices } from './ThemeMenu.tsx';

/** On a phone: what the bar has no room for. */
export function MoreMenu({ onHelp }: { onHelp: () => void }): ReactNode {
  const words = useWords();
  return (
    <Menu className="ib" label={words.t('tool.more')} button={<Icon name="more" size={20} />}>
      {(close) => (
        <>
          <Edits close={close} />
          <CopyLink />
          <Sources close={close} />
          <h3>{words.t('tool.language')}</h3>
          <Languages close={close} />
          <h3>{words.t('tool.theme')}</h3>
          <ThemeChoices close={close} />
          <button
            type="button"
            onClick={() => {
              close();
              onHelp();
            }}
          >
            {words.t('tool.help')}
          </button>
          <Ready close={close} />
        </>
      )}
    </Menu>
  );
}

/** Ready scenarios stand in a list of their own. */
function isOwn({ kind }: SourceInfo): boolean {
  return kind !== 'scenario';
}

function Sources({ close }: { close: () => void }): ReactNode {
  const words = useWords();
  const sources = useModel((model) => model.sources);
  const source = useModel((model) => model.source);
  return (
    <>
      <h3>{words.t('source.label')}</h3>
      <SourceButtons sources={sources.filter(isOwn)} now={source} close={close} />
    </>
  );
}

/** Last: it is long. */
function Ready({ close }: { close: () => void }): ReactNode {
  const source = useModel((model) => model.source);
  return <Scenarios now={source} close={close} />;
}

function Edits({ close }: { close: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const { undo, redo } = useModel((model) => model.can);
  return (['undo', 'redo'] as const)
    .filter((one) => (one === 'undo' ? undo : redo))
    .map((one) => (
      <button
        key={one}
        type="button"
        onClick={() => {
          commands[one]();
          close();
        }}
      >
        <Icon name={one} /> {words.t(`tool.${one}`)}
      </button>
    ));
}

function Languages({ close }: { close: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  return (['en', 'ko'] as const).map((locale) => (
    <button
      key={locale}
      type="button"
      aria-current={locale === words.locale ? 'true' : undefined}
      lang={locale}
      onClick={() => {
        commands.setPreference({ locale });
        close();
      }}
    >
      {locale === 'en' ? 'English' : '한국어'}
    </button>
  ));
}
