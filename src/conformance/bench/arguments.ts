/** Arguments of a mapped task instance: what a worker resolves before it runs the user's code. */
import type { EngineContext } from '../../airflow/context.ts';
import { NONE } from '../../airflow/rows.ts';
import { eachTi } from '../../airflow/world/lookup.ts';
import { findXCom, RETURN_KEY } from '../../airflow/world/xcoms.ts';
import type { Argument, GivenExpand, Reference, RunsGroup, RunsTask } from '../sets/runsSpecs.ts';

/** A map function raised instead of giving a value. */
export type Resolved = { value: unknown } | { raised: 'skip' | 'fail' };

/** Argument `name` of the task at this index. */
export function argumentOf(
  ctx: EngineContext,
  run: number,
  firstTask: number,
  tasks: readonly RunsTask[],
  groups: readonly RunsGroup[],
  task: RunsTask,
  mapIndex: number,
  name: string,
): Resolved {
  const source = (id: string): unknown => {
    const place = tasks.findIndex((each) => each.task_id === id);
    return returnValue(ctx, run, firstTask + place, tasks[place]?.expand !== undefined);
  };
  if (task.expand) {
    const found = fromExpand(task.expand, mapIndex, name, source);
    if (found !== null) return found;
  }
  const plain = task.args?.[name];
  if (typeof plain !== 'object' || plain === null || !('group' in plain)) return { value: plain };
  const { group, group_arg: argument } = plain as { group: string; group_arg: string };
  const expand = groups.find((each) => each.group_id === group)?.expand;
  return (expand && fromExpand(expand, mapIndex, argument, source)) ?? { value: undefined };
}

/** Every argument of the expansion is resolved before the code runs; one that raises wins. */
export function raisedBy(
  expand: GivenExpand,
  mapIndex: number,
  source: (id: string) => unknown,
): 'skip' | 'fail' | null {
  const names = expand.kind === 'expand' ? Object.keys(expand.args) : [''];
  for (const name of names) {
    const found = fromExpand(expand, mapIndex, name, source);
    if (found !== null && 'raised' in found) return found.raised;
  }
  return null;
}

/** Cross product: the last argument runs fastest. */
function fromExpand(
  expand: GivenExpand,
  mapIndex: number,
  name: string,
  source: (id: string) => unknown,
): Resolved | null {
  if (expand.kind === 'expand_kwargs') {
    const one = element(expand.args as Argument, mapIndex, source);
    if ('raised' in one) return one;
    const fields = one.value as Record<string, unknown> | undefined;
    return fields && name in fields ? { value: fields[name] } : null;
  }
  const args = Object.entries(expand.args as Record<string, Argument>);
  let rest = mapIndex;
  for (const [key, value] of args.reverse()) {
    const length = listOf(value, source).length;
    if (key === name) return element(value, length === 0 ? 0 : rest % length, source);
    rest = length === 0 ? 0 : Math.floor(rest / length);
  }
  return null;
}

function element(argument: Argument, index: number, source: (id: string) => unknown): Resolved {
  const list = listOf(argument, source);
  if (index >= list.length) return { raised: 'fail' };
  const value = list[index];
  const map = Array.isArray(argument) ? undefined : argument.map;
  if (map?.skip_values?.includes(value)) return { raised: 'skip' };
  if (map?.fail_values?.includes(value)) return { raised: 'fail' };
  return { value };
}

function listOf(argument: Argument, source: (id: string) => unknown): unknown[] {
  if (Array.isArray(argument)) return argument;
  const reference: Reference = argument;
  if ('from' in reference) return asList(source(reference.from));
  if ('concat' in reference) return reference.concat.flatMap((part) => listOf(part, source));
  const parts = reference.zip.map((part) => listOf(part, source));
  const lengths = parts.map((part) => part.length);
  const longest = 'fillvalue' in reference;
  const count = longest ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length: count }, (_, i) =>
    parts.map((part) => (i < part.length ? part[i] : reference.fillvalue)),
  );
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Return value of a task; of a mapped one the list of what its indexes pushed. */
export function returnValue(
  ctx: EngineContext,
  run: number,
  task: number,
  mapped: boolean,
): unknown {
  const values: unknown[] = [];
  eachTi(ctx, run, task, (ti) => {
    const row = findXCom(ctx, ti, RETURN_KEY);
    if (row !== NONE) values.push(ctx.world.json.get(ctx.world.xcoms.value[row]!));
  });
  return mapped ? values : values[0];
}
