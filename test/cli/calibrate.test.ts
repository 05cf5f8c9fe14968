import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/calibrate.ts';

let out = '';
let err = '';

beforeEach(() => {
  out = err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += text), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += text), true));
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('calibrate: one workload as JSON -> its errors, median and worst', async () => {
  const id = 'local-3.3.2-p16-chain_10';
  const code = await main(['--cases', 'test/oracle', '--id', id, '--json']);
  const result = JSON.parse(out) as { workloads: Record<string, unknown>[]; median: number };
  expect(result.workloads).toHaveLength(1);
  expect(result.workloads[0]).toMatchObject({ id, airflow: '3.3.2', executor: 'LocalExecutor' });
  expect(Object.keys(result.workloads[0]!['phases'] as object)).toContain('queued -> start');
  expect(result.median).toBeLessThan(0.1);
  expect(code).toBe(0);
  expect(err).toBe('');
});

test('calibrate: all workloads -> median within the target', async () => {
  await main(['--cases', 'test/oracle', '--json']);
  const result = JSON.parse(out) as { workloads: { makespan_error: number }[]; median: number };
  expect(result.workloads).toHaveLength(40);
  expect(result.median).toBeLessThan(0.1);
  const beyond = result.workloads.filter(({ makespan_error }) => makespan_error > 0.25);
  expect(beyond.length).toBeLessThanOrEqual(1);
});

test('calibrate: unknown option, no folder, unknown workload -> a message and code 2', async () => {
  expect(await main(['--nonsense'])).toBe(2);
  expect(err).toContain('usage: calibrate');
  expect(await main(['--cases', 'test/nowhere'])).toBe(2);
  expect(await main(['--cases', 'test/oracle', '--id', 'nothing'])).toBe(2);
  expect(err).toContain('nothing');
  expect(out).toBe('');
});
