import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Deadline } from '../../src/authoring/interrupt.ts';
import { checkFiles, MAX_FILE_BYTES } from '../../src/authoring/limits.ts';
import { readAnswer } from '../../src/authoring/readAnswer.ts';
import { readReply } from '../../src/authoring/sandbox/messages.ts';
import { readYaml } from '../../src/authoring/yamlReader.ts';

describe('answer of Python: a stranger may have written it', () => {
  test('anything at all -> a problem or checked data, never a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify(v)),
        ),
        (text) => {
          const found = readAnswer(text);
          if (!found.ok) expect(found.error[0]?.code).toBe('python_answer_invalid');
        },
      ),
    );
  });

  test('__proto__ in it -> dropped, the prototype stays', () => {
    readAnswer('{"files": [], "output": "", "__proto__": {"polluted": 1}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a wrong field -> its path', () => {
    const file = {
      file: 'a.py',
      status: 'dags',
      errors: [],
      dags: [{ dag_id: 5 }],
      notices: [],
      hints: [],
    };
    const found = readAnswer(JSON.stringify({ files: [file], output: '' }));
    expect(found).toMatchObject({
      ok: false,
      error: [{ params: { field: 'files[0].dags[0].dag_id' } }],
    });
  });
});

describe('limits: before Python sees a file', () => {
  test('too large, too many, strange names, none -> refused with a code', () => {
    const file = (name: string, text = ''): { name: string; text: string } => ({ name, text });
    const codes = (files: { name: string; text: string }[]): string[] =>
      checkFiles(files).map((one) => one.code);
    expect(codes([])).toEqual(['dag_files_none']);
    expect(codes([file('a.py', 'x'.repeat(MAX_FILE_BYTES + 1))])).toEqual(['dag_file_too_large']);
    expect(codes([file('../a.py')])).toEqual(['dag_file_name']);
    expect(codes(Array.from({ length: 21 }, (_, n) => file(`f${n}.py`)))).toEqual([
      'dag_files_too_many',
    ]);
    expect(codes([file('sub/a.py', 'x')])).toEqual([]);
  });
});

test('messages of the frame: unknown shapes -> dropped', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const reply = readReply(value);
      if (reply !== null) expect(['step', 'span', 'answer', 'failed']).toContain(reply.type);
    }),
  );
});

test('deadline: passed -> interrupts once, again a second later, not after stop', () => {
  let now = 0;
  const deadline = new Deadline(() => now);
  const buffer = deadline.buffer();
  const look = (): number => {
    const seen = buffer[0] ?? 0;
    buffer[0] = 0;
    return seen;
  };
  deadline.start(100);
  expect(look()).toBe(0);
  now = 101;
  expect([look(), look()]).toEqual([2, 0]);
  now = 1_200;
  expect(look()).toBe(2);
  deadline.stop();
  now = 10_000;
  expect(look()).toBe(0);
});

test('YAML: good, broken, too many aliases -> JSON or an error, never a throw', () => {
  expect(JSON.parse(readYaml('a: [1, {b: yes}]'))).toEqual({
    documents: [{ a: [1, { b: true }] }],
  });
  expect(JSON.parse(readYaml('a: [1'))).toHaveProperty('error');
  const bomb =
    'a: &a [x, x]\n' +
    [...'bcdefghijklmno']
      .map((c, i) => `${c}: &${c} [*${'abcdefghijklmno'[i]}, *${'abcdefghijklmno'[i]}]`)
      .join('\n');
  expect(JSON.parse(readYaml(bomb))).toHaveProperty('error');
});
