/** New faults and actions, with what goes without saying filled in. Pure. */
import type { ArgShape, FaultKind } from '../../airflow/faults/kinds.ts';
import type { Fault } from '../../airflow/scenario.ts';
import type { LaneInfo } from '../../explain/frame.ts';

/** Seconds of a fault or an action at the clock's moment: the millisecond that has just begun. */
export function secondsOf(t: number): number {
  return Math.floor(t / 1000) / 1000;
}

/** `worker-2` -> worker, `task:d/r/t` -> task. */
export function partKindOf(name: string): string {
  const colon = name.indexOf(':');
  return colon > 0 ? name.slice(0, colon) : name.replace(/-\d+$/, '');
}

export function partNumber(name: string): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 0);
}

/** What a part is called after its colon. */
export function ownName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function kindOf(
  kinds: readonly FaultKind[],
  { what, part }: Pick<Fault, 'what' | 'part'>,
): FaultKind | undefined {
  return kinds.find((one) => one.what === what && one.part === partKindOf(part));
}

export function newFault(kind: FaultKind, part: string, at_s: number): Fault {
  const args = Object.entries(kind.args).flatMap(([name, shape]) =>
    shape.default === undefined ? [[name, firstValue(shape)] as const] : [],
  );
  const fault = { at_s, what: kind.what, part };
  return args.length > 0 ? { ...fault, args: Object.fromEntries(args) } : fault;
}

function firstValue(shape: ArgShape): number | string {
  if (shape.type === 'word') return shape.of[0] ?? '';
  if (shape.type === 'text') return 'x';
  if (shape.type === 'integer') return Math.max(1, shape.min);
  return shape.type === 'seconds' ? 30 : 1;
}

/** The name that faults call the try of a task instance by. */
export function taskPart(info: LaneInfo, ti: number): string | null {
  const label = info.labels[ti];
  if (!label) return null;
  const { dag_id, run_id, task_id, map_index } = label;
  return `task:${dag_id}/${run_id}/${task_id}${map_index >= 0 ? `[${map_index}]` : ''}`;
}
