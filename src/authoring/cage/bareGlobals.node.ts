/**
 * Runs before anything else in the child: takes Node out of the global scope and dresses it as a
 * web worker, so that Pyodide finds no Node to hand on to Python. Without code from strings and
 * without `import()` (scripts/vite/pythonCage.ts) nothing brings Node back.
 */
const scope = globalThis as unknown as Record<string, unknown>;

/** The language itself, and what Pyodide needs of a host. */
const LANGUAGE =
  'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol ' +
  'Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError ' +
  'TypeError URIError globalThis JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array ' +
  'Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigUint64Array ' +
  'BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy Reflect Iterator ' +
  'FinalizationRegistry decodeURI decodeURIComponent encodeURI encodeURIComponent escape ' +
  'unescape isFinite isNaN WebAssembly';
const HOST =
  'setTimeout clearTimeout queueMicrotask TextEncoder TextDecoder URL AbortController ' +
  'AbortSignal Event EventTarget atob btoa crypto';
const kept = new Set([...LANGUAGE.split(' '), ...HOST.split(' ')]);

/** Kept for the child alone. */
export const now = performance.now.bind(performance);
const wait = Atomics.wait.bind(Atomics);
const cell = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps for a moment, without an event loop. */
export function pause(): void {
  wait(cell, 0, 0, 2);
}

for (const name of Reflect.ownKeys(scope)) {
  if (!kept.has(String(name))) Reflect.deleteProperty(scope, name);
}

class WorkerGlobalScope {
  static [Symbol.hasInstance](value: unknown): boolean {
    return value === globalThis;
  }
}
const quiet = (): void => undefined;
Object.assign(scope, {
  WorkerGlobalScope,
  self: globalThis,
  location: 'https://in-memory.invalid/',
  performance: { now },
  console: { log: quiet, warn: quiet, error: quiet, info: quiet, debug: quiet },
});
