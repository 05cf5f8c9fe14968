import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodePython } from '../../src/authoring/nodePython.node.ts';
import type { Problem } from '../../src/base/result.ts';

let python: NodePython;
beforeAll(async () => {
  python = await NodePython.boot();
});
afterAll(() => python.dispose());

async function problemsOf(text: string, limitSeconds = 5): Promise<readonly Problem[]> {
  const files = [{ name: 'dag.py', text: `# airflow dag\n${text}\n` }];
  const found = await python.importFiles(files, { airflow: '3.3.2', limitSeconds });
  return found.ok ? found.value.problems : found.error;
}

/** What the expression gives inside the cage, or the class of its error. */
async function tried(expression: string): Promise<string> {
  const text = [
    'import js, pyodide.code, pyodide.ffi',
    'F = pyodide.ffi.to_js({}).constructor.constructor',
    'try:',
    `    found = f"open: {${expression}!r}"`,
    'except BaseException as error:',
    '    found = f"shut: {type(error).__name__} {error}"',
    'raise ValueError(found)',
  ];
  const [first] = await problemsOf(text.join('\n'));
  return String(first?.params['message']);
}

describe('ways to the host', () => {
  test.each([
    'F("return process.version")()',
    'F("return import(\'node:fs\')")()',
    'pyodide.ffi.to_js(print).constructor.constructor("return globalThis")()',
    'pyodide.code.run_js("process.version")',
    'js.eval("process")',
    'js.process',
    'js.require',
    'js.fetch("http://localhost/")',
    'js.globalThis',
    'js.Buffer',
    'js.WebAssembly',
    '__import__("pyodide_js")',
    '__import__("pyodide.http").http.open_url("http://localhost/")',
    'open("/etc/passwd").read()',
  ])('%s -> shut', async (expression) => {
    expect(await tried(expression)).toMatch(/^shut: /);
  });

  // ctypes reaches the functions of the interpreter's own runtime; one of them runs JavaScript.
  test('script by way of ctypes -> the runtime has no eval', async () => {
    const script = 'emscripten_run_script_string(b"process.version")';
    expect(await tried(`__import__("ctypes").CDLL(None).${script}`)).toMatch(/eval is not defined/);
  });

  test("the command's environment -> not there", async () => {
    expect(await tried('sorted(k for k in __import__("os").environ if "NODE" in k)')).toBe(
      'open: []',
    );
  });
});

describe('files that take their process along', () => {
  test('an endless loop in C -> stopped at the limit, the next file is read', async () => {
    const [first] = await problemsOf('sum(range(10**12))', 1);
    expect(first).toMatchObject({ code: 'dag_import_timeout', where: { file: 'dag.py' } });
    expect(await tried('1 + 1')).toBe('open: 2');
  });

  test('a crash of the interpreter -> named with its file, the next file is read', async () => {
    const [first] = await problemsOf('import faulthandler\nfaulthandler._sigsegv()');
    expect(first).toMatchObject({ code: 'python_crashed', where: { file: 'dag.py' } });
    expect(await tried('1 + 1')).toBe('open: 2');
  });

  test('a memory bomb -> MemoryError in the file', async () => {
    expect(await tried('len(bytearray(2**30))')).toMatch(/^shut: MemoryError/);
  });
});

describe('answers', () => {
  test('larger than a pipe holds, the reader late -> arrives whole', async () => {
    const text = [
      'from airflow.sdk import DAG',
      'from airflow.providers.standard.operators.bash import BashOperator',
      'with DAG("wide", schedule=None):',
      '    for n in range(1200):',
      '        BashOperator(task_id=f"t{n}", bash_command="true", doc_md="x" * 2000)',
    ];
    const file = { name: 'wide.py', text: text.join('\n') };
    const asked = python.importFiles([file], { airflow: '3.3.2', limitSeconds: 60 });
    // Nobody reads meanwhile: the pipe runs full.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const until = performance.now() + 4_000;
    while (performance.now() < until);
    const found = await asked;
    expect(found.ok && found.value.dags[0]?.tasks.length).toBe(1200);
  });
});
