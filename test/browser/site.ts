/** Opens pages of the built site in Chromium. One browser per test file, one context per page. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';

export interface OpenOptions extends BrowserContextOptions {
  /** Added to the site's address, such as `#/code`. */
  readonly path?: string;
  /** Use the copy under a sub-path. */
  readonly subPath?: boolean;
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors, console errors and failed requests so far. A good page has none. */
  readonly troubles: readonly string[];
  /** Requests that left the site's own origin. Must stay empty. */
  readonly outside: readonly string[];
}

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

function launch(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'];
  if (!executablePath) throw new Error('CHROME_PATH is not set: run the browser tests by npm test');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-dev-shm-usage'] });
}

/** The site in a fresh profile; `viewport`, `locale`, `colorScheme` ... as playwright takes them. */
export async function openSite(options: OpenOptions = {}): Promise<OpenPage> {
  const { path = '', subPath = false, ...contextOptions } = options;
  browser ??= launch();
  const context = await (await browser).newContext(contextOptions);
  const page = await context.newPage();
  const home = inject(subPath ? 'subPathUrl' : 'siteUrl');
  const watched = watch(page, new URL(home).origin);
  await page.goto(home + path);
  return { page, context, ...watched };
}

function watch(page: Page, origin: string): Pick<OpenPage, 'troubles' | 'outside'> {
  const troubles: string[] = [];
  const outside: string[] = [];
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!isOwn(request.url(), origin)) outside.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  return { troubles, outside };
}

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);
}
