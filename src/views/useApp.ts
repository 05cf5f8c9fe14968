/** How a component reads the model and sends commands. */
import { useContext, useSyncExternalStore } from 'react';
import type {} from './css.d.ts';
import { assert } from '../base/assert.ts';
import { AppContext } from '../app/context.ts';
import type { App, Commands } from '../app/context.ts';
import type { AppModel } from '../app/model.ts';

export function useApp(): App {
  const app = useContext(AppContext);
  assert(app !== null, 'a page needs an App around it');
  return app;
}

export function useCommands(): Commands {
  return useApp().commands;
}

/**
 * A part of the model. The component renders again only when that part changes: `select` gives
 * back a piece of the model as it is, or a primitive value.
 */
export function useModel<T>(select: (model: AppModel) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
