import { gzipSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/conformance.ts';

const given = {
  trigger_rule: 'all_success',
  upstream: [{ task_id: 'u', map_index: -1, state: 'success', is_setup: false, direct: true }],
  task: { map_index: -1, is_teardown: false },
  flag_upstream_failed: true,
};
const ready = { decision: 'ready', new_state: null, passes: true };
const base = { set: 'trigger-rules', airflow: '3.3.2', given, tags: [] };
const good = { ...base, id: 'good', expect: ready };
const bad = { ...base, id: 'bad', expect: { ...ready, decision: 'wait' } };

let dir = '';
let out = '';
let err = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cases-'));
  out = err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += text), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += text), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

function put(name: string, ...cases: unknown[]): void {
  const text = cases.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  mkdirSync(join(dir, name, '..'), { recursive: true });
  writeFileSync(join(dir, name), name.endsWith('.gz') ? gzipSync(text) : text);
}

describe('conformance command', () => {
  test('all cases agree -> exit code 0, the promised JSON and nothing else', async () => {
    put('trigger-rules/3.3.2.jsonl', good);
    put('trigger-rules/3.3.2-2.jsonl.gz', { ...good, id: 'good-2' });
    expect(await main(['--cases', dir, '--json'])).toBe(0);
    const row = { set: 'trigger-rules', airflow: '3.3.2', passed: 2, failed: 0, unsupported: 0 };
    expect(JSON.parse(out)).toEqual({ sets: [{ ...row, differences: [] }] });
    expect(err).toBe('');
  });

  test('a case differs -> exit code 1, its id, expected and actual', async () => {
    put('trigger-rules/3.3.2.jsonl', good, bad);
    expect(await main(['--cases', dir, '--json'])).toBe(1);
    const [row] = JSON.parse(out).sets;
    expect(row).toMatchObject({ passed: 1, failed: 1 });
    expect(row.differences).toEqual([{ id: 'bad', expected: bad.expect, actual: ready }]);
  });

  test('a case differs -> the text names the field and both values', async () => {
    put('trigger-rules/3.3.2.jsonl', bad);
    expect(await main(['--cases', dir])).toBe(1);
    expect(out).toMatch(/bad\n.*given.*\n +decision +expected "wait" +actual "ready"/);
  });

  test('the folder of one set is given -> its cases are found', async () => {
    put('trigger-rules/3.3.2.jsonl', good);
    expect(await main(['--cases', join(dir, 'trigger-rules')])).toBe(0);
    expect(out).toContain('100 %');
  });

  test('set, version and id are filters', async () => {
    put('trigger-rules/3.3.2.jsonl', good, bad);
    put('trigger-rules/2.11.2.jsonl', { ...bad, airflow: '2.11.2' });
    expect(await main(['--cases', dir, '--airflow', '3.3.2', '--id', 'good'])).toBe(0);
    expect(await main(['--cases', dir, '--set', 'weights'])).toBe(2);
  });

  test('a set without a check -> listed as not done yet', async () => {
    put('unheard/3.3.2.jsonl', { ...good, set: 'unheard' });
    expect(await main(['--cases', dir])).toBe(0);
    expect(out).toMatch(/unheard +3\.3\.2 +0 +0 +1 +1: this set is not done yet/);
  });

  test('a broken line -> exit code 2, file and line number', async () => {
    put('trigger-rules/3.3.2.jsonl', good, '{"id":', { ...good, airflow: '1.9' });
    expect(await main(['--cases', dir])).toBe(2);
    expect(err).toMatch(/3\.3\.2\.jsonl:2: this line is not JSON/);
    expect(err).toMatch(/3\.3\.2\.jsonl:3: a field of the case.*airflow/);
    expect(out).toBe('');
  });

  test('a damaged archive, a missing folder, a bad option -> exit code 2 and a sentence', async () => {
    put('trigger-rules/3.3.2.jsonl', good);
    writeFileSync(join(dir, 'trigger-rules/3.3.2-2.jsonl.gz'), 'no archive');
    expect(await main(['--cases', dir])).toBe(2);
    expect(err).toContain('cannot be read or unpacked');
    expect(await main(['--cases', join(dir, 'nowhere')])).toBe(2);
    expect(await main(['--case', dir])).toBe(2);
    expect(err).toContain('usage: conformance');
  });
});
