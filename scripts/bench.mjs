/**
 * `npm run bench`: bundles test/bench/main.ts and calls its `main(argv)`. The benchmark compares
 * the engine with models that are no part of the product, so it lies beside the tests and not in
 * src/cli.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCommand } from './lib/bundle.mjs';
import { engineSources } from './lib/fingerprint.mjs';
import { root } from './lib/paths.mjs';
import { ensureInstalled } from './lib/setup.mjs';

await ensureInstalled();
const file = await bundleCommand('bench', {
  entry: join(root, 'test', 'bench', 'main.ts'),
  sources: [...engineSources, 'test/bench'],
});
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
