/**
 * Name of the worker pod of a try, which is its hostname (kubernetes_helper_functions
 * create_unique_id 10.25.0): dag and task id as a slug of at most 63 characters with eight random
 * ones at the end. Here those come from the names, so that a run has the same names each time.
 */
import { Hasher } from '../base/hash.ts';

const LONGEST = 63;
const SUFFIX = 8;

export interface PodOf {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
  readonly map_index: number;
}

export function podName({ dag_id, run_id, task_id, map_index }: PodOf, tryNumber: number): string {
  const name = trimmed(slug(`${dag_id}-${task_id}`).slice(0, LONGEST));
  const key = [dag_id, run_id, task_id, map_index, tryNumber].join('\n');
  return `${trimmed(name.slice(0, LONGEST - SUFFIX - 1))}-${randomLike(key)}`;
}

/** Lower case letters, digits and single hyphens; accents are taken off. */
function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return trimmed(plain.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
}

function trimmed(text: string): string {
  return text.replace(/^[-.]+|[-.]+$/g, '');
}

function randomLike(key: string): string {
  const digest = new Hasher().text(key).digest();
  const halves = [digest.slice(0, 8), digest.slice(8, 16)];
  return halves.map((hex) => parseInt(hex, 16).toString(36).padStart(4, '0').slice(-4)).join('');
}
