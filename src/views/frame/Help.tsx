import type { ReactNode } from 'react';
import type { MessageKey } from '../../i18n/index.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

type Line = readonly [keys: readonly string[], words: MessageKey];

const GROUPS: readonly { title: MessageKey; lines: readonly Line[] }[] = [
  {
    title: 'help.group.time',
    lines: [
      [['Space'], 'help.play'],
      [[',', '.'], 'help.step'],
      [['Shift ,', 'Shift .'], 'help.stepLoop'],
      [['[', ']'], 'help.speed'],
      [['0'], 'help.fit'],
      [['Home', 'End'], 'help.ends'],
      [['← →', 'PgUp PgDn'], 'help.scrub'],
    ],
  },
  {
    title: 'help.group.lanes',
    lines: [
      [['1 – 4'], 'help.lane'],
      [['← ↑ → ↓'], 'help.move'],
      [['Enter'], 'help.select'],
      [['W'], 'help.why'],
      [['B'], 'help.table'],
      [['S'], 'help.settings'],
      [['P'], 'help.plant'],
      [['Shift F10'], 'help.menu'],
    ],
  },
  {
    title: 'help.group.app',
    lines: [
      [['Ctrl Enter'], 'help.run'],
      [['Ctrl Z'], 'help.undo'],
      [['?'], 'help.help'],
    ],
  },
];

export function Help({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const shortcuts = useModel((model) => model.prefs.shortcuts);
  return (
    <Dialog open={open} title={words.t('help.title')} onClose={onClose}>
      <p className="muted">{words.t('help.intro')}</p>
      <label className="sw">
        <input
          type="checkbox"
          checked={shortcuts}
          onChange={(event) => commands.setPreference({ shortcuts: event.target.checked })}
        />
        {words.t('help.switch')}
      </label>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3>{words.t(group.title)}</h3>
          <dl className="keymap">
            {group.lines.map(([keys, line]) => (
              <div key={line}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{words.t(line)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <h3>{words.t('help.about')}</h3>
      <p>{words.t('help.aboutText')}</p>
      <p className="faint t12">{words.t('footer.mark')}</p>
    </Dialog>
  );
}
