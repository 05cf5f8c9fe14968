/** A plain static file server on the loopback address, for `npm start` and the browser tests. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.py': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.gz': 'application/gzip',
};

/**
 * Serves a folder until closed.
 * @param {string} folder
 * @param {{ prefix?: string, ports?: readonly number[] }} [options] `prefix`: path under which the
 *   folder appears, with slashes at both ends; `ports`: wishes in order, any free one after them
 * @returns {Promise<{ url: string, close: () => Promise<unknown> }>}
 */
export async function serve(folder, { prefix = '/', ports = [] } = {}) {
  const server = createServer((request, response) => answer(folder, prefix, request, response));
  const port = await listen(server, [...ports, 0]);
  return { url: `http://127.0.0.1:${port}${prefix}`, close: () => close(server) };
}

async function listen(server, ports) {
  for (const port of ports) {
    const taken = await new Promise((resolve) => {
      const fail = (error) => resolve(error);
      server.once('error', fail);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', fail);
        resolve(null);
      });
    });
    if (!taken) return server.address().port;
    if (taken.code !== 'EADDRINUSE' && taken.code !== 'EACCES') throw taken;
  }
  throw new Error('no free port');
}

function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve(undefined)));
}

function answer(folder, prefix, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const path = pathOf(request.url ?? '/');
  if (path === null || !path.startsWith(prefix)) return refuse(response, 404);
  const file = find(folder, path.slice(prefix.length));
  if (!file) return refuse(response, 404);
  response.writeHead(200, {
    'content-type': types[extname(file.path)] ?? 'application/octet-stream',
    'content-length': file.size,
    'cache-control': /[/\\]assets[/\\].+-[\w-]{8}\.\w+$/.test(file.path)
      ? 'max-age=31536000, immutable'
      : 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, 'http://local').pathname);
  } catch {
    return null;
  }
}

/** The file for a path inside the folder, `index.html` for a folder; never anything outside. */
function find(folder, path) {
  if (path.includes('\0')) return null;
  const full = normalize(join(folder, path));
  if (full !== folder && !full.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    return null;
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isFile()) return { path: full, size: stat.size };
  const index = join(full, 'index.html');
  const page = stat?.isDirectory() ? statSync(index, { throwIfNoEntry: false }) : undefined;
  return page?.isFile() ? { path: index, size: page.size } : null;
}

function refuse(response, code) {
  response.writeHead(code, { 'content-type': 'text/plain' }).end(`${code}\n`);
}
