import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import { seconds } from '../../../src/base/time.ts';
import { Draws } from '../../../src/conformance/chaos/draws.ts';
import { drawScenario } from '../../../src/conformance/chaos/drawScenario.ts';
import { finalRows, namesOf } from '../../../src/conformance/chaos/liveRun.ts';
import { checkRun } from '../../../src/conformance/checker/checkRun.ts';
import type { LogReader, LogRecord } from '../../../src/kernel/index.ts';
import { dagRun, taskInstance } from '../../../src/machines/index.ts';

function finished(seed: number): Engine {
  const scenario = drawScenario(seed);
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const engine = made.value;
  engine.simulation.run({ until: seconds(scenario.until_s), stop: () => engine.done() });
  return engine;
}

/** A log of other records; the checker asks for nothing else. */
function logOf(records: readonly LogRecord[]): LogReader {
  const renumbered = records.map((record, seq) => ({ ...record, seq, cause: -1 }));
  return {
    length: renumbered.length,
    record: (seq: number) => renumbered[seq]!,
  } as unknown as LogReader;
}

function recordsOf({ simulation: { log } }: Engine): LogRecord[] {
  return Array.from({ length: log.length }, (_, seq) => log.record(seq));
}

function isChange({ what }: LogRecord): boolean {
  const first = taskInstance.firstId;
  return what >= first && what < dagRun.firstId + dagRun.transitions.length;
}

type Damage = (records: LogRecord[], at: number) => LogRecord[];

const damages: Readonly<Record<string, Damage>> = {
  dropped: (records, at) => records.filter((_, i) => i !== at),
  doubled: (records, at) => records.toSpliced(at, 0, records[at]!),
  'of another row': (records, at) =>
    records.with(at, { ...records[at]!, entity: records[at]!.entity + 1 }),
  'put before its time': (records, at) => records.with(at, { ...records[at]!, t: seconds(-1) }),
};

describe('checker: logs damaged on purpose', () => {
  test.each(Object.keys(damages))('a change of state %s -> caught', (name) => {
    const draws = new Draws(1);
    const missed: string[] = [];
    for (let seed = 0; seed < 125; seed++) {
      const engine = finished(seed);
      const records = recordsOf(engine);
      const names = namesOf(engine);
      const changes = records.flatMap((record, i) => (isChange(record) ? [i] : []));
      if (changes.length === 0) continue;
      const at = draws.pick(changes);
      const { from, to } = transition(records[at]!);
      // What leads from a state to the same one can be dropped or doubled without a trace.
      if (from === to) continue;
      const damaged = logOf(damages[name]!(records, at));
      const found = checkRun(engine.scenario, damaged, names, finalRows(engine));
      if (found === null) missed.push(`seed ${seed}, record ${at}`);
    }
    expect(missed).toEqual([]);
  });

  test('the same logs as they are -> no alarm', () => {
    for (let seed = 0; seed < 60; seed++) {
      const engine = finished(seed);
      const log = logOf(recordsOf(engine));
      expect(checkRun(engine.scenario, log, namesOf(engine), finalRows(engine))).toBeNull();
    }
  });
});

function transition({ what }: LogRecord): { from: number; to: number } {
  const machine = what < dagRun.firstId ? taskInstance : dagRun;
  return machine.transitions[what - machine.firstId]!;
}

test('drawn scenarios: 1,000 seeds -> all are such as a file may hold', () => {
  for (let seed = 0; seed < 1_000; seed++) {
    const read = validateScenario(drawScenario(seed));
    expect(read.ok ? [] : read.error, `seed ${seed}`).toEqual([]);
  }
});
