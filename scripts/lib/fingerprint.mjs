/** Content hash of files and folders: tells whether something made from them is stale. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const ignored = new Set(['node_modules', '__pycache__', '.DS_Store']);

/** Everything the site and the command line are made from. */
export const sources = [
  'src',
  'lessons',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/vite',
  'package.json',
  'package-lock.json',
];

/** What the command line is made from: everything but the page. */
export const engineSources = [
  'src/base',
  'src/kernel',
  'src/machines',
  'src/airflow',
  'src/explain',
  'src/conformance',
  'src/interchange',
  'src/lesson',
  'src/authoring',
  'src/store',
  'src/cli',
  'src/virtual.d.ts',
  'lessons',
  'vite.config.ts',
  'scripts/vite',
  'package.json',
  'package-lock.json',
];

/**
 * Hash over names and contents, the same on every machine.
 * @param {readonly string[]} parts files or folders, relative to the project; missing ones count as empty
 */
export function fingerprint(parts) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const part of parts) add(hash, part);
  return hash.digest('hex').slice(0, 24);
}

function add(hash, path) {
  const full = join(root, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    hash.update(`${path}\0${stat.size}\0`).update(readFileSync(full));
    return;
  }
  const names = readdirSync(full).filter((name) => !ignored.has(name));
  for (const name of names.sort()) add(hash, `${path}/${name}`);
}
