/**
 * Packs src/authoring/python (the `airflow` package that user files import) into one JSON asset.
 * `virtual:python-package` gives its address, `virtual:python-package/files` its content (Node).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const folder = join(import.meta.dirname, '..', '..', 'src', 'authoring', 'python');
/** The engine's own time zones: Python must see the same. */
const zones = createRequire(import.meta.url).resolve('moment-timezone/data/packed/latest.json');
const urlId = 'virtual:python-package';
const filesId = 'virtual:python-package/files';
const devPath = '/python-package.json';

export function pythonPackage(): Plugin {
  let serving = false;
  return {
    name: 'windtunnel:python-package',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    resolveId: (id) => (id === urlId || id === filesId ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${urlId}` && id !== `\0${filesId}`) return null;
      const packed = pack();
      if (id === `\0${filesId}`) return moduleOf(packed, { files: packed });
      if (serving) return moduleOf(packed, { url: devPath });
      const source = JSON.stringify(packed);
      const reference = this.emitFile({ type: 'asset', name: 'python-package.json', source });
      return `${moduleOf(packed, {})}export const url = import.meta.ROLLUP_FILE_URL_${reference};\n`;
    },
    configureServer(server) {
      server.watcher.add(folder);
      server.middlewares.use(devPath, (_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(pack()));
      });
    },
  };
}

function moduleOf(
  packed: Readonly<Record<string, string>>,
  fields: Record<string, unknown>,
): string {
  const hash = createHash('sha256').update(JSON.stringify(packed)).digest('hex').slice(0, 16);
  return Object.entries({ hash, ...fields })
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join('');
}

/** Path inside the folder, with forward slashes -> text. Tests and caches of Python stay out. */
export function pack(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(py|json|txt)$/.test(name) && !/(^|\/)(__pycache__|tests)\//.test(name));
  const files = names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  return Object.fromEntries([...files, ['windtunnel/zones.json', readFileSync(zones, 'utf8')]]);
}
