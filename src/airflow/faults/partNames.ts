/**
 * Names of the parts of a lane, as a timetable of faults writes them:
 *
 *     scheduler-1  triggerer-2  worker-3  local-worker-1  node-2     numbered from 1
 *     dag-processor  api-server  web-server  database  broker        one of each
 *     result-backend  kubernetes-api
 *     task:DAG/RUN/TASK  task:DAG/RUN/TASK[3]  pod:DAG/RUN/TASK       a try of a task instance
 *     file:NAME  pool:NAME  image:NAME  machine:NAME
 *
 * Workers are numbered over all groups in the order of the scenario, nodes likewise. RUN may be
 * `*`: the newest run of the DAG. The number of a part that exists once may be left out.
 */
import { PART_KINDS, type PartKind } from './kinds.ts';

export interface Part {
  readonly kind: PartKind;
  /** From 0; 0 for parts of which there is one. */
  readonly index: number;
  /** Of a file, pool or task instance: its name, else ''. */
  readonly name: string;
  readonly ti: TiName | null;
}

export interface TiName {
  readonly dag_id: string;
  /** `*`: the newest run. */
  readonly run_id: string;
  readonly task_id: string;
  /** -1: not mapped. */
  readonly map_index: number;
}

export const NUMBERED: readonly PartKind[] = [
  'scheduler',
  'triggerer',
  'worker',
  'local-worker',
  'node',
];
const NAMED: readonly PartKind[] = ['task', 'pod', 'image', 'file', 'pool', 'machine'];

/** Null when nothing is called like that. */
export function parsePart(text: string): Part | null {
  const colon = text.indexOf(':');
  if (colon > 0) return parseNamed(text.slice(0, colon), text.slice(colon + 1));
  const found = /^([a-z-]+?)(?:-([1-9]\d{0,5}))?$/.exec(text);
  const kind = PART_KINDS.find((each) => each === found?.[1]);
  if (kind === undefined || NAMED.includes(kind)) return null;
  const number = found?.[2];
  if (number !== undefined && !NUMBERED.includes(kind)) return null;
  return { kind, index: Number(number ?? 1) - 1, name: '', ti: null };
}

/** The way back: parsePart(partText(part)) is the part. */
export function partText(part: Part): string {
  if (NAMED.includes(part.kind)) return `${part.kind}:${part.name}`;
  return NUMBERED.includes(part.kind) ? `${part.kind}-${part.index + 1}` : part.kind;
}

function parseNamed(word: string, name: string): Part | null {
  const kind = NAMED.find((each) => each === word);
  if (kind === undefined || name === '') return null;
  const isTask = kind === 'task' || kind === 'pod';
  const ti = isTask ? parseTi(name) : null;
  return isTask && ti === null ? null : { kind, index: 0, name, ti };
}

function parseTi(text: string): TiName | null {
  const found = /^([^/]+)\/([^/]+)\/([^/[\]]+)(?:\[(\d+)\])?$/.exec(text);
  if (found === null) return null;
  const [, dag_id = '', run_id = '', task_id = '', map = '-1'] = found;
  return { dag_id, run_id, task_id, map_index: Number(map) };
}
