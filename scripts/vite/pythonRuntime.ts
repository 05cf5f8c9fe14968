/**
 * Everything the Python sandbox is started from, as files that the page fetches and hands over:
 * Pyodide's wasm and standard library, our worker as one classic script, and py-sandbox.html with
 * the hash of its boot script in its policy. The same files in development and in the built site.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { pack, pythonPackage } from './pythonPackage.ts';
import { pythonSnapshot } from './pythonSnapshot.ts';
import { scriptOf } from './scriptOf.ts';

const id = 'virtual:python-runtime';
const root = join(import.meta.dirname, '..', '..');
const sandbox = join(root, 'src', 'authoring', 'sandbox');
const workerEntry = join(sandbox, 'sandbox.worker.ts');
const frameSource = join(sandbox, 'frame.html');
const framePath = 'py-sandbox.html';

const pyodide = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const version: string = JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8')).version;
const folder = `pyodide/${version}`;

interface Asset {
  readonly path: string;
  readonly type: string;
  read(): Promise<string | Uint8Array>;
}

export function pythonRuntime(): Plugin {
  let ssr = false;
  let serving = false;
  return {
    name: 'windtunnel:python-runtime',
    configResolved(config) {
      ssr = Boolean(config.build.ssr) || config.isWorker;
      serving = config.command === 'serve' || ssr;
    },
    resolveId: (name) => (name === id ? `\0${id}` : null),
    load: (name) => (name === `\0${id}` ? source(serving) : null),
    async generateBundle() {
      if (ssr) return;
      for (const asset of [...assets(), await snapshotAsset()]) {
        this.emitFile({ type: 'asset', fileName: asset.path, source: await asset.read() });
      }
    },
    configureServer(server) {
      for (const asset of assets()) {
        server.middlewares.use(`/${asset.path}`, (_request, response, next) => {
          response.setHeader('content-type', asset.type);
          asset.read().then((content) => response.end(content), next);
        });
      }
    },
  };
}

/** Addresses are relative to the page, which may live under any path. */
async function source(serving: boolean): Promise<string> {
  const urls = {
    version,
    wasmUrl: `${folder}/pyodide.asm.wasm`,
    stdlibUrl: `${folder}/python_stdlib.zip`,
    workerUrl: `${folder}/sandbox-worker.js`,
    frameUrl: framePath,
    // While the sources change all the time a picture of them would always be late.
    snapshotUrl: serving ? null : (await snapshotAsset()).path,
  };
  return Object.entries(urls)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join('');
}

function assets(): readonly Asset[] {
  const file = (name: string, type: string): Asset => ({
    path: `${folder}/${name}`,
    type,
    read: async () => readFileSync(join(pyodide, name)),
  });
  const own: readonly Asset[] = [
    { path: `${folder}/sandbox-worker.js`, type: 'text/javascript', read: bundleWorker },
    { path: framePath, type: 'text/html', read: async () => frame() },
  ];
  return [
    file('pyodide.asm.wasm', 'application/wasm'),
    file('python_stdlib.zip', 'application/zip'),
    ...own.filter((asset) => existsSync(asset.path === framePath ? frameSource : workerEntry)),
  ];
}

async function snapshotAsset(): Promise<Asset> {
  const { hash, bytes } = await pythonSnapshot(pack());
  const path = `${folder}/memory-${hash}.bin`;
  return { path, type: 'application/octet-stream', read: async () => bytes };
}

/** The boot script is inline: the policy admits exactly this text by its hash. */
function frame(): string {
  const text = readFileSync(frameSource, 'utf8');
  const script = /<script>([\s\S]*?)<\/script>/.exec(text)?.[1];
  if (script === undefined) throw new Error('frame.html has no inline script');
  const hash = createHash('sha256').update(script).digest('base64');
  return text.replaceAll('sha256-BOOT', `sha256-${hash}`);
}

/** One classic script: module workers from blob: addresses fail in an opaque origin. */
async function bundleWorker(): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [pythonPackage(), plainAddresses()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: workerEntry,
        output: { format: 'iife', codeSplitting: false },
        onLog: () => undefined,
      },
    },
  });
  return scriptOf(result, workerEntry);
}

/** Without this Vite would emit a second copy of the wasm, which nobody loads. */
function plainAddresses(): Plugin {
  return {
    name: 'windtunnel:plain-addresses',
    enforce: 'pre',
    transform(code, name) {
      if (!/pyodide(\.asm)?\.mjs$/.test(name)) return null;
      return code
        .replace(
          /new URL\((["'])pyodide\.asm\.wasm\1,\s*import\.meta\.url\)\.href/g,
          '"pyodide.asm.wasm"',
        )
        .replaceAll('import.meta.url', '"about:blank"');
    },
  };
}
