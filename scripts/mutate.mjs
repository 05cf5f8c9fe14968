/**
 * `npm run mutate -- -m src/airflow/rules/FILE.ts`: would the tests notice a changed program?
 * Without `-m`: rules, dependencies, scheduler and pools. Decision 0014 says who judges.
 */
import { join } from 'node:path';
import { modules } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureInstalled } from './lib/setup.mjs';

await ensureInstalled();
const stryker = join(modules, '@stryker-mutator', 'core', 'bin', 'stryker.js');
process.exit(await run(process.execPath, [stryker, 'run', ...process.argv.slice(2)]));
