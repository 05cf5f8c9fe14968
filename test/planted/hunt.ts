/** Plants one bug into a bundle of the detector and lets it be looked for. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { readCases } from '../../src/cli/oracleFiles.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import { ORACLE } from '../conformance/recorded.ts';
import type { PlantedBug } from './bugs.ts';
import type * as Detector from './detector.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SETS = ['trigger-rules', 'scheduler', 'runs'] as const;

/** Who found it, null when nobody did. Throws when the text to replace is not there. */
export async function hunt(bug: PlantedBug, number: number, seeds: number): Promise<string | null> {
  const folder = join(root, 'node_modules', '.cache', 'windtunnel', 'planted', String(number));
  const file = await bundle(bug, folder);
  const detector = (await import(pathToFileURL(file).href)) as typeof Detector;
  const found = detector.byChance(seeds);
  if (found !== null) return found;
  for (const set of SETS) {
    const recorded = await detector.byOracle(casesOf(set));
    if (recorded !== null) return recorded;
  }
  return null;
}

function casesOf(set: string): OracleCase[] {
  const cases = readCases(join(ORACLE, set), { set, airflow: undefined });
  if (!cases.ok) throw new Error(`no cases of ${set}`);
  return cases.value;
}

async function bundle(bug: PlantedBug, outDir: string): Promise<string> {
  let planted = 0;
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const plant = {
    name: 'plant',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      if (!id.endsWith(`/src/${bug.file}`)) return null;
      if (code.includes(bug.find)) planted += 1;
      return code.replace(bug.find, () => bug.put);
    },
  };
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [plant],
    build: {
      ssr: join(root, 'test', 'planted', 'detector.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'detector.mjs' } },
    },
  });
  if (planted !== 1) throw new Error(`"${bug.find}" is not in ${bug.file}`);
  return join(outDir, 'detector.mjs');
}
