import type { ReactNode } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { hrefOf } from '../route.ts';
import type { Page } from '../route.ts';
import { useWords } from '../words.tsx';
import { usePages } from './pages.ts';

/** The tabs on a phone. */
export function BottomTabs({ page }: { page: Page | null }): ReactNode {
  const words = useWords();
  const pages = usePages();
  return (
    <nav className="tabs-bottom" aria-label={words.t('nav.main')}>
      {pages.map((one) => (
        <a key={one} href={hrefOf(one)} aria-current={one === page ? 'page' : undefined}>
          <Icon name={one} size={20} />
          <span>{words.t(`nav.${one}`)}</span>
        </a>
      ))}
    </nav>
  );
}
