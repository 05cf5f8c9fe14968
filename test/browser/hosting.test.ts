import { expect, test } from 'vitest';
import { openSite } from './site.ts';

for (const subPath of [false, true]) {
  const place = subPath ? 'a sub-path of a host' : 'the root of a host';
  test(`built site: served from ${place} -> starts without trouble, asks no other origin`, async () => {
    const { page, context, troubles, outside } = await openSite({ subPath });
    await page.locator('#root > *').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(troubles).toEqual([]);
    expect(outside).toEqual([]);
    await context.close();
  });
}

test('page policy: markup from text, foreign or misplaced worker -> refused', async () => {
  const { page, context } = await openSite();
  const answers = await page.evaluate(() => {
    const attempt = (action: () => unknown): string => {
      try {
        action();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown';
      }
    };
    return [
      attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      attempt(() => new Worker('https://example.invalid/worker.js')),
      attempt(() => new Worker('./index.html')),
    ];
  });
  expect(answers).toEqual(['TypeError', 'TypeError', 'TypeError']);
  await context.close();
});
