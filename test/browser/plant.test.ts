/** Parts, faults and actions on the page, with pointer, menu and keyboard. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findings, playing } from './looks.ts';
import { openSite } from './site.ts';

const wide = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };

async function stopped(page: Page): Promise<void> {
  await playing(page);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
}

function counts(page: Page): Promise<string[]> {
  return page.locator('section.lane .big b').allTextContents();
}

function celeryEnd(page: Page): Promise<string | null> {
  return page.locator('section.lane[data-k=celery] .mets dd').last().textContent();
}

test('panel: a worker killed, then restored -> the lane ends later, the past is as it was', async () => {
  const { page, context, troubles } = await openSite(wide);
  await stopped(page);
  const before = await counts(page);
  const end = await celeryEnd(page);
  await page.keyboard.press('p');
  const worker = page.locator('.plant .part', { hasText: 'Worker 2' });
  await worker.getByText(/processed/).waitFor();
  await worker.getByRole('button').click();
  await page.locator('.fault-verb b', { hasText: /^Kill$/ }).click();
  await page.locator('section.lane > .sr', { hasText: 'worker-2' }).waitFor();
  await expect.poll(() => celeryEnd(page), { timeout: 20_000 }).not.toBe(end);
  expect(await counts(page)).toEqual(before);
  expect(await findings(page)).toEqual([]);
  await page.locator('.edits').getByRole('button', { name: 'Restore' }).click();
  await expect
    .poll(() => page.locator('section.lane > .sr', { hasText: 'worker-2' }).count())
    .toBe(0);
  for (let left = 2; left > 0; left--) {
    await page.getByRole('button', { name: /^Undo/ }).click();
  }
  await expect.poll(() => celeryEnd(page), { timeout: 20_000 }).toBe(end);
  expect(troubles).toEqual([]);
  await context.close();
});

test('picture: right button on a worker -> its menu; Menu key on a square -> what can be done to it', async () => {
  const { page, context, troubles } = await openSite(wide);
  await stopped(page);
  const lane = page.locator('section.lane[data-k=celery] .stage-host');
  const box = await lane.boundingBox();
  // The lower end of the right worker's lines, where no square is.
  await lane.click({ button: 'right', position: { x: (box?.width ?? 0) * 0.58, y: 330 } });
  await page.locator('.menu:popover-open').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  const mark = page.locator('.focus-mark').nth(2);
  await expect.poll(() => mark.getAttribute('aria-label')).not.toContain('Picture');
  await page.keyboard.press('Shift+F10');
  const menu = page.locator('.menu:popover-open');
  await menu.getByRole('button', { name: 'Mark success' }).click();
  await menu.waitFor({ state: 'detached' });
  expect(await mark.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.locator('.edit', { hasText: 'as success' }).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('runs: triggered with a conf that is no JSON, then with one that is -> said so, then a second run', async () => {
  const { page, context } = await openSite(wide);
  await stopped(page);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByText('Trigger', { exact: true }).click();
  await page.locator('textarea[name=conf]').fill('{no}');
  await page.getByRole('button', { name: 'Trigger now' }).click();
  await page.getByText('conf needs an object in JSON').waitFor();
  await page.locator('textarea[name=conf]').fill('{"day": 1}');
  await page.getByRole('button', { name: 'Trigger now' }).click();
  await expect.poll(() => page.locator('.big span').first().textContent()).toBe('of 728');
  expect(await findings(page)).toEqual([]);
  await context.close();
});

test('link: copied with a fault -> opened elsewhere it shows the same fault at the same moment', async () => {
  const first = await openSite({ ...wide, permissions: ['clipboard-read', 'clipboard-write'] });
  await stopped(first.page);
  await first.page.keyboard.press('p');
  await first.page.locator('.plant .part', { hasText: 'Broker' }).getByRole('button').click();
  await first.page.locator('.fault-verb').first().click();
  await first.page.locator('.box.broken', { hasText: 'redis' }).waitFor();
  await first.page.getByRole('button', { name: 'Copy link' }).click();
  await first.page.getByText('Link copied').waitFor();
  const link = await first.page.evaluate(() => navigator.clipboard.readText());
  const second = await openSite({ ...wide, path: link.slice(link.indexOf('#')) });
  await second.page.locator('.box.broken', { hasText: 'redis' }).waitFor();
  expect(new URL(second.page.url()).hash).toBe('#/');
  expect(second.troubles).toEqual([]);
  await first.context.close();
  await second.context.close();
});

test('phone: a finger moves to the side -> the next lane', async () => {
  const { page, context } = await openSite({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'ko-KR',
  });
  await playing(page);
  const swipe = (from: number, to: number): Promise<void> =>
    page.locator('.stage-host').evaluate(
      (target, [x, end]) => {
        const touch = (clientX: number) =>
          new Touch({ identifier: 1, target, clientX, clientY: 400 });
        const init = (clientX: number) => ({ changedTouches: [touch(clientX)], bubbles: true });
        const begin = { ...init(x), touches: [touch(x)] };
        target.dispatchEvent(new TouchEvent('touchstart', begin));
        target.dispatchEvent(new TouchEvent('touchend', init(end)));
      },
      [from, to] as const,
    );
  const shown = () => page.locator('section.lane').getAttribute('data-k');
  expect(await shown()).toBe('sequential');
  await swipe(300, 120);
  await expect.poll(shown).toBe('local');
  await swipe(120, 300);
  await expect.poll(shown).toBe('sequential');
  await context.close();
});
