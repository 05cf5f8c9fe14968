/** How Airflow reads a log: where it looks, in which order, and what it says (FileTaskHandler._read). */
import { logTable } from '../../airflow/logTable.ts';
import { isIn, UNFINISHED } from '../../airflow/taskInstance/states.ts';
import type { Seen, Stage } from './places.ts';
import { sharesFiles } from './settings.ts';
import * as words from './words.ts';

/** The row that the handler is given, and the try whose log is wanted. */
export interface Asked {
  readonly name: words.TryName;
  readonly is3: boolean;
  readonly state: string;
  /** Where the row says that it ran, null: it has no hostname. */
  readonly host: Stage | null;
  /** Legs of the try, oldest first. */
  readonly stages: readonly Stage[];
}

export interface Reading {
  readonly messages: readonly string[];
  /** Lines of the try are shown. */
  readonly found: boolean;
}

const NOTHING: Reading = { messages: [], found: false };

const UNFINISHED_STATES = new Set<string>(
  logTable().tiStates.filter((_, state) => isIn(UNFINISHED, state)),
);
const COMPLETED_ATTEMPT = ['up_for_retry', 'up_for_reschedule'];

export function readLog(asked: Asked, seen: Seen): Reading {
  if (seen.settings.shipper !== null) return readIndex(asked, seen, seen.settings.shipper);
  const { state } = asked;
  const finished = !UNFINISHED_STATES.has(state);
  const remote = readRemote(asked, seen);
  const pod = state === 'running' ? readPod(asked, seen) : NOTHING;
  const local = remote.found && finished ? NOTHING : readLocal(asked, seen);
  const runs = state === 'running' || state === 'deferred';
  const over = finished || COMPLETED_ATTEMPT.includes(state);
  const asks = runs ? pod.messages.length === 0 : over && !local.found && !remote.found;
  const parts = [remote, pod, local, asks ? readServed(asked, seen) : NOTHING];
  return {
    messages: parts.flatMap(({ messages }) => messages),
    found: parts.some(({ found }) => found),
  };
}

function readRemote({ name, is3, stages }: Asked, { settings }: Seen): Reading {
  const { remote } = settings;
  if (remote === null) return NOTHING;
  const found = !settings.uploadFails && stages.some(({ over }) => over?.clean === true);
  const path = words.logPath(name);
  return {
    messages: found ? words.remoteFile(is3, remote, path) : [words.noRemoteFile(remote, name)],
    found,
  };
}

/** KubernetesExecutor.get_streaming_task_log: the pod of this try, by its labels. */
function readPod({ name, host, stages }: Asked, { absences, t }: Seen): Reading {
  if (host?.place.kind !== 'pod') return NOTHING;
  const asking = words.askingPod(host.place.pod);
  const api = absences.find(
    ({ part, from, to }) => part === 'kubernetes-api' && from <= t && to > t,
  );
  const own = stages.at(-1);
  const failed = api?.how ?? (own === undefined || own.lostAt !== null ? 'no_pod' : own.away?.how);
  if (failed !== undefined) {
    return { messages: [asking, words.podFailed(failed, name)], found: false };
  }
  return { messages: [asking, words.FOUND_POD], found: true };
}

/** The disk below the page: a machine that the part stands on too, or a common volume. */
function readLocal({ name, is3, stages }: Asked, { scenario, settings }: Seen): Reading {
  const here = stages.filter(({ place, lostAt }) => {
    if (settings.shared) return true;
    return (
      place.kind !== 'pod' && lostAt === null && sharesFiles(scenario, place.kind, place.index)
    );
  });
  const kept = here.filter(({ over }) => !emptied(over, settings));
  if (kept.length === 0) return NOTHING;
  return { messages: words.localFile(is3, words.logPath(name)), found: true };
}

function emptied(over: Stage['over'], { remote, uploadFails, deletes }: Seen['settings']): boolean {
  return remote !== null && !uploadFails && deletes && over?.clean === true;
}

/** The log server of the host in the row; while deferred, that of the triggerer. */
function readServed(asked: Asked, seen: Seen): Reading {
  const { name, is3, host, stages, state } = asked;
  const { port } = seen.settings;
  const path = words.logPath(name);
  if (state === 'deferred') return readTriggerer(asked, seen);
  if (host === null) return said(words.noHost(is3, port, path));
  const { place, away } = host;
  const hostname = place.kind === 'pod' ? place.pod : place.part;
  // Nobody serves logs in a worker pod, and its name is known to nobody.
  if (place.kind === 'pod') return said(words.notServed(hostname, port, path, 'unknown'));
  if (away !== null && !hasEnded(away.how, host)) {
    return said(words.notServed(hostname, port, path, away.how));
  }
  const there = stages.some((stage) => {
    const same = stage.place.part === place.part;
    return same && stage.lostAt === null && !emptied(stage.over, seen.settings);
  });
  if (!there) return said(words.notOnWorker(hostname));
  return { messages: [words.servedFrom(is3, words.logUrl(hostname, port, path))], found: true };
}

/** A worker that stops serves its logs until its last task has ended. */
function hasEnded(how: string, { over }: Stage): boolean {
  return how === 'stopped' && over === null;
}

/** It has the lines of the trigger, none of those that the worker wrote before. */
function readTriggerer({ name, is3 }: Asked, { absences, t }: Seen): Reading {
  const path = `${words.logPath(name)}.trigger.1.log`;
  const away = absences.find(({ part, from, to }) => part === 'triggerer-1' && from <= t && to > t);
  if (away !== undefined) return said(words.notServed('triggerer-1', TRIGGER_PORT, path, away.how));
  return said(words.servedFrom(is3, words.logUrl('triggerer-1', TRIGGER_PORT, path)));
}

/** logging.trigger_log_server_port. */
const TRIGGER_PORT = 8794;

function readIndex({ name, stages }: Asked, { t }: Seen, shipper: number): Reading {
  const found = stages.some(({ leg }) => (leg.started ?? Infinity) + shipper <= t);
  return found ? { messages: [], found } : said(words.noIndex(name));
}

function said(message: string): Reading {
  return { messages: [message], found: false };
}
