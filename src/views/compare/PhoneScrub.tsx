import { useCallback, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { TimeSlider } from '../parts/TimeSlider.tsx';
import { usePlayhead } from '../parts/hooks.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { useLaneName } from './laneName.ts';
import { axisEnd, endsOf } from './axis.ts';
import { Clock, Keys, SPEEDS } from './Transport.tsx';
import { areasOf, peakOf } from './waiting.ts';

const WIDTH = 160;

/** Clock, keys and time line under the thumb. */
export function PhoneScrub(): ReactNode {
  const words = useWords();
  const end = useModel((model) => axisEnd(endsOf(model.lanes), model.playback.t));
  const t = useModel((model) => model.playback.t);
  return (
    <section className="mscrub" aria-label={words.t('time.label')}>
      <div className="mrow">
        <Keys size={20} />
        <TimeSlider t={t} end={end} />
        <b className="mclock">
          <Clock />
        </b>
        <SpeedCycle />
      </div>
      <Sparklines />
    </section>
  );
}

function SpeedCycle(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const speed = useModel((model) => model.playback.speed);
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  const shown = speed === 'fit' ? words.t('time.fit') : `${speed}×`;
  return (
    <button
      type="button"
      className="spd"
      aria-label={`${words.t('time.speed')}: ${shown}`}
      onClick={() => commands.setSpeed(next)}
    >
      {shown}
    </button>
  );
}

function Sparklines(): ReactNode {
  const lanes = useModel((model) => model.lanes);
  const end = useModel((model) => axisEnd(endsOf(model.lanes), model.playback.t));
  const peak = peakOf(lanes);
  return (
    <div className="msp" style={{ '--lanes': lanes.length }}>
      {lanes.map((lane) => (
        <Sparkline key={lane.id} lane={lane} end={end} peak={peak} />
      ))}
    </div>
  );
}

function Sparkline(props: { lane: LaneModel; end: number; peak: number }): ReactNode {
  const { lane, end, peak } = props;
  const nameOf = useLaneName('short');
  const axis = Math.max(1, end);
  const { series } = lane;
  const path = useMemo(
    () => (series ? areasOf(series, { inner: WIDTH, axis, peak, height: 22 }).line : ''),
    [series, axis, peak],
  );
  const now = useRef<SVGPathElement>(null);
  usePlayhead(
    useCallback(
      (t: number) => {
        const x = Math.min(WIDTH, (t / axis) * WIDTH);
        now.current?.setAttribute('transform', `translate(${x} 0)`);
      },
      [axis],
    ),
  );
  return (
    <div className="ms">
      <svg viewBox={`0 0 ${WIDTH} 26`} preserveAspectRatio="none" aria-hidden="true">
        <g transform="translate(0 25)">
          <path className="qline" d={path} vectorEffect="non-scaling-stroke" />
        </g>
        <path ref={now} className="now" d="M0 0v26" vectorEffect="non-scaling-stroke" />
      </svg>
      <span>{nameOf(lane)}</span>
    </div>
  );
}
