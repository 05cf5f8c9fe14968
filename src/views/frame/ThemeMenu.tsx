import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { ThemeChoice } from '../../app/model.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

export function ThemeMenu(): ReactNode {
  const words = useWords();
  const theme = useModel((model) => model.prefs.theme);
  const label = `${words.t('tool.theme')}: ${words.t(`theme.${theme}`)}`;
  return (
    <Menu className="ib" label={label} button={<Icon name="theme" />}>
      {(close) => <ThemeChoices close={close} />}
    </Menu>
  );
}

export function ThemeChoices({ close }: { close: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const theme = useModel((model) => model.prefs.theme);
  return THEMES.map((one) => (
    <button
      key={one}
      type="button"
      aria-current={one === theme ? 'true' : undefined}
      onClick={() => {
        commands.setPreference({ theme: one });
        close();
      }}
    >
      {words.t(`theme.${one}`)}
    </button>
  ));
}

/** Sets the theme on the document; `system` leaves it to the browser. */
export function useThemeAttribute(): void {
  const theme = useModel((model) => model.prefs.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
