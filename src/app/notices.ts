/** Lasting messages: one of each kind. */
import type { Notice } from './model.ts';
import type { ModelStore } from './store.ts';

type Plain = Omit<Notice, 'id' | 'params' | 'action'> & Partial<Pick<Notice, 'params' | 'action'>>;

export function notify(store: ModelStore, notice: Plain): void {
  const full: Notice = { params: {}, action: null, ...notice, id: notice.code };
  const others = store.get().notices.filter((one) => one.id !== full.id);
  store.set({ notices: [...others, full] });
}

export function dismiss(store: ModelStore, id: string): void {
  store.set({ notices: store.get().notices.filter((one) => one.id !== id) });
}
