import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runSimulate } from './runSimulate.ts';

const folder = 'lessons/scenarios';
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

interface Lane {
  makespan: number | null;
  task_instances: { dag_id: string; task_id: string; state: string; try_number: number }[];
}

async function lanesOf(name: string): Promise<Lane[]> {
  const { code, out, err } = await runSimulate(
    '--scenario',
    join(folder, name),
    '--format',
    'json',
  );
  expect(code, err).toBe(0);
  const { lanes } = JSON.parse(out) as { lanes: Lane[] };
  return lanes;
}

async function endsOf(name: string): Promise<number[]> {
  return (await lanesOf(name)).map(({ makespan }) => makespan ?? Infinity);
}

describe('ready scenarios', () => {
  test.each(files)('%s -> runs, and something happens in every lane', async (name) => {
    for (const { task_instances } of await lanesOf(name)) {
      expect(task_instances.length).toBeGreaterThan(0);
    }
  });

  test('how many workers -> each step ends earlier, the last one gains least', async () => {
    const [one = 0, two = 0, four = 0, eight = 0] = await endsOf('01-how-many-workers.yaml');
    expect(one - two).toBeGreaterThan(two - four);
    expect(two - four).toBeGreaterThan(four - eight);
  });

  test('which limit binds -> only the pool', async () => {
    const [now = 0, pool = 0, parallelism = 0, worker = 0] = await endsOf(
      '03-which-limit-binds.yaml',
    );
    expect(pool).toBeLessThan(now * 0.7);
    expect([Math.round(parallelism), Math.round(worker)]).toEqual([
      Math.round(now),
      Math.round(now),
    ]);
  });

  test('sensor modes -> poke holds the slots that the others free', async () => {
    const [poke = 0, reschedule = 0, deferrable = 0] = await endsOf('05-sensor-modes.yaml');
    expect(reschedule).toBeLessThan(poke);
    expect(deferrable).toBeLessThan(poke);
  });

  test('what is worth optimising -> weight helps more than half the time', async () => {
    const [written = 0, weighted = 0, faster = 0] = await endsOf(
      '10-what-is-worth-optimising.yaml',
    );
    expect(faster).toBeLessThan(written);
    expect(weighted).toBeLessThan(faster);
  });
});
