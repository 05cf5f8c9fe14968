import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { AIRFLOW_VERSIONS } from '../../src/airflow/spec.ts';
import { NodePython } from '../../src/authoring/nodePython.node.ts';
import { dagImporter } from '../../src/cli/dagImporter.ts';
import { readCases } from '../../src/cli/oracleFiles.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import { check } from '../../src/conformance/sets/dagFiles.ts';

const folder = join(import.meta.dirname, '..', 'oracle', 'dag-files');
const importDags = dagImporter();
const readFile = (path: string): string | null => {
  const full = join(folder, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : null;
};

function casesOf(airflow: string, pattern: RegExp): OracleCase[] {
  const found = readCases(folder, { airflow });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value.filter((one) => pattern.test(one.id));
}

/** Everything that differs from the recording, by case. */
async function failures(cases: readonly OracleCase[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const one of cases) {
    const verdict = await check(one, { readFile, importDags });
    if (verdict.outcome !== 'passed') found.push({ id: one.id, ...verdict });
  }
  return found;
}

describe.each([...AIRFLOW_VERSIONS])('recorded DAG files: Airflow %s', (airflow) => {
  test("the course's own files -> structure or error as recorded", async () => {
    const cases = casesOf(airflow, /\/course_/);
    expect(cases.length).toBe(17);
    expect(await failures(cases)).toEqual([]);
  });

  test('all others -> structure or error as recorded', { timeout: 180_000 }, async () => {
    const cases = casesOf(airflow, /^dag-files\/(?!course_)/);
    expect(cases.length).toBeGreaterThan(140);
    expect(await failures(cases)).toEqual([]);
  });
});

describe('behaviour', () => {
  let python: NodePython;
  beforeAll(async () => {
    python = await NodePython.boot();
  });

  test(
    'every recorded file tried -> an answer of the right shape',
    { timeout: 180_000 },
    async () => {
      for (const airflow of AIRFLOW_VERSIONS) {
        for (const one of casesOf(airflow, /^dag-files\/(?!together|error_endless)/)) {
          const { file } = one.given as { file: string };
          const sources = [{ name: 'dag.py', text: readFile(file) ?? '' }];
          const found = await python.importFiles(sources, { airflow, limitSeconds: 5 });
          expect(found, file).toMatchObject({ ok: true });
        }
      }
    },
  );
});
