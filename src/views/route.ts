/** Pages live behind the hash, so that every static host serves them: `#/code`, `#/lessons/id`. */
import { useSyncExternalStore } from 'react';

const PAGES = ['compare', 'code', 'lessons', 'machines'] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  page: Page | null;
  /** What follows the page, for example the lesson's id. */
  rest: string;
}

export function parseRoute(hash: string): Route {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  // What follows `s/` is a shared scenario: the application takes it, Compare shows it.
  if (page === '' || page === 's') return { page: 'compare', rest: '' };
  const known = PAGES.find((one) => one === page) ?? null;
  return { page: known, rest: decode(rest.join('/')) };
}

/** A broken escape in a link is text, not an error. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function hrefOf(page: Page, rest = ''): string {
  const tail = rest ? `/${encodeURIComponent(rest)}` : '';
  return page === 'compare' && !rest ? '#/' : `#/${page}${tail}`;
}

export function go(page: Page, rest = ''): void {
  location.hash = hrefOf(page, rest);
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(hash);
}
