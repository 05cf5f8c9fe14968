/** Pyodide started from memory: it finds nothing beside itself and fetches nothing. */
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import type { SessionParts } from '../pythonSession.ts';

/** Nobody answers there: the host serves the two files that are asked for from memory. */
export const NOWHERE = 'https://in-memory.invalid/';
const PAGE_BYTES = 65_536;
const MEMORY_BYTES = 512 * 1024 * 1024;

/** Options of loadPyodide; `fetch` of the scope must serve NOWHERE. */
export function pyodideOptions(): SessionParts['pyodide'] {
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

/** A memory bomb ends in MemoryError instead of in the host's process. */
export function limitMemory(): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function limited(pages: number): number {
    const after = this.buffer.byteLength + pages * PAGE_BYTES;
    if (after > MEMORY_BYTES) throw new RangeError('the memory limit is reached');
    return grow.call(this, pages);
  };
}
