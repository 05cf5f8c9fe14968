/** Modules that vite.config.ts makes; see scripts/vite/. */

declare module 'virtual:python-package' {
  /** Address of the packed Python sources. JSON: `{"airflow/__init__.py": "source", ...}`. */
  export const url: string;
  /** Changes whenever one of the packed sources changes. */
  export const hash: string;
}

declare module 'virtual:python-package/files' {
  /** The same content in place, for Node: path inside src/authoring/python -> text. */
  export const files: Readonly<Record<string, string>>;
  export const hash: string;
}

declare module 'virtual:python-cage' {
  /** src/authoring/cage/child.node.ts as one module without any file beside it. */
  export const script: string;
}

/** All addresses are relative to the page (`document.baseURI`). */
declare module 'virtual:python-runtime' {
  /** Version of Pyodide. */
  export const version: string;
  export const wasmUrl: string;
  export const stdlibUrl: string;
  /** src/authoring/sandbox/sandbox.worker.ts as one classic script. */
  export const workerUrl: string;
  /** src/authoring/sandbox/frame.html; `sha256-BOOT` in it becomes the hash of its script. */
  export const frameUrl: string;
  /** Memory of a started interpreter, compressed by gzip; null in development. */
  export const snapshotUrl: string | null;
}

/** The engine of Pyodide, bundled into the sandbox worker so that nothing is fetched inside. */
declare module 'pyodide/pyodide.asm.mjs' {
  import type { loadPyodide } from 'pyodide';

  type Options = NonNullable<Parameters<typeof loadPyodide>[0]>;
  const createPyodideModule: NonNullable<Options['createPyodideModule']>;
  export default createPyodideModule;
}
