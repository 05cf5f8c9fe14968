/** Why the lines of a try are shown, or are not, in one word. */
import type { Seen } from './places.ts';
import type { Asked, Reading } from './reading.ts';

export const LOG_WHYS = [
  'page_away',
  'database_away',
  'skipped',
  'not_started',
  'growing',
  'pod_tail',
  'whole',
  'part',
  'not_shipped',
  'kube_away',
  'pod_gone',
  'upload_failed',
  'not_uploaded',
  'with_triggerer',
  'other_worker',
  'host_away',
  'host_lost',
] as const;
export type LogWhy = (typeof LOG_WHYS)[number];

export function whyOf(asked: Asked, { found }: Reading, seen: Seen): LogWhy {
  const { stages, state, host } = asked;
  const last = stages.at(-1);
  if (last === undefined) {
    return state === 'skipped' || state === 'upstream_failed' ? 'skipped' : 'not_started';
  }
  if (found) return ofFound(asked, seen);
  if (seen.settings.shipper !== null) return 'not_shipped';
  if (state === 'deferred') return 'with_triggerer';
  if (last.place.kind === 'pod') return ofPod(asked, seen);
  if (host !== null && host.place.part !== last.place.part) return 'other_worker';
  if (last.lostAt !== null) return 'host_lost';
  return last.away === null ? 'not_uploaded' : 'host_away';
}

/** Lines are shown: of a try that runs, all of them, or what is left. */
function ofFound({ stages, state, host }: Asked, { settings }: Seen): LogWhy {
  const running = state === 'running';
  if (running && host?.place.kind === 'pod' && settings.shipper === null) return 'pod_tail';
  if (running) return 'growing';
  const broken = stages.some(({ over }) => over !== null && !over.clean);
  const elsewhere = new Set(stages.map(({ place }) => place.part)).size > 1;
  const central = settings.shared || settings.remote !== null || settings.shipper !== null;
  return broken || (elsewhere && !central) ? 'part' : 'whole';
}

/** Airflow asks for the pod's own lines only while the row is running. */
function ofPod({ stages, state }: Asked, { settings, absences, t }: Seen): LogWhy {
  const last = stages.at(-1);
  if (state === 'running') {
    const away = absences.some(
      ({ part, from, to }) => part === 'kubernetes-api' && from <= t && to > t,
    );
    return away ? 'kube_away' : 'pod_gone';
  }
  if (settings.remote === null) return 'pod_gone';
  if (settings.uploadFails) return 'upload_failed';
  return last?.over === null ? 'not_uploaded' : 'pod_gone';
}
