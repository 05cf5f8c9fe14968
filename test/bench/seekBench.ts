/** How long it takes to show the state of all task instances at any time of a long run. */
import { Seeker, StateFold, noTransitions } from '../../src/kernel/index.ts';
import type { StateTransitions } from '../../src/kernel/index.ts';
import { machines } from '../../src/machines/index.ts';
import { runOnKernel } from './kernelModel.ts';
import { draw, makeWorkload } from './workload.ts';

const RUNS = 140;
const RECORDS = 1_000_000;
const SEEKS = 2000;

export interface SeekFigures {
  readonly records: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  readonly bytesPerRecord: number;
  readonly bytesPerTi: number;
}

/** Plays W until the log has a million records, then jumps to random times in it. */
export function measureSeek(): SeekFigures {
  const { log, bytesPerTi } = runOnKernel(makeWorkload(RUNS), true);
  if (log.length < RECORDS) throw new Error(`W gave only ${log.length} records`);
  log.truncate(RECORDS);
  const seeker = new Seeker(log, new StateFold(transitions()));
  seeker.seek(log.length);
  const times: number[] = [];
  for (let i = 0; i < SEEKS; i++) {
    const target = (draw(i, 1, 30) / 0x100000000) * log.endTime;
    const from = performance.now();
    seeker.seekTime(target);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return {
    records: log.length,
    p50: times[SEEKS / 2]!,
    p95: times[SEEKS * 0.95]!,
    worst: times.at(-1)!,
    bytesPerRecord: log.bytes() / log.length,
    bytesPerTi,
  };
}

/** Every transition of every machine: code -> from and to. */
function transitions(): StateTransitions {
  const table = noTransitions();
  for (const machine of machines) {
    for (const { id, from, to } of machine.transitions) {
      // A heartbeat of the supervisor is noted at its task instance and changes nothing there.
      if (from === to) continue;
      table.from[id] = from;
      table.to[id] = to;
    }
  }
  return table;
}
