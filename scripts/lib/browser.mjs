/**
 * Finds a Chromium for the browser tests, or gets Debian's where that is allowed; and a Firefox, which
 * one of them uses where there is one.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { outputOf, run } from './run.mjs';
import { say } from './say.mjs';

const chromiums = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'google-chrome-beta',
  'chrome',
  'chromium-headless-shell',
  'microsoft-edge',
];
const chromiumPlaces = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const firefoxes = ['firefox', 'firefox-esr'];
const firefoxPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

export const missingBrowser =
  'The browser tests need Chromium or Chrome: install one (on Debian: apt-get install chromium) ' +
  'or set CHROME_PATH to its program.';

/** @returns {Promise<string | null>} path of a browser that starts, or null */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found || process.env.CHROME_PATH) return found;
  return (await installDebian()) ? findBrowser() : null;
}

/** @returns {Promise<string | null>} FIREFOX_PATH or an installed one that starts, or null */
export function findFirefox() {
  return firstThatStarts(process.env.FIREFOX_PATH, firefoxes, firefoxPlaces);
}

function findBrowser() {
  return firstThatStarts(process.env.CHROME_PATH, chromiums, chromiumPlaces);
}

async function firstThatStarts(given, names, places) {
  for (const path of given ? [given] : [...onPath(names), ...places]) {
    if (isProgram(path) && (await outputOf(path, ['--version']))) return path;
  }
  return null;
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installDebian() {
  if ((await outputOf('apt-get', ['--version'])) === null) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await outputOf('sudo', ['-n', 'true'])) === null) return false;
  say('Installing Chromium through apt-get (once) ...');
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    const [program = '', ...rest] = isRoot ? command : ['sudo', '-n', ...command];
    return run(program, rest, { quiet: true });
  };
  await apt('update');
  return (await apt('install', '-y', '--no-install-recommends', 'chromium')) === 0;
}
