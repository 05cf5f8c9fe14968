/** The whole site with nothing but the keyboard: every control is reached, seen, named and left. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { playing } from './looks.ts';
import { openSite } from './site.ts';
import type { OpenOptions } from './site.ts';

const wide = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US', hasTouch: true };

/** No page has so many stops: who needs more is in a trap. */
const MOST_STOPS = 260;

interface Stop {
  key: string;
  name: string;
  /** An outline or a ring can be seen. */
  ring: boolean;
}

/** Numbers every control that the Tab key should reach; gives how they can be told in a message. */
function mark(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wanted = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const seen: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(wanted)) {
      const off = element.matches(':disabled, [hidden], [tabindex="-1"]');
      if (off || !element.checkVisibility({ visibilityProperty: true })) continue;
      // Of radio buttons one stands for all.
      if (element instanceof HTMLInputElement && element.type === 'radio' && !element.checked) {
        continue;
      }
      element.dataset['stop'] = String(seen.length);
      const text = (element.getAttribute('aria-label') ?? element.textContent).trim();
      seen.push(`${element.tagName.toLowerCase()}.${element.className} ${text.slice(0, 40)}`);
    }
    return seen;
  });
}

/** What has the focus, null when it has left the page. */
function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const by = element.getAttribute('aria-labelledby') ?? '';
    const named = [
      element.getAttribute('aria-label'),
      by && document.getElementById(by)?.textContent,
      ...labels.map((label) => label.textContent),
      element.textContent,
      element.getAttribute('title'),
    ];
    return {
      key: element.dataset['stop'] ?? '',
      name: named.find((one) => one && one.trim() !== '') ?? '',
      ring: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    };
  });
}

/** Tab by Tab from the start of the page until the focus leaves it. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    document.body.tabIndex = -1;
    document.body.focus();
  });
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error(`no end after ${MOST_STOPS} stops, last: ${JSON.stringify(stops.slice(-3))}`);
}

async function stopped(page: Page): Promise<void> {
  await playing(page);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
}

type Arrive = (page: Page) => Promise<unknown>;
const places: [string, OpenOptions, Arrive][] = [
  ['compare', wide, stopped],
  [
    'compare with the parts of a lane',
    wide,
    async (page) => {
      await stopped(page);
      await page.keyboard.press('p');
      await page.locator('.plant .part').first().waitFor();
    },
  ],
  [
    'compare with the settings',
    wide,
    async (page) => {
      await stopped(page);
      await page.keyboard.press('s');
      await page.getByRole('button', { name: 'Add a machine' }).waitFor();
    },
  ],
  [
    'table',
    wide,
    async (page) => {
      await stopped(page);
      await page.keyboard.press('b');
      await page.locator('.tbw tbody button').first().waitFor();
    },
  ],
  ['compare, phone', phone, stopped],
  ['machines', { ...wide, path: '#/machines' }, (page) => page.locator('.sbox').first().waitFor()],
  ['code', { ...wide, path: '#/code' }, (page) => page.locator('.example-list').waitFor()],
  [
    'lesson',
    { ...wide, path: '#/lessons/parallel-dag' },
    (page) => page.locator('.hints').waitFor(),
  ],
];

for (const [name, options, arrive] of places) {
  test(`Tab key: ${name} -> every control once, named, with a ring, and out again`, async () => {
    const { page, context, troubles } = await openSite({
      ...options,
      reducedMotion: 'no-preference',
    });
    await arrive(page);
    const controls = await mark(page);
    const stops = await walk(page);
    const reached = new Set(stops.map(({ key }) => key));
    expect(controls.filter((_, at) => !reached.has(String(at)))).toEqual([]);
    expect(stops.filter((stop) => stop.name.trim() === '' || !stop.ring)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });
}

test('Escape: closes menu, help and panel, and the focus is where it was', async () => {
  const { page, context } = await openSite(wide);
  await stopped(page);
  const box = page.locator('section.lane[data-k=celery] .box', { hasText: 'database' });
  await box.focus();
  await page.keyboard.press('Enter');
  const menu = page.locator('.menu:popover-open');
  await menu.getByRole('button', { name: /^Kill/ }).waitFor();
  expect(await menu.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  expect(await box.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  expect(await box.evaluate((one) => one === document.activeElement)).toBe(true);
  await context.close();
});

test('boxes: arrow keys go from part to part, Enter and arrows break one', async () => {
  const { page, context, troubles } = await openSite(wide);
  await stopped(page);
  const lane = page.locator('section.lane[data-k=kubernetes]');
  await lane.locator('.box').first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('database');
  await page.keyboard.press('Enter');
  await page.locator('.menu:popover-open .fault-verb').first().waitFor();
  await page.keyboard.press('Enter');
  await lane.locator('.box.broken', { hasText: 'database' }).waitFor();
  await page.keyboard.press('Control+z');
  await lane.locator('.box.broken').waitFor({ state: 'detached' });
  expect(troubles).toEqual([]);
  await context.close();
});

test('table: a square of the picture by its row -> the Why panel answers for it', async () => {
  const { page, context } = await openSite(wide);
  await stopped(page);
  await page.keyboard.press('b');
  // Task instances appear with their runs: at the end there are all of them.
  await page.keyboard.press('End');
  await page.locator('.tbw table[aria-rowcount="365"]').waitFor();
  await page.locator('.tbw tbody button').first().focus();
  const at = () =>
    page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? 'elsewhere');
  await page.keyboard.press('End');
  await expect.poll(at).toBe('363');
  await page.keyboard.press('ArrowUp');
  await expect.poll(at).toBe('362');
  await page.keyboard.press('Enter');
  const name = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('b');
  await expect.poll(() => page.locator('.why .ti').textContent()).toBe(name);
  await context.close();
});
