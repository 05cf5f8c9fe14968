import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { useModel } from '../useApp.ts';

interface Props {
  inner: number;
  axis: number;
  height: number;
}

/** On the axis: a diamond where something breaks, a fork where a person does something. */
export function Edits({ inner, axis, height }: Props): ReactNode {
  const lanes = useModel((model) => model.lanes);
  const actions = useModel((model) => model.settings.actions);
  const faults = useMemo(() => marksOf(lanes), [lanes]);
  const y = height - 18;
  const x = (at_s: number): number => Math.round(((at_s * 1e6) / axis) * inner * 10) / 10;
  const within = (edit: { at_s: number }): boolean => edit.at_s * 1e6 <= axis;
  return (
    <>
      {actions.filter(within).map(({ at_s, action }, at) => (
        <path
          key={`${action} ${at}`}
          className="ed-fork"
          transform={`translate(${x(at_s)} ${y})`}
          d="M0 4V0M0 0L-4 -5M0 0L4 -5"
        />
      ))}
      {faults.filter(within).map(({ at_s, what, part }) => (
        <path
          key={`${at_s} ${what} ${part}`}
          className={what === 'restore' ? 'ed-mend' : 'ed-fault'}
          transform={`translate(${x(at_s)} ${y})`}
          d="M0 -5L5 0L0 5L-5 0Z"
        />
      ))}
    </>
  );
}

/** Each fault once, in whichever lanes it is. */
function marksOf(lanes: readonly LaneModel[]): { at_s: number; what: string; part: string }[] {
  const all = lanes.flatMap((lane) => lane.info?.faults ?? []);
  const marks = all.map((one) => [`${one.at_s} ${one.what} ${one.part}`, one] as const);
  return [...new Map(marks).values()];
}
