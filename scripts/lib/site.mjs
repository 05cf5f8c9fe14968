/** The built site: made again only when something it is made from has changed. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, sources } from './fingerprint.mjs';
import { cache, dist, root } from './paths.mjs';
import { run } from './run.mjs';

const stamp = join(cache, 'site-stamp');

/** Builds when needed. @returns {Promise<boolean>} whether dist/ is there and up to date */
export async function ensureBuilt({ quiet = false } = {}) {
  const wanted = fingerprint(sources);
  if (readStamp() === wanted && hasPage()) return true;
  const code = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { quiet });
  return code === 0;
}

/** To be called after a good build with the fingerprint taken before it. */
export function markBuilt(wanted) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, wanted);
}

function hasPage() {
  return statSync(join(dist, 'index.html'), { throwIfNoEntry: false }) !== undefined;
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return null;
  }
}
