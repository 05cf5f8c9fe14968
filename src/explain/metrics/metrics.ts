/**
 * What a lane cost and where its time went, from its log and its scenario alone. Seconds
 * throughout; money in the currency of the prices.
 *
 * Laws that hold (and are tested): the segments of a task instance sum up to its life; held slot
 * time is start-up, work and what is kept after it; the mean number that waits is the number of
 * waits per second times their mean length (Little).
 */
import type { Prices, Scenario } from '../../airflow/scenario.ts';
import type { LogReader } from '../../kernel/index.ts';
import type { LaneInfo } from '../frame.ts';
import { groupOffsets } from '../parts.ts';
import { nodeSeconds, workerSeconds, type MachineCodes } from './machineTime.ts';
import { Depth, distributionOf, type Distribution } from './samples.ts';
import { CAUSES, Segments, type Cause, type FoldCodes, type Sink } from './segments.ts';

const SECOND = 1_000_000;

export interface MetricsCodes extends FoldCodes, MachineCodes {
  /** Names of the reasons that hold scheduled task instances, by their code. */
  readonly reasons: readonly string[];
}

export interface MetricsInput {
  readonly log: LogReader;
  readonly codes: MetricsCodes;
  readonly scenario: Scenario;
  readonly slotGroups: LaneInfo['slotGroups'];
  /** By run: its DAG, and SimTime (microseconds) at which it was due; null: unknown. */
  readonly runs: readonly { readonly dag_id: string; readonly due: number | null }[];
  readonly prices: Prices;
}

export interface GroupUse {
  readonly name: string;
  readonly slots: number;
  readonly held_s: number;
  readonly work_s: number;
  /** Held share of what there was. */
  readonly utilisation: number;
}

export interface Metrics {
  /** From 0 to the last record: all sums are over it. */
  readonly span_s: number;
  readonly runs: { readonly success: number; readonly failed: number; readonly open: number };
  /** Tries that began to run. */
  readonly tries: number;
  /** Life of all task instances by cause; `limit` is split by what held them. */
  readonly time_by_cause: Readonly<Record<string, number>>;
  readonly slots: {
    readonly capacity_s: number;
    readonly held_s: number;
    readonly start_up_s: number;
    readonly work_s: number;
    /** Held after the task had ended. */
    readonly kept_s: number;
    /** Work as a share of what was held. */
    readonly useful_share: number;
    readonly utilisation: number;
    readonly groups: readonly GroupUse[];
  };
  /** Reserved time of the machines, whether they worked or not. */
  readonly reserved: {
    readonly scheduler_s: number;
    readonly triggerer_s: number;
    readonly worker_s: number;
    readonly node_s: number;
    readonly pod_s: number;
  };
  readonly depth: Readonly<
    Record<'waiting' | 'running', { readonly mean: number; readonly max: number }>
  >;
  readonly wait: Distribution | null;
  readonly duration: Distribution | null;
  /** From the moment a run was due to its end, over all runs and by DAG. */
  readonly landing: Distribution | null;
  readonly landing_by_dag: Readonly<Record<string, Distribution>>;
  readonly cost: { readonly total: number; readonly by_part: Readonly<Record<string, number>> };
}

export function metricsOf(input: MetricsInput): Metrics {
  const sums = new Sums(input);
  const segments = new Segments(input.codes, sums);
  for (let seq = 0; seq < input.log.length; seq++) segments.read(input.log.record(seq));
  segments.close(input.log.endTime);
  return sums.result(input.log.endTime);
}

class Sums implements Sink {
  private readonly input: MetricsInput;
  private readonly byCause = new Map<string, number>();
  private readonly held: number[];
  private readonly worked: number[];
  private readonly firstLine: readonly number[];
  private readonly waits: number[] = [];
  private readonly durations: number[] = [];
  private readonly landings = new Map<string, number[]>();
  private readonly waiting = new Depth();
  private readonly running = new Depth();
  private readonly moves: { t: number; depth: Depth; by: number }[] = [];
  private readonly created: number[] = [];
  private readonly ends = { success: 0, failed: 0 };

  constructor(input: MetricsInput) {
    this.input = input;
    let first = 0;
    this.firstLine = input.slotGroups.map(({ slots }) => (first += slots) - slots);
    this.held = input.slotGroups.map(() => 0);
    this.worked = input.slotGroups.map(() => 0);
  }

  segment(_ti: number, cause: Cause, from: number, to: number, reason: number): void {
    const name = cause === 'limit' ? this.limitName(reason) : cause;
    this.byCause.set(name, (this.byCause.get(name) ?? 0) + (to - from));
  }

  slot(line: number, from: number, to: number, worked: number): void {
    let group = this.firstLine.length - 1;
    while (group > 0 && this.firstLine[group]! > line) group--;
    if (group < 0) return;
    this.held[group]! += to - from;
    this.worked[group]! += worked;
  }

  waited(_ti: number, ready: number, started: number): void {
    this.waits.push((started - ready) / SECOND);
    this.span(this.waiting, ready, started);
  }

  ran(_ti: number, started: number, ended: number): void {
    this.durations.push((ended - started) / SECOND);
    this.span(this.running, started, ended);
  }

