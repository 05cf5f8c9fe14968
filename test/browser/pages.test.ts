import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findings, playing } from './looks.ts';
import { openSite } from './site.ts';
import type { OpenOptions } from './site.ts';

const wide = { viewport: { width: 1440, height: 900 }, locale: 'en-US' } satisfies OpenOptions;
const phone = { viewport: { width: 390, height: 844 }, locale: 'ko-KR' } satisfies OpenOptions;

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

test('landing: link opened -> four lanes move within three seconds, no dialog, no Python', async () => {
  const asked: string[] = [];
  const { page, context, troubles } = await openSite(wide);
  page.on('request', (request) => asked.push(request.url()));
  await playing(page);
  const since = await page.evaluate(() => performance.now());
  expect(since).toBeLessThan(process.env['CI'] ? 10_000 : 6_000);
  expect(await page.locator('section.lane').count()).toBe(4);
  expect(await page.locator('dialog[open]').count()).toBe(0);
  expect(asked.filter((url) => url.includes('pyodide'))).toEqual([]);
  expect(troubles).toEqual([]);
  await context.close();
});

test('picture: squares pressed -> the Why panel names one and shows its states', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('1');
  const mark = page.locator('.focus-mark').first();
  await expect
    .poll(() => mark.getAttribute('aria-label'), { timeout: 15_000 })
    .not.toContain('Picture');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.why .ti').waitFor();
  expect(await page.locator('.why .say').textContent()).not.toBe('');
  expect(await page.locator('.states-list li').count()).toBeGreaterThan(0);
  await context.close();
});

test('table: switched on, filtered, sorted -> rows say task, state and times', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const rows = page.locator('table.data tbody tr:not(.gap)');
  await rows.first().waitFor();
  const all = await page.locator('table.data').getAttribute('aria-rowcount');
  expect(Number(all)).toBeGreaterThan(300);
  await page.getByRole('searchbox').fill('merge');
  await page.waitForFunction(() => document.querySelectorAll('table.data tbody tr').length < 5);
  expect(await rows.first().textContent()).toContain('merge');
  await page.getByRole('searchbox').fill('no such task');
  await page.getByRole('button', { name: 'Show all' }).click();
  await rows.first().waitFor();
  await context.close();
});

test('clock: keys and slider -> stop, step both ways, jump to the ends', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  await page.keyboard.press('Space');
  const clock = page.locator('.clock time');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('.verdict b')?.textContent !== '');
  const end = await clock.textContent();
  await page.keyboard.press('Home');
  await expect.poll(() => clock.textContent()).toBe('0:00');
  const slider = page.getByRole('slider', { name: 'Time line' });
  await slider.focus();
  await slider.press('PageUp');
  await expect.poll(() => clock.textContent()).not.toBe('0:00');
  expect(await slider.getAttribute('aria-valuetext')).toContain(' of ');
  expect(end).not.toBe('0:00');
  await context.close();
});

test('settings: fewer slots -> the lanes are computed again and end later', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  const ends = page.locator('section.lane[data-k=local] .mets dd').last();
  await expect.poll(() => ends.textContent()).toMatch(/\d/);
  const before = await ends.textContent();
  await page.keyboard.press('s');
  const field = page.getByRole('spinbutton', { name: 'Worker processes' });
  await field.fill('2');
  await field.press('Enter');
  await expect.poll(() => ends.textContent(), { timeout: 20_000 }).not.toBe(before);
  await context.close();
});

