/**
 * `npm run --silent simulate -- ...` and the other commands: bundles src/cli/NAME.ts when a source
 * has changed, then calls its `main(argv)`, whose promise gives the exit code. Set-up speaks on
 * stderr, so that stdout carries the command's own output only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCommand } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';
import { stop } from './lib/say.mjs';
import { ensureInstalled } from './lib/setup.mjs';

const [name = '', ...argv] = process.argv.slice(2);
if (!existsSync(join(root, 'src', 'cli', `${name}.ts`))) {
  stop(`The command "${name}" does not exist yet.`, 2);
}
await ensureInstalled();
const file = await bundleCommand(name);
// File names on the command line are meant from where the person stands, not from the project.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.env.WINDTUNNEL_ROOT = root;
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { main } = await import(pathToFileURL(file).href);
const code = await main(argv);
process.stdout.write('', () => process.exit(code));
