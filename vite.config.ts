import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentPolicy } from './scripts/vite/contentPolicy.ts';
import { pythonCage } from './scripts/vite/pythonCage.ts';
import { pythonPackage } from './scripts/vite/pythonPackage.ts';
import { pythonRuntime } from './scripts/vite/pythonRuntime.ts';

export default defineConfig({
  // Relative, so that dist/ works under any path of any static host.
  base: './',
  plugins: [react(), pythonPackage(), pythonCage(), pythonRuntime(), contentPolicy()],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  worker: {
    format: 'es',
    plugins: () => [pythonPackage()],
    // Module constants stay `const`: engines fold them, which makes the simulation about 10 % faster.
    rollupOptions: { output: { codeSplitting: false, topLevelVar: false } },
  },
  optimizeDeps: { exclude: ['pyodide'] },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          env: { TZ: 'UTC' },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Drives the built site, as a visitor gets it, through playwright-core: `npm test` builds
        // dist/ first and sets CHROME_PATH.
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          env: { TZ: 'UTC' },
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
