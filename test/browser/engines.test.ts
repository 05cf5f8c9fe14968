/**
 * One log hash on every engine. The browsers are started by hand, with no driver, since Firefox as
 * distributions ship it has none: a page computes the hashes and sends them to this test.
 */
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { engineHashes } from './engineHashes.ts';

interface Browser {
  readonly name: string;
  readonly program: string | undefined;
  /** Where no sandbox can be made, as for root. */
  readonly options: (profile: string) => readonly string[];
}

const BROWSERS: readonly Browser[] = [
  {
    name: 'Chromium',
    program: process.env['CHROME_PATH'],
    options: (profile) => [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--user-data-dir=${profile}`,
    ],
  },
  {
    name: 'Firefox',
    program: process.env['FIREFOX_PATH'],
    options: (profile) => ['--headless', '--no-remote', '--profile', profile],
  },
];

let script: string;
let expected: string[];

beforeAll(async () => {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: {
        input: join(import.meta.dirname, 'engineHashesPage.ts'),
        output: { format: 'iife' },
      },
    },
  });
  const [chunk] = (made as Rolldown.RolldownOutput).output;
  script = chunk.code;
  expected = engineHashes();
});

for (const browser of BROWSERS) {
  test(`hashes of runs: ${browser.name} -> those of Node`, async (context) => {
    const { name, program } = browser;
    if (!program) {
      const reason = `${name} is not installed: its hashes are not compared`;
      process.stdout.write(`${reason}\n`);
      return context.skip(reason);
    }
    expect(new Set(expected).size).toBe(expected.length);
    expect(await answerOf(browser, program)).toEqual({ hashes: expected });
  });
}

/** What the page sent; the browser is closed again by then. */
async function answerOf(browser: Browser, program: string): Promise<unknown> {
  const answers = new EventEmitter();
  const server = createServer((request, response) => void serve(request, response, answers));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const profile = mkdtempSync(join(tmpdir(), 'windtunnel-browser-'));
  const options = [...browser.options(profile), `http://127.0.0.1:${port}/`];
  // A group of its own: the helpers of a browser write into the profile until they are ended, too.
  const child = spawn(program, options, { stdio: 'ignore', detached: true });
  const closed = once(child, 'close');
  try {
    const [answer] = await Promise.race([once(answers, 'answer'), closed]);
    if (typeof answer !== 'string') throw new Error(`it ended with code ${String(answer)}`);
    return JSON.parse(answer);
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await closed;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answers: EventEmitter,
): Promise<void> {
  const path = request.url ?? '/';
  if (request.method === 'POST') answers.emit('answer', await text(request));
  response.setHeader('content-type', path === '/page.js' ? 'text/javascript' : 'text/html');
  const page = '<!doctype html><title>hashes</title><script src="/page.js"></script>';
  response.end(path === '/page.js' ? script : page);
}
