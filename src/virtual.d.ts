/** Modules that vite.config.ts makes; see scripts/vite/. */

declare module 'virtual:python-package' {
  /** Address of the packed Python sources, relative to the page. JSON: `{"path/in/package.py": "source"}`. */
  export const url: string;
  /** Changes whenever one of the packed sources changes. */
  export const hash: string;
}
