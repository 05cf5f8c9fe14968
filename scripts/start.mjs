/** `npm start`: install, build, serve. Each step only when it is needed. */
import { dist } from './lib/paths.mjs';
import { say, stop } from './lib/say.mjs';
import { serve } from './lib/serve.mjs';
import { ensureInstalled } from './lib/setup.mjs';
import { ensureBuilt } from './lib/site.mjs';

await ensureInstalled();
if (!(await ensureBuilt())) stop('The site could not be built: see the messages above.');
const wish = Number(process.env.PORT);
const { url } = await serve(dist, { ports: wish ? [wish] : [4173, 4174, 4175] });
process.stdout.write(`\nWindtunnel is at ${url}\n`);
say('Stop it with Ctrl+C.');
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
