/** `npm run dev`: Vite's development server. */
import { join } from 'node:path';
import { modules } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureInstalled } from './lib/setup.mjs';

await ensureInstalled();
const vite = join(modules, 'vite', 'bin', 'vite.js');
process.exit(await run(process.execPath, [vite, ...process.argv.slice(2)]));
