import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoHashes } from './engineHashes.ts';
import { openSite } from './site.ts';

const files = join(import.meta.dirname, '..', 'oracle', 'dag-files', 'files');

/** What a lane's canvas shows. */
async function picture(page: Page, lane: number): Promise<string> {
  const shot = await page.locator('.stage-host canvas').nth(lane).screenshot();
  return shot.toString('base64');
}

for (const path of ['', '?draw-here']) {
  const where = path === '' ? 'in the render worker' : 'on the page itself';
  test(`landing page: drawn ${where} -> four lanes move within 3 s of opening`, async () => {
    const start = performance.now();
    const { page, context, troubles, outside } = await openSite({
      path,
      viewport: { width: 1440, height: 900 },
    });
    await page.locator('.stage-host canvas').nth(3).waitFor();
    const first = await picture(page, 2);
    await expect.poll(async () => (await picture(page, 2)) !== first).toBe(true);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(troubles).toEqual([]);
    expect(outside).toEqual([]);
    await context.close();
  });
}

test('clock: paused -> the picture stands; scrubbed -> another one; back -> the same again', async () => {
  const { page, context, troubles } = await openSite({ viewport: { width: 1440, height: 900 } });
  await page.locator('.stage-host canvas').nth(3).waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.waitForTimeout(600);
  const start = await picture(page, 3);
  await page.keyboard.press('End');
  await page.waitForTimeout(600);
  const end = await picture(page, 3);
  expect(end).not.toBe(start);
  await page.keyboard.press('Home');
  await page.waitForTimeout(600);
  expect(await picture(page, 3)).toBe(start);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a DAG file: dropped on the page and run -> its tasks in all four lanes', async () => {
  const { page, context, outside } = await openSite({
    path: '#/code',
    viewport: { width: 1440, height: 900 },
  });
  const text = readFileSync(join(files, 'course_parallel.py'), 'utf8');
  await page.locator('main').waitFor();
  await page.evaluate((source) => {
    const data = new DataTransfer();
    data.items.add(new File([source], 'course_parallel.py', { type: 'text/x-python' }));
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector('main')?.dispatchEvent(drop);
  }, text);
  await page.getByText('parallel_dag', { exact: true }).first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /Run in all lanes/ }).click();
  await expect
    .poll(() => page.getByText(/of 5/).count(), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(4);
  expect(outside).toEqual([]);
  await context.close();
});

test('reload: file and settings -> still there', async () => {
  const { page, context } = await openSite({ path: '#/code' });
  await page.locator('main').waitFor();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x = 1\n'], 'kept.py', { type: 'text/x-python' }));
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector('main')?.dispatchEvent(drop);
  });
  await page.getByText('kept.py').first().waitFor();
  await page.waitForTimeout(1500);
  await page.reload();
  await page.getByText('kept.py').first().waitFor();
  await context.close();
});

interface KeptRuns {
  hash: string;
}

/** Hashes of the last run, from the database that the page keeps it in. */
function keptHashes(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const open = indexedDB.open('windtunnel');
        open.onerror = () => reject(new Error('no database'));
        open.onsuccess = () => {
          const all = open.result.transaction('runs').objectStore('runs').getAll();
          all.onsuccess = () => {
            const [run] = all.result as { lanes: KeptRuns[] }[];
            open.result.close();
            resolve(run?.lanes.map((lane) => lane.hash) ?? []);
          };
        };
      }),
  );
}

test('demonstration: in Chromium and in Node -> the same hash of world and log in every lane', async () => {
  const { page, context } = await openSite();
  await page.locator('.stage-host canvas').first().waitFor();
  await expect.poll(async () => (await keptHashes(page)).length, { timeout: 20_000 }).toBe(4);
  expect(await keptHashes(page)).toEqual(demoHashes());
  await context.close();
});
