import { useCallback, useMemo, useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { scaleLinear } from 'd3-scale';
import type { LaneModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { usePlayhead, useSize } from '../parts/hooks.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { laneName } from './laneName.ts';
import { axisEnd, endsOf, keyMove, ticks } from './axis.ts';
import { Edits } from './Edits.tsx';
import { areasOf, peakOf } from './waiting.ts';

const LEFT = 112;
const RIGHT = 60;
const TOP = 16;
const ROW = 19;

/** The time line: who waits in each lane, over the whole run; drag, press or use the arrow keys. */
export function Scrubber(): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const axis = useModel((model) => axisEnd(endsOf(model.lanes), model.playback.t));
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const inner = Math.max(1, width - LEFT - RIGHT);
  const height = TOP + ROW * lanes.length + 20;
  return (
    <Slider box={box} inner={inner} axis={axis}>
      {width > 0 ? (
        <svg className="scrub-svg" width={width} height={height} aria-hidden="true">
          <text x={LEFT - 36} y={9} textAnchor="end">
            {words.t('time.waiting')}
          </text>
          <g transform={`translate(${LEFT} 0)`}>
            <Axis inner={inner} axis={axis} height={height} />
            <Rows lanes={lanes} inner={inner} axis={axis} />
            <Edits inner={inner} axis={axis} height={height} />
            <Head inner={inner} axis={axis} height={height} />
          </g>
          <text x={width - 4} y={height - 4} textAnchor="end">
            {words.t('time.ends')}
          </text>
        </svg>
      ) : null}
    </Slider>
  );
}

interface SliderProps {
  box: RefObject<HTMLDivElement | null>;
  inner: number;
  axis: number;
  children: ReactNode;
}

/** What can be moved. Its value steps with the snapshots; the picture inside is not drawn again. */
function Slider({ box, inner, axis, children }: SliderProps): ReactNode {
  const words = useWords();
  const t = useModel((model) => model.playback.t);
  const end = useModel((model) => model.playback.end);
  const drag = useDrag({ inner, axis, end, t });
  return (
    <div
      ref={box}
      className="scrub-box"
      role="slider"
      tabIndex={0}
      aria-label={words.t('time.scrub')}
      aria-valuemin={0}
      aria-valuemax={Math.round(end / 1e6)}
      aria-valuenow={Math.round(t / 1e6)}
      aria-valuetext={words.t('time.scrubValue', { time: clock(t), end: clock(end) })}
      {...drag}
    >
      {children}
    </div>
  );
}

interface Drag {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface Scale {
  inner: number;
  axis: number;
  end: number;
  t: number;
}

function useDrag({ inner, axis, end, t }: Scale): Drag {
  const commands = useCommands();
  const to = (event: PointerEvent<HTMLElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    commands.seek(Math.round(Math.min(end, Math.max(0, (x / inner) * axis))));
  };
  return {
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      to(event);
    },
    onPointerMove: (event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) to(event);
    },
    onKeyDown: (event) => {
      const moved = keyMove(event.key, t, axis, end);
      if (moved === null) return;
      event.preventDefault();
      commands.seek(moved);
    },
  };
}

function Axis(props: { inner: number; axis: number; height: number }): ReactNode {
  const { inner, axis, height } = props;
  const x = scaleLinear([0, axis], [0, inner]);
  return (
    <g className="axis">
      {ticks(axis, Math.max(2, Math.floor(inner / 90))).map((at) => (
        <g key={at} transform={`translate(${x(at)} 0)`}>
          <path className="gr" d={`M0 ${TOP - 2}V${height - 18}`} />
          <text y={height - 4} textAnchor="middle">
            {clock(at)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Rows(props: { lanes: readonly LaneModel[]; inner: number; axis: number }): ReactNode {
  const { lanes, inner, axis } = props;
  const words = useWords();
  const peak = peakOf(lanes);
  return lanes.map((lane, at) => (
    <g key={lane.id} transform={`translate(0 ${TOP + ROW * (at + 1)})`}>
      <Areas lane={lane} inner={inner} axis={axis} peak={peak} />
      <path className="hair" d={`M0 0H${inner}`} />
      <text className="ln" x={-LEFT + 4} y={-4}>
        {laneName(words, lanes, lane)}
      </text>
      <text x={-8} y={-4} textAnchor="end">
        {waitingNow(lane)}
      </text>
      <End lane={lane} inner={inner} axis={axis} />
    </g>
  ));
}

function waitingNow(lane: LaneModel): string {
  const counts = lane.snapshot?.counts;
  return counts ? String((counts[1] ?? 0) + (counts[2] ?? 0)) : '';
}

interface AreaProps {
  lane: LaneModel;
  inner: number;
  axis: number;
  peak: number;
}

/** What has been is strong; what the engine knows ahead is pale. */
function Areas({ lane, inner, axis, peak }: AreaProps): ReactNode {
  const { series } = lane;
  const shape = useMemo(
    () => (series ? areasOf(series, { inner, axis, peak, height: ROW - 4 }) : null),
    [series, inner, axis, peak],
  );
  const past = useRef<SVGSVGElement>(null);
  usePlayhead(
    useCallback(
      (t: number) => past.current?.setAttribute('width', `${clampX(t, axis, inner)}`),
      [axis, inner],
    ),
  );
  if (!shape) return null;
  const paths = (
    <>
      <path className="a-sch" d={shape.scheduled} />
      <path className="a-que" d={shape.queued} />
      <path className="q1" d={shape.line} />
    </>
  );
  return (
    <>
      <g className="future">{paths}</g>
      <svg ref={past} x={0} y={-ROW} height={ROW + 1} width={0}>
        <g transform={`translate(0 ${ROW})`}>{paths}</g>
      </svg>
    </>
  );
}

function clampX(t: number, axis: number, inner: number): number {
  return Math.round(Math.min(1, Math.max(0, t / axis)) * inner * 10) / 10;
}

/** The end as a tick with its time; beyond the edge as a chevron. */
function End({ lane, inner, axis }: Omit<AreaProps, 'peak'>): ReactNode {
  const end = lane.info?.makespan ?? null;
  if (end === null) return null;
  const x = (end / axis) * inner;
  if (x > inner) {
    return (
      <>
        <path className="chev" d={`M${inner} -7.5l3 3.5-3 3.5`} />
        <text className="ln" x={inner + 6} y={-4}>
          {clock(end)}
        </text>
      </>
    );
  }
  return (
    <>
      <path className="endm" d={`M${x} 0v-15`} />
      <text className="ln halo" x={x + 5} y={-4}>
        {clock(end)}
      </text>
    </>
  );
}

function Head(props: { inner: number; axis: number; height: number }): ReactNode {
  const { inner, axis, height } = props;
  const group = useRef<SVGGElement>(null);
  const label = useRef<SVGTextElement>(null);
  const plate = useRef<SVGRectElement>(null);
  usePlayhead(
    useCallback(
      (t: number) => {
        group.current?.setAttribute('transform', `translate(${clampX(t, axis, inner)} 0)`);
        const text = clock(Math.max(0, t), true);
        if (label.current) label.current.textContent = text;
        const width = 12 + 6.6 * text.length;
        plate.current?.setAttribute('width', String(width));
        plate.current?.setAttribute('x', String(-width / 2));
      },
      [axis, inner],
    ),
  );
  return (
    <g ref={group}>
      <path className="now" d={`M0 12V${height - 17}`} />
      <rect ref={plate} className="nowh" y={0} height={16} rx={4} />
      <text ref={label} className="nowt" y={12} textAnchor="middle" />
    </g>
  );
}
