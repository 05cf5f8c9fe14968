/**
 * Calls that workers cannot make (F13, F14, F24, F32, F34): the API server (3.x) or the database
 * (2.x) is away, or a worker is cut off from it. With no outage all of it is one number that is 0.
 */
import { group, makeTable, scalars, type Saveable } from '../../kernel/index.ts';
import { NONE, type Workloads } from './workloads.ts';

/** What a call meets: an answer, an error at once, or nothing until it times out. */
export const CALL: Readonly<Record<'answered' | 'refused' | 'silent', number>> = {
  answered: 0,
  refused: 1,
  silent: 2,
};

export class Outage {
  readonly state: Saveable;
  private readonly workloads: Workloads;
  private readonly all = {
    /** Outages that are on, in any place. */
    on: 0,
    api: CALL.answered,
    database: CALL.answered,
    /** Number and beginning of the present outage for everybody. */
    number: 0,
    since: 0,
    numbers: 0,
    /** What a slow database adds to each call, microseconds. */
    delay: 0,
  };
  /** Workers (Celery) or nodes (Kubernetes) that are cut off. */
  private readonly places = makeTable('cut_off', { mode: 'u8', number: 'i32', since: 'f64' });
  /** By scheduler: what calls to the broker or the Kubernetes API meet, and reads of results. */
  private readonly schedulers = makeTable('scheduler_cut', { executor: 'u8', results: 'u8' });

  constructor(workloads: Workloads) {
    this.workloads = workloads;
    this.state = group({
      all: scalars(this.all),
      places: this.places,
      schedulers: this.schedulers,
    });
  }

  /** 0 while everybody can be reached. */
  get on(): number {
    return this.all.on;
  }

  /** Microseconds that each call takes longer. */
  get delay(): number {
    return this.all.delay;
  }

  set delay(delay: number) {
    this.all.delay = delay;
  }

  /** What a call of this workload's supervisor meets. */
  modeOf(w: number): number {
    const { api, database, on } = this.all;
    if (on === 0) return CALL.answered;
    const place = this.workloads.rows.place[w]!;
    const own = this.isCut(place) ? this.places.mode[place]! : CALL.answered;
    return Math.max(api, database, own);
  }

  /** Number of the outage that the workload is in, 0 for none; each outage has its own. */
  numberOf(w: number): number {
    if (this.modeOf(w) === CALL.answered) return 0;
    return this.central ? this.all.number : this.places.number[this.workloads.rows.place[w]!]!;
  }

  /** Since when; only for a workload that is in one. */
  sinceOf(w: number): number {
    return this.central ? this.all.since : this.places.since[this.workloads.rows.place[w]!]!;
  }

  /** API server or database: false when that is so already. */
  setCentral(part: 'api' | 'database', mode: number, now: number): boolean {
    const { all } = this;
    if (all[part] === mode) return false;
    all[part] = mode;
    if (this.central) {
      all.number = ++all.numbers;
      all.since = now;
    }
    this.count();
    return true;
  }

  /** A worker or a node and what it calls: false when that is so already. */
  setPlace(place: number, mode: number, now: number): boolean {
    const { places, all } = this;
    if (places.rows <= place) places.addRows(place + 1 - places.rows);
    if (places.mode[place] === mode) return false;
    places.mode[place] = mode;
    places.number[place] = ++all.numbers;
    places.since[place] = now;
    this.count();
    return true;
  }

  /** The scheduler and where its executor sends work: false when that is so already. */
  setExecutor(scheduler: number, mode: number): boolean {
    const { schedulers } = this.withScheduler(scheduler);
    if (schedulers.executor[scheduler] === mode) return false;
    schedulers.executor[scheduler] = mode;
    return true;
  }

  /** The scheduler and Celery's result backend. */
  setResults(scheduler: number, cut: boolean): boolean {
    const { schedulers } = this.withScheduler(scheduler);
    if ((schedulers.results[scheduler] === 1) === cut) return false;
    schedulers.results[scheduler] = cut ? 1 : 0;
    return true;
  }

  /** What this scheduler's calls to the broker or the Kubernetes API meet, beside all others'. */
  executorCut(scheduler: number): number {
    return scheduler < this.schedulers.rows ? this.schedulers.executor[scheduler]! : CALL.answered;
  }

  resultsCut(scheduler: number): boolean {
    return scheduler < this.schedulers.rows && this.schedulers.results[scheduler] === 1;
  }

  private withScheduler(scheduler: number): this {
    const { schedulers } = this;
    if (schedulers.rows <= scheduler) schedulers.addRows(scheduler + 1 - schedulers.rows);
    return this;
  }

  private get central(): boolean {
    return Math.max(this.all.api, this.all.database) !== CALL.answered;
  }

  private isCut(place: number): boolean {
    return place !== NONE && place < this.places.rows;
  }

  private count(): void {
    let on = this.central ? 1 : 0;
    for (let place = 0; place < this.places.rows; place++) {
      if (this.places.mode[place] !== CALL.answered) on += 1;
    }
    this.all.on = on;
  }
}
