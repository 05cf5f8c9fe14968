/** `npm run planted`: plants every bug of test/planted/bugs.ts and says who found it. */
import { join } from 'node:path';
import { modules } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureInstalled } from './lib/setup.mjs';

await ensureInstalled();
const vitest = join(modules, 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--project', 'node', 'test/planted'];
process.exit(await run(process.execPath, args, { env: { PLANTED: 'all' } }));
