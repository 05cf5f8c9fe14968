/**
 * Arrivals from outside: manual runs and asset events that come by a rate, at an interval or at
 * given times. They are drawn once, from the seed, so that every lane of a comparison gets the same.
 */
import { problem, type Problem } from '../../base/result.ts';
import { keyOf, unit } from '../../kernel/index.ts';
import { samplerOf } from '../latencies/sampler.ts';
import type { Arrivals, Scenario, UserAction } from '../scenario.ts';

const SECOND = 1_000_000;
const GAP = keyOf('behaviour.arrivals');

/** More would be no picture of anything. */
const MOST_ARRIVALS = 100_000;

export interface Arrival {
  /** Microseconds. */
  readonly at: number;
  readonly action: UserAction;
}

/** In the order of time; equal times in the order of the list. */
export function arrivalsOf(scenario: Scenario): Arrival[] {
  const all = (scenario.behaviour.arrivals ?? []).flatMap((each, index) =>
    timesOf(each, index, scenario).map((at) => ({ at, action: actionOf(each, at) })),
  );
  return all.sort((a, b) => a.at - b.at);
}

/** What a person would have to correct: nothing to do, no way to come, too many. */
export function arrivalProblems({ behaviour, dags, until_s }: Scenario): Problem[] {
  return (behaviour.arrivals ?? []).flatMap((each, i) => {
    const field = `behaviour.arrivals[${i}]`;
    const ways = [each.per_hour, each.every_s, each.at_s].filter((way) => way !== undefined);
    if (ways.length !== 1) return [problem('arrivals_one_way', {}, { field })];
    if ((each.dag_id === undefined) === (each.asset === undefined)) {
      return [problem('arrivals_what', {}, { field })];
    }
    if (each.dag_id !== undefined && !dags.some(({ dag_id }) => dag_id === each.dag_id)) {
      return [
        problem('arrivals_dag_unknown', { dag_id: each.dag_id }, { field: `${field}.dag_id` }),
      ];
    }
    const span = (each.until_s ?? until_s) - (each.from_s ?? 0);
    const count =
      each.every_s === undefined ? ((each.per_hour ?? 0) * span) / 3600 : span / each.every_s;
    if (!(count <= MOST_ARRIVALS)) {
      return [problem('arrivals_too_many', { limit: MOST_ARRIVALS }, { field })];
    }
    return [];
  });
}

function timesOf(each: Arrivals, index: number, { seed, until_s }: Scenario): number[] {
  const from = Math.round((each.from_s ?? 0) * SECOND);
  const until = Math.round(Math.min(each.until_s ?? until_s, until_s) * SECOND);
  if (each.at_s !== undefined) {
    return each.at_s.map((at) => Math.round(at * SECOND)).filter((at) => at >= from && at < until);
  }
  const gap = gapOf(each, index, seed);
  const times: number[] = [];
  // An interval begins with an arrival; those by a rate begin with a gap.
  let at = each.every_s === undefined ? from + gap(0) : from;
  for (let n = 1; at < until && n <= MOST_ARRIVALS; n++) {
    times.push(at);
    at += Math.max(1, gap(n));
  }
  return times;
}

/** The gap before the n-th arrival: fixed, or exponential around the rate's mean. */
function gapOf(each: Arrivals, index: number, seed: number): (n: number) => number {
  if (each.every_s !== undefined) {
    const fixed = Math.round(each.every_s * SECOND);
    return () => fixed;
  }
  const perHour = each.per_hour ?? 0;
  if (perHour <= 0) return () => Infinity;
  const { draw } = samplerOf({ kind: 'exponential', mean_s: 3600 / perHour });
  return (n) => draw(unit(seed, index, n, 0, GAP));
}

function actionOf({ dag_id, asset, conf }: Arrivals, at: number): UserAction {
  const at_s = at / SECOND;
  if (asset !== undefined) return { at_s, action: 'asset_event', asset };
  const run = { at_s, action: 'trigger', dag_id: dag_id ?? '' } as const;
  return conf === undefined ? run : { ...run, conf };
}
