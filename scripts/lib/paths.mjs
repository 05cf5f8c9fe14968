/** Where things are. Everything below scripts/lib uses Node's own modules only, so that it runs before set-up. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, 'node_modules');
export const cache = join(modules, '.cache', 'windtunnel');
export const dist = join(root, 'dist');
