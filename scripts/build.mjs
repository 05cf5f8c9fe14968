/** `npm run build`: the site in dist/, its sizes, and a failure when the first load is too heavy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprint, sources } from './lib/fingerprint.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { ensureInstalled } from './lib/setup.mjs';
import { markBuilt } from './lib/site.mjs';

await ensureInstalled();
const { build } = await import('vite');
const before = fingerprint(sources);
const result = await build({ root, logLevel: 'warn' });
const output = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
if (report(output)) markBuilt(before);
else process.exitCode = 1;

/** Prints sizes; true when every budget of package.json holds. */
function report(output) {
  const budgets = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).budgets;
  const rows = [
    ['entry JavaScript', firstLoad(output), budgets.entryJsKb],
    ['entry CSS', output.filter((part) => isStyleOfEntry(part)), budgets.entryCssKb],
    ...workers(output).map((part) => [part.fileName, [part], budgets.workerKb]),
  ];
  let good = true;
  for (const [name, parts, budget] of rows) {
    const kb = parts.reduce((sum, part) => sum + gzipSync(contentOf(part)).length, 0) / 1000;
    const over = kb > budget;
    good &&= !over;
    const note = over ? ', OVER BUDGET' : '';
    process.stdout.write(`${name}: ${kb.toFixed(1)} kB gzip (at most ${budget} kB${note})\n`);
  }
  if (!good)
    say('A size budget of package.json is broken: make the part smaller or load it later.');
  return good;
}

/** The entry chunk and everything it imports statically. */
function firstLoad(output) {
  const byName = new Map(output.map((part) => [part.fileName, part]));
  const seen = new Set();
  const visit = (name) => {
    const part = byName.get(name);
    if (!part || part.type !== 'chunk' || seen.has(part)) return;
    seen.add(part);
    part.imports.forEach(visit);
  };
  output.filter((part) => part.type === 'chunk' && part.isEntry).forEach((p) => visit(p.fileName));
  return [...seen];
}

function isStyleOfEntry(part) {
  return /assets\/(index|main)-[^/]*\.css$/.test(part.fileName);
}

function workers(output) {
  return output.filter((part) => /^assets\/[^/]*worker[^/]*\.js$/.test(part.fileName));
}

function contentOf(part) {
  return part.type === 'chunk' ? part.code : part.source;
}
