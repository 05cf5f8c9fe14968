import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { serve } from '../../scripts/lib/serve.mjs';
import { contentPolicy } from '../../scripts/vite/contentPolicy.ts';
import { pythonPackage } from '../../scripts/vite/pythonPackage.ts';
import { pythonRuntime } from '../../scripts/vite/pythonRuntime.ts';
import type { PythonSandbox } from '../../src/authoring/pythonSandbox.ts';
import type { Imported, ImportOptions, SourceFile } from '../../src/authoring/protocol.ts';

const files = join(import.meta.dirname, '..', 'oracle', 'dag-files', 'files');
const source = (name: string): string => readFileSync(join(files, `${name}.py`), 'utf8');

let folder = '';
let site: Awaited<ReturnType<typeof serve>>;
let listener: Server;
let heard = 0;
let outside = '';
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  await build({
    root: join(import.meta.dirname, 'sandbox'),
    configFile: false,
    base: './',
    publicDir: join(import.meta.dirname, '..', '..', 'public'),
    logLevel: 'error',
    plugins: [pythonPackage(), pythonRuntime(), contentPolicy()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      rollupOptions: { input: join(import.meta.dirname, 'sandbox', 'page.html') },
    },
  });
  site = await serve(folder);
  listener = createServer((_request, response) => {
    heard += 1;
    response.setHeader('access-control-allow-origin', '*');
    response.end('heard');
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  outside = `http://127.0.0.1:${(listener.address() as { port: number }).port}/`;
  browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? 'chromium' });
  page = await browser.newPage();
  await page.goto(new URL('page.html', site.url).href);
  await page.waitForFunction(() => 'sandbox' in globalThis);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  listener?.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  heard = 0;
});

/** Imports in the page; the page must stay alive meanwhile, which a ticking clock shows. */
async function importing(
  sources: readonly SourceFile[],
  options: ImportOptions = { airflow: '3.3.2' },
): Promise<Imported & { longest: number }> {
  return page.evaluate(
    async ([given, how]) => {
      let last = performance.now();
      let longest = 0;
      const clock = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 10);
      const { sandbox } = globalThis as unknown as { sandbox: PythonSandbox };
      const found = await sandbox.importFiles(given, how);
      clearInterval(clock);
      return { ...found, longest };
    },
    [sources, options] as const,
  );
}

const one = (text: string, name = 'dag.py'): SourceFile[] => [{ name, text }];
const codes = (found: Imported): string[] => found.problems.map((problem) => problem.code);

test('course file: pasted -> its DAG with lines and behaviour', async () => {
  const found = await importing(one(source('course_parallel')));
  expect(found.problems).toEqual([]);
  const [dag] = found.dags;
  expect(dag?.tasks.map((task) => task.task_id)).toContain('transform');
  const transform = dag?.tasks.find((task) => task.task_id === 'transform');
  expect(transform).toMatchObject({ queue: 'high_cpu', behaviour: { duration_s: 30 } });
  expect(transform?.line).toBe(21);
});

const hostile = (address: string): string => `
from datetime import datetime
from airflow.sdk import DAG, task
found = {}
def attempt(name, action):
    try:
        found[name] = "reached " + str(action())[:60]
    except BaseException as error:
        found[name] = "refused"
def everything():
    import js
    import pyodide_js
    constructor = pyodide_js._module.constructor.constructor
    attempt("function", lambda: constructor("return 1")())
    for code in ("self.indexedDB.open('x')", "parent.document", "self.fetch('${address}')"):
        attempt(code[:12], lambda: constructor("return " + code)())
def network():
    import urllib.request
    return urllib.request.urlopen("${address}").read()
def socket():
    import socket
    return socket.create_connection(("127.0.0.1", 80), 1).recv(1)
def request():
    from pyodide.http import open_url
    return open_url("${address}").read()
def names():
    import js
    return [name for name in ("fetch", "indexedDB", "parent", "caches") if hasattr(js, name)]
attempt("network", network)
attempt("socket", socket)
attempt("request", request)
attempt("everything", everything)
attempt("names", names)
print(found)
with DAG("hostile_dag", start_date=datetime(2024, 1, 1), schedule=None):
    @task
    def act():
        network()
    act()
`;

test('hostile file: network, storage, parent -> nothing is reached, nothing is heard', async () => {
  const found = await importing(one(hostile(outside)));
  expect(heard).toBe(0);
  expect(found.dags.map((dag) => dag.dag_id)).toEqual(['hostile_dag']);
  expect(found.output).toContain('refused');
  expect(found.output).not.toContain("'network': 'reached");
  expect(found.output).not.toContain("'request': 'reached");
  expect(found.output).not.toContain("'function': 'reached");
  expect(found.output).toContain("'names': 'reached []'");
});

