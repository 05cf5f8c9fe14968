/**
 * What Airflow writes at the head of a log ("Log message source details"): its own words, as its
 * pages show them. FileTaskHandler, S3RemoteLogIO, GCSRemoteLogIO, ElasticsearchTaskHandler and
 * KubernetesExecutor.get_streaming_task_log of 2.11.2 and 3.3.2.
 */
import type { Away } from './absence.ts';

export interface TryName {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
  readonly map_index: number;
  readonly tryNumber: number;
}

/** logging.log_filename_template. */
export function logPath({ dag_id, run_id, task_id, map_index, tryNumber }: TryName): string {
  const copy = map_index < 0 ? '' : `map_index=${map_index}/`;
  return `dag_id=${dag_id}/run_id=${run_id}/task_id=${task_id}/${copy}attempt=${tryNumber}.log`;
}

const FOLDER = '/opt/airflow/logs';

export function localFile(is3: boolean, path: string): string[] {
  return is3 ? [`${FOLDER}/${path}`] : ['Found local files:', `  * ${FOLDER}/${path}`];
}

export function servedFrom(is3: boolean, url: string): string {
  return is3 ? url : `Found logs served from host ${url}`;
}

export function logUrl(host: string, port: number, path: string): string {
  return `http://${host}:${port}/log/${path}`;
}

/** What `requests` says of a host that cannot be reached. */
export function notServed(host: string, port: number, path: string, how: Away | 'unknown'): string {
  const connection = `HTTPConnection(host='${host}', port=${port})`;
  const causes: Readonly<Record<Away | 'unknown', string>> = {
    unknown: `NameResolutionError("${connection}: Failed to resolve '${host}' ([Errno -2] Name or service not known)")`,
    gone: `NewConnectionError("${connection}: Failed to establish a new connection: [Errno 113] No route to host")`,
    stopped: `NewConnectionError("${connection}: Failed to establish a new connection: [Errno 111] Connection refused")`,
    cut_off: `ConnectTimeoutError(${connection}, 'Connection to ${host} timed out. (connect timeout=None)')`,
  };
  const pool = `HTTPConnectionPool(host='${host}', port=${port})`;
  const tried = `Max retries exceeded with url: /log/${path} (Caused by ${causes[how]})`;
  return `Could not read served logs: ${pool}: ${tried}`;
}

export function noHost(is3: boolean, port: number, path: string): string {
  return is3
    ? 'Could not read served logs: Hostname not available for worker. Please check your `hostname_callable` configuration.'
    : `Could not read served logs: Invalid URL '${logUrl('', port, path)}': No host supplied`;
}

export function notOnWorker(host: string): string {
  return (
    `Log file not found on worker '${host}'. This attempt may have run on a different worker whose ` +
    'logs are no longer accessible. Consider configuring remote logging (S3, GCS, etc.) for log persistence.'
  );
}

export function remoteFile(is3: boolean, folder: string, path: string): string[] {
  const file = `${folder.replace(/\/$/, '')}/${path}`;
  if (is3) return [file];
  return [folder.startsWith('s3:') ? 'Found logs in s3:' : 'Found remote logs:', `  * ${file}`];
}

export function noRemoteFile(folder: string, { dag_id, task_id, run_id }: TryName): string {
  const ti = `<TaskInstance: ${dag_id}.${task_id} ${run_id}>`;
  return folder.startsWith('s3:')
    ? `No logs found on s3 for ti=${ti}`
    : `No logs found in ${folder.startsWith('gs:') ? 'GCS' : folder}; ti=${ti}`;
}

export function noIndex(name: TryName): string {
  const { dag_id, task_id, run_id, map_index, tryNumber } = name;
  return (
    `*** Log ${dag_id}-${task_id}-${run_id}-${map_index}-${tryNumber} not found in Elasticsearch. ` +
    'If your task started recently, please wait a moment and reload this page. Otherwise, the logs for this task instance may have been removed.'
  );
}

export function askingPod(pod: string): string {
  return `Attempting to fetch logs from pod ${pod} through kube API`;
}

export const FOUND_POD = 'Found logs through kube API';

export function podFailed(why: 'no_pod' | Away, { dag_id, task_id, run_id }: TryName): string {
  const reasons: Readonly<Record<'no_pod' | Away, string>> = {
    no_pod: `('Cannot find pod for ti %s', <TaskInstance: ${dag_id}.${task_id} ${run_id} [running]>)`,
    gone: '(500) Reason: Internal Server Error',
    stopped: '(503) Reason: Service Unavailable',
    cut_off: 'HTTPSConnectionPool: Read timed out.',
  };
  return `Reading from k8s pod logs failed: ${reasons[why]}`;
}

export const SKIPPED = 'Task was skipped, no logs available.';

export function invalidTry(tryNumber: number): string {
  return `Error fetching the logs. Try number ${tryNumber} is invalid.`;
}
