/**
 * The Python process of the command line. Reads blocks from pipe 3 (wasm, standard library, then
 * one import after the other) and answers with lines of JSON on standard output. After the start it
 * never returns to the event loop, so nothing that a file leaves behind runs later.
 */
import { errorText } from '../../base/errorText.ts';
import { now, pause } from './bareGlobals.node.ts';
import { files } from 'virtual:python-package/files';
import { exit } from 'node:process';
import { PythonSession } from '../pythonSession.ts';
import { limitMemory, pyodideOptions } from '../sandbox/inMemory.ts';
import type { ImportMessage, Reply } from '../sandbox/messages.ts';
import { readBlock, writeText } from './frames.node.ts';

const IN = 3;
const OUT = 1;

const say = (reply: Reply): void => writeText(OUT, `${JSON.stringify(reply)}\n`, pause);

try {
  serve(await start());
  exit(0);
} catch (error) {
  const text = errorText(error);
  say({ type: 'failed', text: text.slice(0, 4_000) });
  exit(1);
}

async function start(): Promise<PythonSession> {
  serveFromMemory(readBlock(IN), readBlock(IN));
  limitMemory();
  const parts = {
    python: files,
    pyodide: pyodideOptions(),
    now,
    onSpan: (seconds: number, label: string) => say({ type: 'span', seconds, label }),
  };
  return PythonSession.boot(parts, (step) => say({ type: 'step', step }));
}

function serve(session: PythonSession): void {
  const decoder = new TextDecoder();
  for (let bytes = readBlock(IN); bytes; bytes = readBlock(IN)) {
    const { id, files: sources, options } = JSON.parse(decoder.decode(bytes)) as ImportMessage;
    say({ type: 'answer', id, json: session.importFiles(sources, options) });
  }
}

/** Pyodide asks for two files; there is no other fetch. */
function serveFromMemory(wasm: Uint8Array | null, stdlib: Uint8Array | null): void {
  const served = async (url: unknown): Promise<unknown> => {
    const bytes = String(url).endsWith('.wasm') ? wasm : stdlib;
    return { ok: bytes !== null, arrayBuffer: async () => bytes?.buffer };
  };
  const instantiate = WebAssembly.instantiate;
  const streaming = async (response: Promise<Response>, imports: WebAssembly.Imports) =>
    instantiate(await (await response).arrayBuffer(), imports);
  Object.assign(globalThis, { fetch: served });
  Object.assign(WebAssembly, { instantiateStreaming: streaming });
}
