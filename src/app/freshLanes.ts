/** Lanes of the model at the start of a run, and after a report about them. */
import type { LaneReport } from '../host/protocol.ts';
import type { LaneScenario } from '../interchange/standardScenario.ts';
import type { Source } from './comparison.ts';
import type { LaneModel } from './model.ts';
import type { Settings } from './settings.ts';

interface Start {
  lanes: readonly LaneScenario[];
  before: readonly LaneModel[];
  /** The clock stays: what was seen stays until there is something new. */
  keep: boolean;
  /** Null in a lesson, which has its own lanes. */
  source: Source | null;
  settings: Settings;
}

export function freshLanes({ lanes, before, keep, source, settings }: Start): LaneModel[] {
  return lanes.map(({ lane: { id, executor, airflow }, scenario }, at) => {
    const old = before.find((lane) => lane.id === id);
    const same = keep && old?.executor === executor && old.airflow === airflow;
    const { faults, actions } = source ? settings : NOTHING;
    return {
      id,
      executor,
      airflow,
      info: same ? old.info : null,
      snapshot: same ? old.snapshot : null,
      series: same ? old.series : null,
      computing: true,
      problem: null,
      notices: [],
      edits: [],
      label: labelOf(source?.lanes?.[at]?.lane.id),
      own: {
        faults: scenario.faults.length - faults.length,
        actions: scenario.actions.length - actions.length,
      },
    };
  });
}

/** `lane-2` is what a lane without a name of its own is called. */
function labelOf(id: string | undefined): string | null {
  return id === undefined || /^lane-\d+$/.test(id) ? null : id;
}

const NOTHING = { faults: [], actions: [] };

export function reportedLane(report: LaneReport, before: LaneModel): LaneModel {
  const { horizon: _, hash: __, series, ...shown } = report;
  const { snapshot, label, own } = before;
  return { ...shown, snapshot, label, own, series: series ?? before.series };
}
