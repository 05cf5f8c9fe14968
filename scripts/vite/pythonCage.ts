/**
 * `virtual:python-cage`: the Python process of the command line (src/authoring/cage/child.node.ts)
 * as the text of one module that needs no file beside it. `import()` is taken out of Pyodide:
 * inside the cage it would be the way to Node's own modules.
 */
import { join } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { pythonPackage } from './pythonPackage.ts';
import { scriptOf } from './scriptOf.ts';

const id = 'virtual:python-cage';
const root = join(import.meta.dirname, '..', '..');
const entry = join(root, 'src', 'authoring', 'cage', 'child.node.ts');

export function pythonCage(): Plugin {
  let made: Promise<string> | undefined;
  return {
    name: 'windtunnel:python-cage',
    resolveId: (name) => (name === id ? `\0${id}` : null),
    async load(name) {
      if (name !== `\0${id}`) return null;
      made ??= bundle();
      return `export const script = ${JSON.stringify(await made)};\n`;
    },
  };
}

async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [pythonPackage(), withoutImports()],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      write: false,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'es', codeSplitting: false }, onLog: () => undefined },
    },
  });
  return scriptOf(result, entry);
}

/** Every `import()` of Pyodide becomes a refusal, and it learns no address of its own. */
function withoutImports(): Plugin {
  return {
    name: 'windtunnel:without-imports',
    enforce: 'pre',
    transform(code, name) {
      if (!/pyodide(\.asm)?\.mjs$/.test(name)) return null;
      const refuse = 'const noImport = () => { throw new Error("nothing is imported here"); };\n';
      const text = code.replace(/\bimport\s*\(/g, 'noImport(');
      return refuse + text.replaceAll('import.meta.url', '"about:blank"');
    },
  };
}
