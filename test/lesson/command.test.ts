import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/lesson.ts';

const said = { out: '', err: '' };

function listen(): void {
  said.out = said.err = '';
  const hear = (to: 'out' | 'err') => (text: unknown) => {
    said[to] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(hear('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(hear('err'));
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('lesson command: every lesson -> each check by name, exit code 0', async () => {
  listen();
  expect(await main([])).toBe(0);
  expect(said.out).toMatch(/^c-executors\/parallel-dag\n {2}ok {4}1 schema: /);
  expect(said.out.match(/^ {2}ok /gm)).toHaveLength(13);
  expect(said.err).toBe('');
});

test('lesson command: unknown lesson or option -> one message, exit code 2', async () => {
  listen();
  expect(await main(['parallel-dog'])).toBe(2);
  expect(said.err).toBe('There is no lesson "parallel-dog". Lessons: parallel-dag\n');
  listen();
  expect(await main(['--wrong'])).toBe(2);
  expect([said.out, said.err.trim().split('\n').length]).toEqual(['', 1]);
});
