/** Puts the pages into the document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppContext } from '../app/context.ts';
import type { App } from '../app/context.ts';
import { loadTranslator } from '../i18n/index.ts';
import { Shell } from './frame/Shell.tsx';
import './styles/index.css';

/** Waits for the words of the chosen language only, so that nothing flashes in the other one. */
export async function mount(root: Element, app: App): Promise<void> {
  const first = await loadTranslator(app.store.get().prefs.locale);
  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <Shell first={first} />
      </AppContext>
    </StrictMode>,
  );
}