  runCreated(run: number, t: number): void {
    this.created[run] = t;
  }

  runEnded(run: number, t: number, state: string): void {
    if (state === 'success') this.ends.success += 1;
    else this.ends.failed += 1;
    const facts = this.input.runs[run];
    const due = facts?.due ?? this.created[run] ?? t;
    const dag = facts?.dag_id ?? '';
    const list = this.landings.get(dag) ?? [];
    list.push((t - due) / SECOND);
    this.landings.set(dag, list);
  }

  result(end: number): Metrics {
    const span_s = end / SECOND;
    const { success, failed } = this.ends;
    const reserved = this.reserved(end);
    const slots = this.slots(end);
    const landings = [...this.landings].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      span_s,
      runs: { success, failed, open: this.created.filter(() => true).length - success - failed },
      tries: this.waits.length,
      time_by_cause: this.causes(),
      slots,
      reserved,
      depth: this.depths(end),
      wait: distributionOf(this.waits),
      duration: distributionOf(this.durations),
      landing: distributionOf(landings.flatMap(([, values]) => values)),
      landing_by_dag: Object.fromEntries(
        landings.flatMap(([dag, values]) => {
          const found = distributionOf(values);
          return found === null ? [] : [[dag, found]];
        }),
      ),
      cost: costOf(this.input.prices, { ...reserved, slot_s: slots.held_s }),
    };
  }

  private causes(): Record<string, number> {
    const known = CAUSES.filter((cause) => cause !== 'limit');
    const limits = [...this.byCause.keys()].filter((name) => name.startsWith('limit'));
    const entries = [...known, ...limits.sort((a, b) => (a < b ? -1 : 1))].map(
      (name) => [name, (this.byCause.get(name) ?? 0) / SECOND] as const,
    );
    return Object.fromEntries(entries);
  }

  private slots(end: number): Metrics['slots'] {
    const { slotGroups } = this.input;
    const there = this.there(end);
    const held_s = sum(this.held) / SECOND;
    const work_s = sum(this.worked) / SECOND;
    const start_up_s = (this.byCause.get('start_up') ?? 0) / SECOND;
    const capacity_s = sum(slotGroups.map(({ slots }, group) => slots * there[group]!));
    return {
      capacity_s,
      held_s,
      start_up_s,
      work_s,
      kept_s: Math.max(0, held_s - work_s - start_up_s),
      useful_share: share(work_s, held_s),
      utilisation: share(held_s, capacity_s),
      groups: slotGroups.map(({ name, slots }, group) => ({
        name,
        slots,
        held_s: this.held[group]! / SECOND,
        work_s: this.worked[group]! / SECOND,
        utilisation: share(this.held[group]! / SECOND, slots * there[group]!),
      })),
    };
  }

  /** Seconds for which each group of slots (a worker, a node, the processes of a scheduler) was there. */
  private there(end: number): number[] {
    const { scenario, log, codes, slotGroups } = this.input;
    const offsets = groupOffsets(scenario);
    const seconds = slotGroups.map(() => end / SECOND);
    const put = (first: number | undefined, values: readonly number[]): void =>
      values.forEach((value, i) => (seconds[(first ?? 0) + i] = value));
    if (offsets.celery !== undefined) {
      put(offsets.celery, workerSeconds(log, codes, scenario.fleet));
    }
    if (offsets.kubernetes !== undefined) {
      put(offsets.kubernetes, nodeSeconds(log, codes, scenario.fleet));
    }
    return seconds;
  }

  private reserved(end: number): Metrics['reserved'] {
    const { scenario, log, codes } = this.input;
    const { fleet } = scenario;
    const offsets = groupOffsets(scenario);
    const span = end / SECOND;
    const { celery, kubernetes } = offsets;
    return {
      scheduler_s: fleet.schedulers * span,
      triggerer_s: fleet.triggerers * span,
      worker_s: celery === undefined ? 0 : sum(workerSeconds(log, codes, fleet)),
      node_s: kubernetes === undefined ? 0 : sum(nodeSeconds(log, codes, fleet)),
      pod_s: kubernetes === undefined ? 0 : sum(this.held.slice(kubernetes)) / SECOND,
    };
  }

  private depths(end: number): Metrics['depth'] {
    for (const { depth, by, t } of this.moves.sort((a, b) => a.t - b.t || b.by - a.by)) {
      depth.add(by, t);
    }
    return { waiting: this.waiting.over(end), running: this.running.over(end) };
  }

  private span(depth: Depth, from: number, to: number): void {
    this.moves.push({ t: from, depth, by: 1 }, { t: to, depth, by: -1 });
  }

  private limitName(reason: number): string {
    const code = this.input.codes.reasons[reason] ?? '';
    return code === '' ? 'limit.scheduler_loop' : `limit.${code}`;
  }
}

function costOf(prices: Prices, seconds: Readonly<Record<string, number>>): Metrics['cost'] {
  const parts = Object.entries(prices).map(([part, price]) => {
    const hours = (seconds[`${part}_s`] ?? 0) / 3600;
    return [part, hours * price] as const;
  });
  return { total: sum(parts.map(([, cost]) => cost)), by_part: Object.fromEntries(parts) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
