import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dist } from '../../scripts/lib/paths.mjs';
import { serve } from '../../scripts/lib/serve.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The built site at the root of a host. */
    siteUrl: string;
    /** The same files under a sub-path of another host. */
    subPathUrl: string;
  }
}

/** Serves the built site once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(dist);
  const site = await serve(folder);
  const below = await serve(folder, { prefix: '/some/where/' });
  project.provide('siteUrl', site.url);
  project.provide('subPathUrl', below.url);
  return async () => {
    await site.close();
    await below.close();
  };
}
