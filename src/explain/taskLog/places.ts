/** Where the lines of a try are at a moment: files, pods, the remote store, the index. */
import type { Scenario } from '../../airflow/scenario.ts';
import type { SlotPlace } from './hosts.ts';
import type { Absence } from './absence.ts';
import type { History, Leg } from './history.ts';
import { losesFiles, type LogSettings } from './settings.ts';

export interface LogPlace {
  readonly kind: 'file' | 'pod' | 'remote' | 'index';
  /** Part, pod or folder. */
  readonly at: string;
  /**
   * growing: its supervisor writes; whole: all lines; part: it broke off; unreachable: there, but
   * nobody gets to it; lost: gone for good.
   */
  readonly state: 'growing' | 'whole' | 'part' | 'unreachable' | 'lost';
  /** Seconds since when it is in that state there. */
  readonly since_s: number;
}

export interface Seen {
  readonly scenario: Scenario;
  readonly settings: LogSettings;
  readonly history: History;
  readonly absences: readonly Absence[];
  readonly t: number;
}

/** One leg as it stands at the moment. */
export interface Stage {
  readonly leg: Leg;
  readonly place: SlotPlace;
  /** When it was over, and whether by its own end; null: it writes. */
  readonly over: { readonly at: number; readonly clean: boolean } | null;
  readonly away: Absence | null;
  /** When its files were lost, null: they are there. */
  readonly lostAt: number | null;
}

export function stageOf(leg: Leg, place: SlotPlace, seen: Seen): Stage | null {
  const { t, absences } = seen;
  if (leg.started === null || leg.started > t) return null;
  const over =
    leg.ended !== null && leg.ended <= t
      ? { at: leg.ended, clean: true }
      : leg.lost !== null && leg.lost <= t
        ? { at: leg.lost, clean: false }
        : null;
  const mine = absences.filter(({ part, from }) => part === place.part && from <= t);
  const away = mine.find(({ to }) => to > t) ?? null;
  return { leg, place, over, away, lostAt: lostAt(leg, place, mine, seen) };
}

/** A pod's files go with the pod; others with a host that is gone, where they are not kept. */
function lostAt(
  leg: Leg,
  place: SlotPlace,
  mine: readonly Absence[],
  { history, t, scenario }: Seen,
): number | null {
  if (place.kind === 'pod') {
    const gone = history.pods.find(
      (pod) => pod.state === 'deleted' && pod.tryNumber === leg.tryNumber && pod.t <= t,
    );
    return gone?.t ?? null;
  }
  const ends = mine.find(({ how, from }) => how !== 'cut_off' && from >= (leg.started ?? 0));
  return ends && losesFiles(scenario, place.kind, place.index) ? ends.from : null;
}

/** A try's places, the newest leg last. */
export function placesOf(stages: readonly Stage[], seen: Seen): LogPlace[] {
  const { settings } = seen;
  const places = stages.map((stage) => fileOf(stage, settings));
  if (settings.remote !== null) places.push(...remoteOf(stages, settings, settings.remote));
  if (settings.shipper !== null) places.push(...indexOf(stages, settings.shipper, seen.t));
  return places;
}

function fileOf(stage: Stage, settings: LogSettings): LogPlace {
  const { leg, place, over, away } = stage;
  const at = place.kind === 'pod' ? place.pod : place.part;
  const kind = place.kind === 'pod' ? 'pod' : 'file';
  const made = (state: LogPlace['state'], since: number): LogPlace => ({
    kind,
    at,
    state,
    since_s: since / 1e6,
  });
  if (stage.lostAt !== null && !settings.shared) return made('lost', stage.lostAt);
  const uploaded = settings.remote !== null && !settings.uploadFails && over?.clean === true;
  if (uploaded && settings.deletes) return made('lost', over.at);
  if (away !== null && !settings.shared) return made('unreachable', away.from);
  if (over === null) return made('growing', leg.started ?? 0);
  return made(over.clean ? 'whole' : 'part', over.at);
}

/** Each leg that ended by itself has been added to the object. */
function remoteOf(stages: readonly Stage[], settings: LogSettings, at: string): LogPlace[] {
  if (settings.uploadFails) return [];
  const uploaded = stages.flatMap(({ over }) => (over?.clean === true ? [over.at] : []));
  const last = uploaded.at(-1);
  if (last === undefined) return [];
  const state = uploaded.length === stages.length ? 'whole' : 'part';
  return [{ kind: 'remote', at, state, since_s: last / 1e6 }];
}

/** Lines come so much later; those that the shipper had not read when the files were lost do not. */
function indexOf(stages: readonly Stage[], shipper: number, t: number): LogPlace[] {
  const first = (stages[0]?.leg.started ?? Infinity) + shipper;
  if (first > t) return [];
  const broken = stages.some(({ over }) => over !== null && !over.clean);
  const last = stages.at(-1)?.over ?? null;
  const caughtUp = last !== null && last.at + shipper <= t;
  const state = broken ? 'part' : caughtUp ? 'whole' : 'growing';
  const since = caughtUp ? last.at + shipper : first;
  return [{ kind: 'index', at: 'elasticsearch', state, since_s: since / 1e6 }];
}
