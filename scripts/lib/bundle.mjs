/** Bundles a command of src/cli for Node into the cache, keyed by the content of all sources. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { engineSources, fingerprint } from './fingerprint.mjs';
import { cache, root } from './paths.mjs';
import { stop } from './say.mjs';

const folder = join(cache, 'cli');
const keepMs = 3_600_000;

/**
 * @param {string} name of the bundle, and of the entry src/cli/NAME.ts unless `from` says otherwise
 * @param {{ entry?: string, sources?: readonly string[] }} [from] entry file; what it is made from
 * @returns {Promise<string>} path of the bundle; ends the process when the sources do not compile
 */
export async function bundleCommand(name, from = {}) {
  const entry = from.entry ?? join(root, 'src', 'cli', `${name}.ts`);
  const target = join(folder, `${name}-${fingerprint(from.sources ?? engineSources)}`);
  const file = join(target, `${name}.mjs`);
  if (existsSync(file)) return file;
  const draft = `${target}.${process.pid}`;
  await bundle(name, entry, draft);
  publish(draft, target);
  dropOld();
  return file;
}

async function bundle(name, entry, outDir) {
  const { build } = await import('vite');
  try {
    await build({
      root,
      logLevel: 'silent',
      publicDir: false,
      build: {
        ssr: entry,
        outDir,
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        sourcemap: false,
        rollupOptions: {
          output: {
            topLevelVar: false,
            entryFileNames: `${name}.mjs`,
            chunkFileNames: '[name].mjs',
          },
        },
      },
    });
  } catch (error) {
    rmSync(outDir, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    stop(`The command "${name}" does not compile: ${reason}`);
  }
}

/** A whole bundle appears at once; when two processes made the same one, the first stays. */
function publish(draft, target) {
  mkdirSync(folder, { recursive: true });
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function dropOld() {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > keepMs) rmSync(path, { recursive: true, force: true });
  }
}
