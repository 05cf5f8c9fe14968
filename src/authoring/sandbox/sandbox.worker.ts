/**
 * The Python worker inside the opaque frame: one classic script, started from a blob address. It
 * gets its parts as bytes and fetches nothing; its only way out is the port.
 */
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import { PythonSession } from '../pythonSession.ts';
import type { ImportMessage, Reply, StartMessage } from './messages.ts';

/** Nobody answers there: requests are served from memory below. */
const NOWHERE = 'https://in-memory.invalid/';
const PAGE_BYTES = 65_536;
const MEMORY_BYTES = 512 * 1024 * 1024;

type Parts = Omit<StartMessage, 'script'>;

self.onmessage = (event: MessageEvent<Parts>) => {
  self.onmessage = null;
  const port = event.ports[0];
  if (port) start(event.data, port).catch((error: unknown) => fail(port, error));
};

async function start(parts: Parts, port: MessagePort): Promise<void> {
  const say = (reply: Reply): void => port.postMessage(reply);
  serveFromMemory(parts);
  limitMemory();
  const session = await PythonSession.boot(
    {
      python: JSON.parse(parts.python) as Record<string, string>,
      pyodide: pyodideOptions(),
      now: () => performance.now(),
      onSpan: (seconds, label) => say({ type: 'span', seconds, label }),
    },
    (step) => say({ type: 'step', step }),
  );
  port.onmessage = (event: MessageEvent<ImportMessage>) => {
    const { id, files, options } = event.data;
    try {
      say({ type: 'answer', id, json: session.importFiles(files, options) });
    } catch (error) {
      fail(port, error);
    }
  };
}

function fail(port: MessagePort, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  port.postMessage({ type: 'failed', text: text.slice(0, 4_000) } satisfies Reply);
}

function pyodideOptions(): Parameters<typeof PythonSession.boot>[0]['pyodide'] {
  const info = { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3' };
  const lock = { info: { ...info, version: '314.0.7', python: '3.14.2' }, packages: {} };
  const lockFileContents = lock as unknown as string;
  return {
    indexURL: NOWHERE,
    packageBaseUrl: NOWHERE,
    stdLibURL: `${NOWHERE}python_stdlib.zip`,
    createPyodideModule,
    lockFileContents,
  };
}

/** Pyodide asks for two files; everything else is refused here before the policy refuses it. */
function serveFromMemory(parts: Parts): void {
  const scope = self as unknown as { fetch: unknown; importScripts?: unknown };
  delete scope.importScripts;
  scope.fetch = async (address: unknown): Promise<Response> => {
    const url = String(address instanceof Request ? address.url : address);
    if (url.endsWith('pyodide.asm.wasm')) return served(parts.wasm, 'application/wasm');
    if (url.endsWith('python_stdlib.zip')) return served(parts.stdlib, 'application/zip');
    throw new TypeError(`nothing is fetched here: ${url.slice(0, 200)}`);
  };
}

function served(bytes: ArrayBuffer, type: string): Response {
  return new Response(bytes, { headers: { 'content-type': type } });
}

/** A memory bomb ends in MemoryError instead of in the page's process. */
function limitMemory(): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function limited(pages: number): number {
    const after = this.buffer.byteLength + pages * PAGE_BYTES;
    if (after > MEMORY_BYTES) throw new RangeError('the memory limit is reached');
    return grow.call(this, pages);
  };
}
