/** The parts of `npm test`, in order. Each counts as one test, or as many as it really ran. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFirefox } from './browser.mjs';
import { cache, modules } from './paths.mjs';
import { run } from './run.mjs';
import { ensureBuilt } from './site.mjs';

const compilerSettings = ['pure', 'page', 'worker', 'node', 'scripts'];
const vitestLimitMs = 12 * 60_000;
const toolLimitMs = 4 * 60_000;

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ name: string, run: (browser: string) => Promise<Count> }} Check
 */

/** @type {readonly Check[]} */
export const checks = [
  { name: 'types', run: () => one(types) },
  {
    name: 'lint',
    run: () => one(() => tool('oxlint', '--type-aware', '--deny-warnings', ...folders)),
  },
  { name: 'format', run: () => one(() => tool('prettier', '--check', '--log-level', 'warn', '.')) },
  { name: 'unused', run: () => one(() => tool('knip')) },
  { name: 'build', run: () => one(() => ensureBuilt()) },
  { name: 'node', run: () => vitest('node', {}) },
  { name: 'browser', run: browserTests },
];

// oxlint without paths goes through node_modules when the folder is no git checkout.
const folders = ['src', 'test', 'scripts', 'vite.config.ts'];

async function browserTests(browser) {
  const firefox = (await findFirefox()) ?? '';
  return vitest('browser', { CHROME_PATH: browser, FIREFOX_PATH: firefox });
}

/** @returns {Promise<Count>} */
async function one(check) {
  return (await check()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function types() {
  let good = true;
  for (const name of compilerSettings) {
    const file = name === 'page' ? 'tsconfig.json' : `tsconfig.${name}.json`;
    good = (await tool('tsc', '-p', file)) && good;
  }
  return good;
}

async function tool(name, ...args) {
  return (await run(process.execPath, [binOf(name), ...args], { limitMs: toolLimitMs })) === 0;
}

/** The script behind a package's command; node runs it directly, without a shell in between. */
function binOf(command) {
  const owner = { tsc: 'typescript' }[command] ?? command;
  const { bin } = JSON.parse(readFileSync(join(modules, owner, 'package.json'), 'utf8'));
  return join(modules, owner, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs one Vitest project and counts from its own report, files that did not load included. */
async function vitest(project, env) {
  const report = join(cache, `report-${project}.json`);
  mkdirSync(cache, { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--project', project, '--reporter', 'default', '--reporter', 'json'];
  const all = [binOf('vitest'), ...args, `--outputFile.json=${report}`];
  const code = await run(process.execPath, all, { env, limitMs: vitestLimitMs });
  return countOf(report, code);
}

/** @returns {Count} */
function countOf(report, code) {
  const result = readReport(report);
  const passed = result?.numPassedTests ?? 0;
  const brokenFiles = (result?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.every((t) => t.status !== 'failed'),
  ).length;
  const failed = (result?.numFailedTests ?? 0) + brokenFiles;
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
