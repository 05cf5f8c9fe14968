/** `node scripts/examples.mjs`: makes lessons/examples/*.json from the Python files beside them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const folder = join(root, 'lessons', 'examples');
for (const name of readdirSync(folder).filter((file) => file.endsWith('.py'))) {
  const args = [join(root, 'scripts', 'run-cli.mjs'), 'import-dag', join(folder, name)];
  const answer = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
  const dags = JSON.parse(answer).flatMap((file) => file.dags);
  writeFileSync(join(folder, name.replace(/py$/, 'json')), `${JSON.stringify(dags, null, 1)}\n`);
}
