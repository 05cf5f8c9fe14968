/** The boxes around a lane's tunnel: processes, and the machines that hold them. Pure. */
import type { LaneModel } from '../../app/model.ts';
import type { Broken, LaneInfo, PartInfo } from '../../explain/frame.ts';
import { brokenParts } from '../scene/brokenParts.ts';

/** These are the slot lines of the picture itself. */
const IN_PICTURE: readonly string[] = ['worker', 'node', 'local-worker'];

export interface Box {
  name: string;
  text: string;
  kind: string;
  n: number;
  broken: Broken | null;
}

export interface BoxGroup {
  /** Null: what stands on no machine that somebody named. */
  machine: (Box & { cores: number | null; containers: boolean }) | null;
  boxes: Box[];
}

/** One group per machine, then the rest, then what else is broken (a file, an image, a pod). */
export function boxGroups({ info, snapshot }: LaneModel): BoxGroup[] {
  if (!info) return [];
  const broken = brokenParts(info, snapshot?.broken ?? []);
  const { parts, machines = [] } = info;
  const boxOf = (part: PartInfo): Box => ({
    name: part.name,
    kind: part.kind,
    n: part.n,
    text: textOf(part, parts),
    broken: broken.find((one) => one.part === part.name) ?? null,
  });
  const placed = machines.map((machine) => ({
    machine: machineBox(machine, broken),
    boxes: parts.filter((part) => holds(machine, part)).map(boxOf),
  }));
  const alone = parts.filter(
    (part) => !IN_PICTURE.includes(part.kind) && !machines.some((machine) => holds(machine, part)),
  );
  const shown = new Set(
    [...parts, ...placed.map(({ machine }) => machine)].map(({ name }) => name),
  );
  const others = broken.filter(({ part }) => !shown.has(part)).map(otherBox);
  return [...placed, { machine: null, boxes: [...alone.map(boxOf), ...others] }];
}

type Machine = NonNullable<LaneInfo['machines']>[number];

function holds({ parts, node }: Machine, { name }: PartInfo): boolean {
  return parts.includes(name) || node === name;
}

function machineBox(machine: Machine, broken: readonly Broken[]): NonNullable<BoxGroup['machine']> {
  const { name, cores, containers } = machine;
  const part = `machine:${name}`;
  return {
    name: part,
    kind: 'machine',
    n: 0,
    text: name,
    broken: broken.find((one) => one.part === part) ?? null,
    cores,
    containers,
  };
}

function otherBox(broken: Broken): Box {
  const [kind = '', ...own] = broken.part.split(':');
  const name = own.join(':').split('/').at(-1) ?? '';
  return { name: broken.part, text: `${kind} ${name}`, kind, n: 0, broken };
}

/** The number only where there are several; a broker by its make. */
function textOf({ kind, n, detail, name }: PartInfo, parts: readonly PartInfo[]): string {
  if (kind === 'broker' && detail) return detail;
  return n > 0 && parts.filter((part) => part.kind === kind).length === 1 ? kind : name;
}
