/** What a changed engine is judged by: tests of the Airflow layer, recorded cases, chance. */
import fc from 'fast-check';
import { definePortions } from './recordedChunks.ts';
import { enterFile } from './vitest.ts';

export { tests } from './vitest.ts';

/** The same values for every mutant: a verdict must not hang on luck. */
const SEED = 20_260_101;

export async function defineTests(root: string, all: boolean): Promise<void> {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
  const files = import.meta.glob([
    '../airflow/{config,engine,rules,timetables}/*.test.ts',
    '../airflow/executors/{executors,manyExecutors,runner}.test.ts',
    '../airflow/faults/{f01-scheduler,f21-triggerer,f26-files-clocks,f34-outages,rowsTaken}.test.ts',
  ]);
  for (const [path, load] of Object.entries(files)) {
    enterFile(path.replace('..', 'test'));
    await load();
  }
  enterFile('test/mutation/recordedChunks.ts');
  definePortions(`${root}/test/oracle`, all);
}
