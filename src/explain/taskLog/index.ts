/**
 * Where the log of a try is at a moment, and what Airflow's page shows of it: a function of the
 * run's log and the time, so that every moment can be asked for.
 *
 * A supervisor (2.x: LocalTaskJob) writes a file where it runs and uploads it when it ends by
 * itself. Airflow looks into the remote store; while the task runs it asks its executor (only
 * KubernetesExecutor has an answer, the last lines of the pod); then the disk below the page; then
 * the log server of the host in the row.
 */
import { logTable } from '../../airflow/logTable.ts';
import type { EngineRun } from '../engineRun.ts';
import type { LaneInfo } from '../frame.ts';
import { podName } from '../podName.ts';
import { absencesOf, type Absence } from './absence.ts';
import { Histories, type History, type RowChange } from './history.ts';
import { placeOfLine } from './hosts.ts';
import { placesOf, stageOf, type LogPlace, type Seen, type Stage } from './places.ts';
import { readLog, type Asked, type Reading } from './reading.ts';
import { logSettings, type LogSettings } from './settings.ts';
import { whyOf, type LogWhy } from './why.ts';
import { invalidTry, SKIPPED } from './words.ts';

export type { LogPlace, LogWhy };

export interface LogAnswer {
  readonly places: readonly LogPlace[];
  /** The page shows lines of the task. */
  readonly readable: boolean;
  /** Words `log_why.<code>`. */
  readonly why: LogWhy;
  /** "Log message source details", in Airflow's own words. */
  readonly messages: readonly string[];
  /** Nothing more will come. */
  readonly end_of_log: boolean;
}

/** Answers for one run; it reads the log once, up to where it goes now. */
export class TaskLogs {
  private readonly run: EngineRun;
  private readonly info: LaneInfo;
  private readonly settings: LogSettings;
  private readonly histories: Histories;
  private readonly absences: readonly Absence[];

  /** `only`: one task instance, which needs less memory. */
  constructor(run: EngineRun, only: number | null = null) {
    const { scenario, simulation } = run.engine;
    this.run = run;
    this.info = run.info('');
    this.settings = logSettings(scenario);
    this.histories = new Histories(simulation.log, logTable(), only);
    this.absences = absencesOf(this.histories.faults, scenario);
  }

  /** Tries of a task instance that have begun by `t` (microseconds). */
  triesOf(ti: number, t: number): number[] {
    const tries = this.histories.of(ti).changes.filter((change) => change.t <= t);
    return [...new Set(tries.map(({ tryNumber }) => tryNumber))].filter((each) => each > 0);
  }

  at(ti: number, tryNumber: number, t: number): LogAnswer {
    const history = this.histories.of(ti);
    const { scenario } = this.run.engine;
    const seen: Seen = { scenario, settings: this.settings, absences: this.absences, history, t };
    const row = history.changes.findLast((change) => change.t <= t) ?? NOT_YET;
    const asked = this.asked(ti, tryNumber, row, seen);
    const page = pageAway(this.absences, scenario.airflow, t);
    const reading = page === null ? readTry(asked, tryNumber, seen) : NOTHING;
    const own = row.tryNumber === tryNumber;
    return {
      places: placesOf(asked.stages, seen),
      readable: reading.found,
      why: page ?? whyOf(asked, reading, seen),
      messages: reading.messages,
      end_of_log: !own || (row.state !== 'running' && row.state !== 'deferred'),
    };
  }

  /** 3.x reads the row of that try, 2.x that of the task instance whatever the try. */
  private asked(ti: number, tryNumber: number, row: RowChange, seen: Seen): Asked {
    const { history } = seen;
    const is3 = seen.scenario.airflow === '3.3.2';
    const earlier = is3 && row.tryNumber !== tryNumber;
    const stages = this.stagesOf(ti, history, tryNumber, seen);
    const newest = is3 ? stages : this.stagesOf(ti, history, null, seen);
    return {
      name: { ...this.info.labels[ti]!, tryNumber },
      is3,
      state: earlier ? 'failed' : row.state,
      host: newest.at(-1) ?? null,
      stages,
    };
  }

  /** Of one try, or (null) of all. */
  private stagesOf(ti: number, history: History, tryNumber: number | null, seen: Seen): Stage[] {
    const { scenario } = seen;
    return history.legs.flatMap((leg) => {
      if (tryNumber !== null && leg.tryNumber !== tryNumber) return [];
      const pod = podName(this.info.labels[ti]!, leg.tryNumber);
      const place = placeOfLine(leg.line, scenario, this.info.slotGroups, pod);
      return stageOf(leg, place, seen) ?? [];
    });
  }
}

const NOT_YET: RowChange = { t: 0, state: 'none', tryNumber: 0 };
const NOTHING: Reading = { messages: [], found: false };

function readTry(asked: Asked, tryNumber: number, seen: Seen): Reading {
  if (tryNumber > 0) return readLog(asked, seen);
  const skipped = asked.is3 && ['skipped', 'upstream_failed'].includes(asked.state);
  return { messages: [skipped ? SKIPPED : invalidTry(tryNumber)], found: false };
}

/** The page itself does not answer. */
function pageAway(absences: readonly Absence[], airflow: string, t: number): LogWhy | null {
  const now = absences.filter(({ from, to }) => from <= t && to > t).map(({ part }) => part);
  if (now.includes(airflow === '2.11.2' ? 'web-server' : 'api-server')) return 'page_away';
  return now.includes('database') ? 'database_away' : null;
}
