/** Makes sure that the packages of the lock file are installed. Does nothing the second time. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from './fingerprint.mjs';
import { modules, root } from './paths.mjs';
import { run } from './run.mjs';
import { say, stop } from './say.mjs';

const stamp = join(modules, '.windtunnel-stamp');
const oldest = { major: 20, minor: 19 };

/** Ends the process with one sentence when Node is too old or the packages cannot be had. */
export async function ensureInstalled() {
  checkNode();
  if (isFresh()) return;
  const release = await lock();
  try {
    if (!isFresh()) await install();
  } finally {
    release();
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  stop(
    `Windtunnel needs Node ${oldest.major}.${oldest.minor} or newer, this is ${major}.${minor}.`,
  );
}

function isFresh() {
  const wanted = fingerprint(['package-lock.json']);
  if (read(stamp) === wanted) return true;
  if (!matchesLock()) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/** npm keeps its own record of what is installed; somebody may have run npm by hand. */
function matchesLock() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const there = packagesOf(join(modules, '.package-lock.json'));
  if (!wanted || !there) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version,
  );
}

function packagesOf(path) {
  const text = read(path);
  return text === null ? null : JSON.parse(text).packages;
}

async function install() {
  say('Installing packages from the lock file (once) ...');
  const code = await run('npm', ['ci', '--include=dev', '--loglevel=error'], { quiet: true });
  if (code !== 0)
    stop('npm could not install the packages: see its message above, then try again.');
  writeFileSync(stamp, fingerprint(['package-lock.json']));
}

/** One installation at a time, also when several commands start together. */
async function lock() {
  const where = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `windtunnel-setup-${where}`);
  const owner = join(path, 'pid');
  for (;;) {
    try {
      mkdirSync(path);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      await sleep(500);
      if (!isAlive(Number(read(owner) ?? 0))) rmSync(path, { recursive: true, force: true });
    }
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
