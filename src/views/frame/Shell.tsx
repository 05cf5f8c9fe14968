import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ComparePage } from '../compare/ComparePage.tsx';
import { Place } from '../parts/Place.tsx';
import { hrefOf, useRoute } from '../route.ts';
import type { Route } from '../route.ts';
import { useModel } from '../useApp.ts';
import { Words, useWords } from '../words.tsx';
import type { Translator } from '../../i18n/index.ts';
import { BottomTabs } from './BottomTabs.tsx';
import { Header } from './Header.tsx';
import { Help } from './Help.tsx';
import { Notices } from './Notices.tsx';
import { PageBoundary } from './PageBoundary.tsx';
import { useThemeAttribute } from './ThemeMenu.tsx';
import { useShortcut } from './shortcuts.ts';

const CodePage = lazy(() => import('../code/CodePage.tsx').then((m) => ({ default: m.CodePage })));
const MachinesPage = lazy(() =>
  import('../machines/MachinesPage.tsx').then((m) => ({ default: m.MachinesPage })),
);
const LessonsPage = lazy(() =>
  import('../lesson/LessonsPage.tsx').then((m) => ({ default: m.LessonsPage })),
);

/** The whole page around a model. `first` is the catalogue that is already loaded. */
export function Shell({ first }: { first: Translator }): ReactNode {
  const locale = useModel((model) => model.prefs.locale);
  return (
    <Words first={first} locale={locale}>
      <Frame />
    </Words>
  );
}

function Frame(): ReactNode {
  const words = useWords();
  const route = useRoute();
  const [help, setHelp] = useState(false);
  useThemeAttribute();
  useShortcut('?', () => setHelp(true));
  useEffect(() => {
    const page = route.page ? words.t(`nav.${route.page}`) : words.t('page.missing');
    document.title = words.t('app.title', { page });
  }, [route.page, words]);
  return (
    <>
      <a className="skip" href="#main" onClick={focusMain}>
        {words.t('nav.skip')}
      </a>
      <div className={`app p-${route.page ?? 'none'}`}>
        <Header page={route.page} onHelp={() => setHelp(true)} />
        <Notices />
        <PageBoundary key={route.page}>
          <Suspense fallback={<Place full text={words.t('page.loading')} />}>
            <PageOf route={route} />
          </Suspense>
        </PageBoundary>
        <BottomTabs page={route.page} />
      </div>
      <footer className="foot">{words.t('footer.mark')}</footer>
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

function PageOf({ route }: { route: Route }): ReactNode {
  const words = useWords();
  if (route.page === 'compare') return <ComparePage />;
  if (route.page === 'code') return <CodePage />;
  if (route.page === 'machines') return <MachinesPage />;
  if (route.page === 'lessons') return <LessonsPage id={route.rest || null} />;
  return (
    <main id="main" tabIndex={-1}>
      <Place full title={words.t('page.missing')} text="">
        <a href={hrefOf('compare')}>{words.t('page.toCompare')}</a>
      </Place>
    </main>
  );
}

/** The hash belongs to the pages, so the skip link moves the focus by itself. */
function focusMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('main')?.focus();
}
