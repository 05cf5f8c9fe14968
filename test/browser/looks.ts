/** Waiting for the page to play, and what axe finds on it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until lanes have numbers and the clock has moved. */
export async function playing(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const clock = document.querySelector('.clock time, .mclock time')?.textContent ?? '';
    return /[1-9]/.test(clock) && !document.querySelector('.big b')?.textContent?.includes('–');
  });
}

interface Finding {
  id: string;
  nodes: { target: unknown }[];
}

export async function findings(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not concern.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe;
    return (await run.run()).violations;
  });
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => String(node.target)).join(' ')}`);
}
