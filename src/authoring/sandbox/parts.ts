/** Fetches what the sandbox is started from, once per page, and tells how far it is. */
import { url as pythonUrl } from 'virtual:python-package';
import { frameUrl, snapshotUrl, stdlibUrl, wasmUrl, workerUrl } from 'virtual:python-runtime';
import type { StartMessage } from './messages.ts';

export interface SandboxParts {
  readonly frame: string;
  readonly start: StartMessage;
}

export type OnBytes = (done: number, total: number) => void;

/** Relative addresses are meant from the page, which may live under any path. */
export async function fetchParts(base: string, onBytes: OnBytes): Promise<SandboxParts> {
  const at = (url: string): string => new URL(url, base).href;
  const total = new Progress(onBytes);
  const [script, python, wasm, stdlib, snapshot] = await Promise.all([
    total.get(at(workerUrl)),
    total.get(at(pythonUrl)),
    total.get(at(wasmUrl)),
    total.get(at(stdlibUrl)),
    snapshotUrl === null ? null : total.get(at(snapshotUrl)),
  ]);
  const text = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes);
  const start = { script: text(script), python: text(python), wasm, stdlib, snapshot };
  return { frame: at(frameUrl), start };
}

/** Adds up what several downloads have read; sizes are known as far as the host tells them. */
class Progress {
  private done = 0;
  private total = 0;
  private readonly onBytes: OnBytes;

  constructor(onBytes: OnBytes) {
    this.onBytes = onBytes;
  }

  async get(url: string): Promise<ArrayBuffer> {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${response.status} for ${url}`);
    this.total += Number(response.headers.get('content-length') ?? 0);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      this.done += value.length;
      this.onBytes(this.done, Math.max(this.total, this.done));
    }
    return new Blob(chunks).arrayBuffer();
  }
}
