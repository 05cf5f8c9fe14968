/**
 * `npm test`: sets up what is missing (packages, a browser), then checks everything and ends with
 * `N passed, N failed`. `npm test -- --only=types,node` runs parts of it.
 */
import { parseArgs } from 'node:util';
import { ensureBrowser, missingBrowser } from './lib/browser.mjs';
import { checks } from './lib/checks.mjs';
import { stop } from './lib/say.mjs';
import { ensureInstalled } from './lib/setup.mjs';
import { ensureBuilt } from './lib/site.mjs';

const chosen = choose();
await ensureInstalled();
const needsBrowser = chosen.some((check) => check.name === 'browser');
const browser = needsBrowser ? await ensureBrowser() : '';
if (browser === null) stop(missingBrowser);
if (needsBrowser && !chosen.some((check) => check.name === 'build')) await ensureBuilt();

const rows = [];
for (const check of chosen) {
  process.stdout.write(`\n== ${check.name}\n`);
  const start = performance.now();
  const count = await check.run(browser ?? '');
  rows.push({ ...count, name: check.name, seconds: (performance.now() - start) / 1000 });
}
finish();

function choose() {
  const known = checks.map((check) => check.name);
  const names = optionOnly() ?? known;
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined)
    stop(`No part is called "${wrong}": choose from ${known.join(', ')}.`, 2);
  return checks.filter((check) => names.includes(check.name));
}

function optionOnly() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' } } });
    return values.only?.split(',');
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error), 2);
  }
}

function finish() {
  process.stdout.write('\n');
  for (const { name, passed, failed, seconds } of rows) {
    const counts = `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed`;
    process.stdout.write(`${name.padEnd(8)}${counts} ${seconds.toFixed(1).padStart(7)} s\n`);
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}