test('endless loop: in Python -> import timeout of that file, page and interpreter go on', async () => {
  const options: ImportOptions = { airflow: '3.3.2', limitSeconds: 1 };
  const found = await importing(one(source('error_endless_loop')), options);
  expect(codes(found)).toEqual(['dag_import_timeout']);
  expect(found.problems[0]?.where?.file).toBe('dag.py');
  expect(found.longest).toBeLessThan(1_000);
  expect((await importing(one(source('hello_linear')))).dags).toHaveLength(1);
});

test('endless loop: in C code -> the frame is thrown away and the next import works', async () => {
  const text = 'from airflow.sdk import DAG\nsum(range(10 ** 12))\n';
  const found = await importing(one(text), { airflow: '3.3.2', limitSeconds: 1 });
  expect(codes(found)).toEqual(['dag_import_timeout']);
  expect(found.longest).toBeLessThan(1_000);
  expect((await importing(one(source('hello_linear')))).dags).toHaveLength(1);
});

test('syntax error: -> file, line and message', async () => {
  const found = await importing(one(source('error_syntax')));
  expect(found.problems[0]).toMatchObject({
    code: 'dag_syntax_error',
    where: { file: 'dag.py', line: 8 },
  });
});

test('no DAG: helper file -> said so, no error', async () => {
  expect(codes(await importing(one(source('odd_no_dag_at_all'))))).toEqual([
    'dag_file_without_dag',
  ]);
});

test('50 MB: one file -> refused before Python sees it', async () => {
  const found = await page.evaluate(async () => {
    const { sandbox } = globalThis as unknown as { sandbox: PythonSandbox };
    const text = '#'.repeat(50 * 1024 * 1024);
    const start = performance.now();
    const answer = await sandbox.importFiles([{ name: 'big.py', text }], { airflow: '3.3.2' });
    return { answer, ms: performance.now() - start };
  });
  expect(codes(found.answer)).toEqual(['dag_file_too_large']);
  expect(found.ms).toBeLessThan(500);
});

test('memory bomb: -> an error of the file, the page goes on', async () => {
  const text = 'from airflow.sdk import DAG\nkept = [bytearray(2 ** 24) for n in range(200)]\n';
  const found = await importing(one(text));
  expect(found.problems.length).toBeGreaterThan(0);
  expect((await importing(one(source('hello_linear')))).dags).toHaveLength(1);
});

test('the wall itself: a worker of the attacker -> every exit is shut', async () => {
  const script = `
    const tried = {};
    const attempt = async (name, action) => {
      try { await action(); tried[name] = 'open'; } catch { tried[name] = 'shut'; }
    };
    const asked = (request) => new Promise((done, fail) => {
      request.onsuccess = done;
      request.onerror = fail;
    });
    self.onmessage = async (event) => {
      const address = event.data.address;
      await attempt('fetch', () => fetch(address));
      await attempt('no-cors', () => fetch(address, { mode: 'no-cors' }));
      await attempt('import', () => import(address));
      await attempt('importScripts', () => importScripts(address));
      await attempt('eval', () => eval('1'));
      await attempt('Function', () => new Function('return 1')());
      await attempt('indexedDB', () => asked(indexedDB.open('x')));
      await attempt('caches', () => caches.open('x'));
      await attempt('socket', () => new Promise((done, fail) => {
        const socket = new WebSocket(address.replace('http', 'ws'));
        socket.onopen = done;
        socket.onerror = fail;
      }));
      event.ports[0].postMessage(tried);
    };`;
  const tried = await page.evaluate(
    ([text, address]) =>
      new Promise<Record<string, string>>((resolve) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.src = 'py-sandbox.html';
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (event: MessageEvent<Record<string, string>>) => resolve(event.data);
        addEventListener('message', (event) => {
          if (event.source !== frame.contentWindow) return;
          frame.contentWindow?.postMessage({ script: text, address }, '*', [port2]);
        });
        document.body.append(frame);
      }),
    [script, outside] as const,
  );
  expect(Object.keys(tried)).toHaveLength(9);
  expect(Object.entries(tried).filter(([, state]) => state !== 'shut')).toEqual([]);
  expect(heard).toBe(0);
});

test('frame alone: opened as a page -> no worker starts', async () => {
  const other = await browser.newPage();
  await other.goto(new URL('py-sandbox.html', site.url).href);
  await other.evaluate(() => {
    const { port2 } = new MessageChannel();
    postMessage({ script: 'self.x = 1' }, '*', [port2]);
  });
  expect(other.workers()).toHaveLength(0);
  await other.close();
});
