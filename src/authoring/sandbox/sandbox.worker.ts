/**
 * The Python worker inside the opaque frame: one classic script, started from a blob address. It
 * gets its parts as bytes and fetches nothing; its only way out is the port.
 */
import { errorText } from '../../base/errorText.ts';
import type { BootStep } from '../protocol.ts';
import { PythonSession } from '../pythonSession.ts';
import { limitMemory, pyodideOptions } from './inMemory.ts';
import type { ImportMessage, Reply, StartMessage } from './messages.ts';

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
  const session = await boot(parts, say);
  port.onmessage = (event: MessageEvent<ImportMessage>) => {
    const { id, files, options } = event.data;
    try {
      say({ type: 'answer', id, json: session.importFiles(files, options) });
    } catch (error) {
      fail(port, error);
    }
  };
}

/** From the picture of its memory; where that does not work, from nothing. */
async function boot(parts: Parts, say: (reply: Reply) => void): Promise<PythonSession> {
  const common = {
    python: JSON.parse(parts.python) as Record<string, string>,
    now: () => performance.now(),
    onSpan: (seconds: number, label: string) => say({ type: 'span', seconds, label }),
  };
  const step = (name: BootStep): void => say({ type: 'step', step: name });
  const memory = await memoryOf(parts.snapshot);
  if (memory) {
    const pyodide = { ...pyodideOptions(), _loadSnapshot: memory };
    const quick = await PythonSession.boot({ ...common, pyodide }, step).catch(() => null);
    if (quick) return quick;
  }
  return PythonSession.boot({ ...common, pyodide: pyodideOptions() }, step);
}

async function memoryOf(packed: ArrayBuffer | null): Promise<ArrayBuffer | null> {
  if (!packed || typeof DecompressionStream === 'undefined') return null;
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(plain).arrayBuffer().catch(() => null);
}

function fail(port: MessagePort, error: unknown): void {
  const text = errorText(error);
  port.postMessage({ type: 'failed', text: text.slice(0, 4_000) } satisfies Reply);
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
