/** Parts that do not work, with those that stand on a machine that is gone. Pure. */
import type { Broken, LaneInfo } from '../../explain/frame.ts';

const MACHINE = 'machine:';

export function brokenParts(info: LaneInfo, broken: readonly Broken[]): readonly Broken[] {
  if (!info.machines || !broken.some(({ part }) => part.startsWith(MACHINE))) return broken;
  const { machines } = info;
  return broken.flatMap((one) => {
    const machine = machines.find(({ name }) => one.part === MACHINE + name);
    if (!machine) return [one];
    const node = machine.node ? [machine.node] : [];
    return [one, ...[...machine.parts, ...node].map((part) => ({ ...one, part }))];
  });
}
