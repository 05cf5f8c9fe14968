/** The last run in this browser's database: tables, logs, and what they are called. */
import { hashPlain } from '../../base/hash.ts';
import type { LaneInfo } from '../../explain/frame.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';
import { openStorage } from '../../store/index.ts';
import type { KeptLane } from '../../store/index.ts';
import type { KeptLaneRun } from './laneRun.ts';
import type { RunKeeper } from './service.ts';

/** A slow database must not hold up the picture: the engine needs about as long. */
const READ_MS = 200;
/** Larger runs are computed again. */
const MOST_RECORDS = 4_000_000;

/** `program` names the code: another version of the page computes for itself. */
export function keepRuns(program: string): RunKeeper {
  const { runs } = openStorage();
  const keyOf = (wanted: readonly LaneScenario[]): string => hashPlain([program, wanted]);
  return {
    async read(wanted) {
      const found = await withLimit(runs.read(keyOf(wanted)), READ_MS);
      if (!found) return null;
      const lanes = found.run.lanes.map((lane): [string, KeptLaneRun] => [
        lane.id,
        {
          info: lane.info as LaneInfo,
          hash: lane.hash,
          chunks: found.chunks.get(lane.id) ?? [],
        },
      ]);
      return new Map(lanes);
    },
    async write(wanted, lanes) {
      const entries = [...lanes];
      const records = entries.flatMap(([, { chunks }]) => chunks.map((chunk) => chunk.count));
      if (records.reduce((sum, count) => sum + count, 0) > MOST_RECORDS) return;
      const kept = entries.map(([id, lane]): KeptLane => {
        const { info, hash, chunks } = lane;
        const tables = 'tables' in lane ? lane.tables : null;
        return { id, info, hash, tables, chunks: chunks.length };
      });
      const chunks = new Map(entries.map(([id, lane]) => [id, lane.chunks]));
      await runs.write({ key: keyOf(wanted), savedAt: Date.now(), lanes: kept }, chunks);
    },
  };
}

function withLimit<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms));
  return Promise.race([work, late]);
}
