import { useCallback, useRef } from 'react';
import type { ReactNode } from 'react';
import { scaleLinear } from 'd3-scale';
import type { ScaleLinear } from 'd3-scale';
import type { GanttBar, GanttLane } from '../../app/lessonModel.ts';
import { clock } from '../../i18n/index.ts';
import { ticks } from '../compare/axis.ts';
import { usePlayhead, useSize } from '../parts/hooks.ts';
import { asTiState } from '../states.ts';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { chartEnd, partOf } from './bars.ts';

const LEFT = 20;
const RIGHT = 36;
const TOP = 30;
const ROW = 37;
const BAR = 30;
const HEAD = 34;
const FOOT = 26;

type TimeScale = ScaleLinear<number, number>;

interface Scale {
  x: TimeScale;
  t: number;
}

/** One stair per lane on one axis: what has been is filled, what is known ahead is outlined. */
export function Gantt({ lanes }: { lanes: readonly GanttLane[] }): ReactNode {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const t = useModel((model) => model.playback.t);
  const width = Math.max(560, size.width);
  const end = chartEnd(lanes);
  const x = scaleLinear([0, end], [LEFT, width - RIGHT]);
  const tops = topsOf(lanes);
  const height = tops.at(-1) ?? TOP;
  return (
    <div
      ref={box}
      className="twinw scroll"
      tabIndex={0}
      role="region"
      aria-label={words.t('lesson.gantt')}
    >
      <svg className="twin" width={width} height={height} aria-hidden="true">
        {ticks(end, Math.floor(width / 110)).map((at) => (
          <g key={at} transform={`translate(${x(at)} 0)`}>
            <path className="gl1" d={`M0 ${TOP - 4}V${height}`} />
            <text y={18} textAnchor="middle">
              {clock(at)}
            </text>
          </g>
        ))}
        {lanes.map((lane, at) => (
          <Lane key={lane.lane} lane={lane} top={tops[at] ?? TOP} scale={{ x, t }} />
        ))}
        <Head x={x} height={height} />
      </svg>
      <BarList lanes={lanes} t={t} />
    </div>
  );
}

/** Tops of the lanes, and at last the height of all. */
function topsOf(lanes: readonly GanttLane[]): number[] {
  const tops = [TOP];
  for (const lane of lanes) {
    tops.push((tops.at(-1) ?? TOP) + HEAD + lane.rows.length * ROW + FOOT);
  }
  return tops;
}

function Lane(props: { lane: GanttLane; top: number; scale: Scale }): ReactNode {
  const { lane, top, scale } = props;
  const bottom = HEAD + lane.rows.length * ROW;
  return (
    <g transform={`translate(0 ${top})`}>
      <text className="ln hd" x={LEFT} y={16}>
        {lane.title}
        <tspan className="lt" dx={14}>
          {lane.subtitle}
        </tspan>
      </text>
      {lane.rows.map((row, at) =>
        row.map((bar) => (
          <Bar key={`${bar.ti} ${bar.from}`} bar={bar} y={HEAD + at * ROW} scale={scale} />
        )),
      )}
      <Marks lane={lane} bottom={bottom} scale={scale} />
    </g>
  );
}

function Bar(props: { bar: GanttBar; y: number; scale: Scale }): ReactNode {
  const { bar, y, scale } = props;
  const { x, t } = scale;
  const part = partOf(bar, t);
  const state = part === 'done' ? asTiState(bar.state) : 'running';
  const [from, to] = [x(bar.from), x(bar.to)];
  const now = part === 'done' ? to : Math.max(from, Math.min(to, x(t)));
  const room = Math.floor((to - from - 12) / 7);
  const label = bar.label.length <= room ? bar.label : '';
  return (
    <g>
      {part === 'done' ? null : (
        <rect
          className="aheadb"
          x={from}
          y={y}
          width={Math.max(1, to - from)}
          height={BAR}
          rx={2}
        />
      )}
      {part === 'ahead' ? null : (
        <g className={`s-${state}`}>
          <rect
            className="sq-f"
            x={from}
            y={y}
            width={Math.max(1, now - from)}
            height={BAR}
            rx={2}
          />
        </g>
      )}
      <BarLabel
        x={from + 8}
        y={y + 19}
        text={label}
        inked={now - from > label.length * 7 + 10 ? state : null}
      />
    </g>
  );
}

function BarLabel(props: { x: number; y: number; text: string; inked: string | null }): ReactNode {
  const { x, y, text, inked } = props;
  return (
    <text className={inked ? `bl s-${inked}` : 'bl2'} x={x} y={y}>
      {text}
    </text>
  );
}

/** The end, the guess of it, and the limit that a goal sets. */
function Marks(props: { lane: GanttLane; bottom: number; scale: Scale }): ReactNode {
  const { lane, bottom, scale } = props;
  const words = useWords();
  const { end, guess, goal } = lane;
  const { x } = scale;
  // Near the right edge the words stand before the line.
  const late = goal !== null && x(goal) > (x.range()[1] ?? 0) - 120;
  return (
    <>
      {goal === null ? null : (
        <g transform={`translate(${x(goal)} 0)`}>
          <path className="goall" d={`M0 4V${bottom + 14}`} />
          <text
            className="goaltt"
            x={late ? -6 : 6}
            y={bottom + 14}
            textAnchor={late ? 'end' : 'start'}
          >
            {words.t('lesson.goalMark', { time: clock(goal) })}
          </text>
        </g>
      )}
      {end === null ? null : (
        <g transform={`translate(${x(end)} 0)`}>
          <path className="endm" d={`M0 ${HEAD - 10}V${bottom}`} />
          <text className="ln halo" x={-6} y={HEAD - 4} textAnchor="end">
            {clock(end)}
          </text>
        </g>
      )}
      {guess === null ? null : (
        <g transform={`translate(${x(guess)} ${bottom})`}>
          <path className="pred" d="M0 2l-5 9h10z" />
          <text className="lt halo" x={-10} y={12} textAnchor="end">
            {words.t('lesson.guessMark', { time: clock(guess) })}
          </text>
        </g>
      )}
    </>
  );
}

function Head({ x, height }: { x: (t: number) => number; height: number }): ReactNode {
  const group = useRef<SVGGElement>(null);
  const label = useRef<SVGTextElement>(null);
  usePlayhead(
    useCallback(
      (t: number) => {
        group.current?.setAttribute('transform', `translate(${x(Math.max(0, t))} 0)`);
        if (label.current) label.current.textContent = clock(Math.max(0, t));
      },
      [x],
    ),
  );
  return (
    <g ref={group}>
      <path className="now" d={`M0 22V${height}`} />
      <rect className="nowh" x={-22} y={4} width={44} height={18} rx={4} />
      <text ref={label} className="nowt" y={17} textAnchor="middle" />
    </g>
  );
}

/** The same as a list, for those who do not see the chart. */
function BarList({ lanes, t }: { lanes: readonly GanttLane[]; t: number }): ReactNode {
  const words = useWords();
  return lanes.map((lane) => (
    <ul key={lane.lane} className="sr" aria-label={`${lane.title} ${lane.subtitle}`}>
      {lane.rows.flat().map((bar) => {
        const state =
          partOf(bar, t) === 'done' ? bar.state : partOf(bar, t) === 'now' ? 'running' : 'none';
        const [from, to] = [clock(bar.from), clock(bar.to)];
        return (
          <li key={`${bar.ti} ${bar.from}`}>
            {words.t('lesson.bar', { task: bar.label, state, from, to })}
          </li>
        );
      })}
    </ul>
  ));
}
