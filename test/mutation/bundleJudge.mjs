/** Bundles the judge with the instrumented sources of Stryker's sandbox into one file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Calls that note which mutant was passed: only the first run needs them, and they are slow. */
const NOTES = /stryCov_\w+\((?:"\d+"(?:, )?)+\)/g;

/** Stryker's question whether a mutant is on: it also counts, and ends what does not end. */
const QUESTION = /function isActive\(id\) \{/g;
const COUNTED = `function isActive(id) {
  if (++ns.asked > ns.askedAtMost) throw new Error('this does not end');`;

/**
 * @param {string} root of the sandbox
 * @param {string} outDir
 * @returns {Promise<{ noting: string, plain: string }>} with and without notes of what is covered
 */
export async function bundleJudge(root, outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { vitest: join(root, 'test', 'mutation', 'vitest.ts') } },
    build: {
      ssr: join(root, 'test', 'mutation', 'judge.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        output: { entryFileNames: 'noting.mjs', codeSplitting: false, topLevelVar: false },
      },
    },
  });
  const noting = join(outDir, 'noting.mjs');
  const plain = join(outDir, 'plain.mjs');
  const text = readFileSync(noting, 'utf8').replace(QUESTION, COUNTED);
  writeFileSync(noting, text);
  writeFileSync(plain, text.replace(NOTES, '0'));
  return { noting, plain };
}
