import { beforeAll, describe, expect, test } from 'vitest';
import { NodePython } from '../../src/authoring/nodePython.node.ts';
import type { Problem } from '../../src/base/result.ts';

let python: NodePython;
beforeAll(async () => {
  python = await NodePython.boot();
});

/** Problems of one file that Airflow would look into. */
async function problemsOf(text: string): Promise<readonly Problem[]> {
  const files = [{ name: 'dag.py', text: `# airflow dag\n${text}\n` }];
  const found = await python.importFiles(files, { airflow: '3.3.2', limitSeconds: 5 });
  if (!found.ok) return found.error;
  return found.value.problems;
}

describe('cage', () => {
  test.each(['import os\nos._exit(0)', 'import posix\nposix._exit(3)', 'import os\nos.abort()'])(
    'end of the process: %j -> the file is at fault, the next one is read',
    async (text) => {
      expect((await problemsOf(text)).map((one) => one.code)).toEqual(['dag_exits']);
      const [next] = await problemsOf('import os\nraise ValueError("next")');
      expect(next?.params['message']).toBe('next');
    },
  );

  test("host's interface: asked for by name -> there is no such module", async () => {
    const [first] = await problemsOf('import pyodide_js');
    expect(first?.params['class']).toBe('ModuleNotFoundError');
  });

  test("host's interface: looked for among all objects -> not found", async () => {
    const hunt = [
      'import gc',
      'hosts = ("FS", "_module", "public_api", "mountNodeFS")',
      'seen = [r for o in gc.get_objects() for r in gc.get_referents(o)]',
      'found = [r for r in seen if type(r).__name__ == "JsProxy" and set(hosts) & set(dir(r))]',
      'raise ValueError(len(found))',
    ];
    const [found] = await problemsOf(hunt.join('\n'));
    expect(found?.params['message']).toBe('0');
  });
});