test('language and theme: switched -> words change without losing the place, colours too', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const clock = await page.locator('.clock time').textContent();
  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('link', { name: '비교' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ko');
  expect(await page.locator('.clock time').textContent()).toBe(clock);
  const paper = () =>
    page.locator('main').evaluate((main) => getComputedStyle(main).backgroundColor);
  const light = await paper();
  await page.getByRole('button', { name: '테마' }).click();
  await page.getByRole('button', { name: '어둡게' }).click();
  await expect.poll(paper).not.toBe(light);
  await context.close();
});

test('help: question mark, Esc -> list of keys opens and closes; keys can be switched off', async () => {
  const { page, context } = await openSite(wide);
  await playing(page);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('s');
  expect(await page.locator('aside.settings').count()).toBe(0);
  await context.close();
});

test('code: an example opened -> its source is in the editor, keys lead in and out', async () => {
  const { page, context, troubles } = await openSite({ ...wide, path: '#/code' });
  await page.getByRole('button', { name: 'course_parallel.py', exact: true }).click();
  const editor = page.locator('.cm-content');
  await editor.waitFor();
  expect(await editor.textContent()).toContain('parallel_dag');
  expect(troubles).toEqual([]);
  await context.close();
});

test('code: an example run -> read by Python, its graph shown, played in four lanes', async () => {
  const { page, context, troubles, outside } = await openSite({ ...wide, path: '#/code' });
  await page.getByRole('button', { name: 'course_parallel.py', exact: true }).click();
  await page.getByText('1 DAG read').waitFor({ timeout: 60_000 });
  expect(await page.locator('svg.graph .nt').allTextContents()).toContain('transform');
  await page.getByRole('button', { name: 'Run in all lanes' }).click();
  await page.locator('section.lane').first().waitFor();
  await expect.poll(() => page.locator('.big span').first().textContent()).toBe('of 5');
  expect(troubles).toEqual([]);
  expect(outside).toEqual([]);
  await context.close();
});

test('code: a file of 50 MB or of bytes -> refused in words, page alive', async () => {
  const { page, context } = await openSite({ ...wide, path: '#/code' });
  const choose = (name: string, size: number, byte: number) =>
    page
      .locator('input[type=file]')
      .first()
      .evaluate(
        (input, [file, length, value]) => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(length).fill(value)], file));
          if (input instanceof HTMLInputElement) input.files = files.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
        },
        [name, size, byte] as const,
      );
  await choose('big.py', 50_000_000, 0x23);
  await page.getByText('big.py').waitFor();
  await choose('bytes.py', 10, 0xff);
  await page.getByText('bytes.py').waitFor();
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.locator('section.lane').first().waitFor();
  await context.close();
});

test('machines: another lane, another machine, a table -> charts and rows of that lane', async () => {
  const { page, context, troubles } = await openSite({ ...wide, path: '#/machines' });
  await page.locator('.sbox', { hasText: 'success' }).locator('.scount').waitFor();
  await page.getByRole('button', { name: 'K8s' }).click();
  await page.locator('.mlist').getByRole('button', { name: /^pod/ }).click();
  await page.locator('.sbox').filter({ hasText: 'succeeded' }).first().waitFor();
  await page.getByRole('button', { name: 'Seq' }).click();
  await page.locator('.mlist').getByRole('button', { name: 'sequential_key' }).waitFor();
  await page.getByRole('button', { name: 'Celery' }).click();
  await page.getByRole('button', { name: /^flower/ }).click();
  await page.getByText('celery@worker-2').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('address: unknown page -> says so and leads back', async () => {
  const { page, context } = await openSite({ ...wide, path: '#/nowhere' });
  await page.getByRole('link', { name: 'Go to Compare' }).click();
  await page.locator('section.lane').first().waitFor();
  await context.close();
});

const places: [string, OpenOptions, string][] = [
  ['compare, wide, light', wide, ''],
  ['compare, wide, dark, Korean', { ...wide, locale: 'ko-KR', colorScheme: 'dark' }, ''],
  ['compare, phone', phone, ''],
  [
    'compare, 360 px, dark',
    { ...phone, viewport: { width: 360, height: 640 }, colorScheme: 'dark' },
    '',
  ],
  ['compare, tablet', { ...wide, viewport: { width: 820, height: 1100 } }, ''],
  ['code, wide', wide, '#/code'],
  ['code, phone', phone, '#/code'],
  ['machines, wide', wide, '#/machines'],
  ['machines, phone, dark', { ...phone, colorScheme: 'dark' }, '#/machines'],
  ['lessons, wide', wide, '#/lessons'],
  ['lesson, wide, Korean', { ...wide, locale: 'ko-KR' }, '#/lessons/parallel-dag'],
  ['lesson, phone', phone, '#/lessons/parallel-dag'],
];

for (const [name, options, path] of places) {
  test(`accessibility: ${name} -> axe finds nothing, nothing sticks out`, async () => {
    const { page, context } = await openSite({ ...options, path });
    if (path === '') await playing(page);
    else await page.locator('main h1').first().waitFor({ state: 'attached' });
    if (path === '#/machines') await page.locator('.sbox').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await context.close();
  });
}

test('reduced motion: wished by the system -> the clock waits, everything else is there', async () => {
  const { page, context } = await openSite({ ...wide, reducedMotion: 'reduce' });
  await page.waitForFunction(() => /\d/.test(document.querySelector('.big b')?.textContent ?? ''));
  await page.getByRole('button', { name: 'Play' }).waitFor();
  expect(await page.locator('.clock time').textContent()).toBe('0:00');
  await context.close();
});
