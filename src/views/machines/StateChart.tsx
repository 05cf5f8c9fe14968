import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { MachineSeen } from '../../explain/machinesAt.ts';
import type { MachineKind } from '../../app/model.ts';
import { count } from '../../i18n/index.ts';
import { StateMark } from '../parts/Icon.tsx';
import { asTiState, TI_STATES } from '../states.ts';
import { useWords } from '../words.tsx';
import { BOX_HEIGHT, layOutMachine, routesOf } from './chartLayout.ts';
import type { Route, StatePlace, Way } from './chartLayout.ts';

interface Props {
  kind: MachineKind;
  /** Null: the log names none of them. */
  seen: MachineSeen | null;
  /** State of the selected one. */
  selected: string | null;
}

/** A machine as a chart: strong where something has happened, ringed where the selected one is. */
export function StateChart({ kind, seen, selected }: Props): ReactNode {
  const words = useWords();
  const chart = useMemo(() => layOutMachine(kind), [kind]);
  const { width, height, places } = chart;
  const routes = routesOf(shownWays(kind, chart.ways, seen), chart, kind.id);
  return (
    <div className="chart scroll" tabIndex={0} role="region" aria-label={kind.id}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        style={{ minWidth: Math.min(width, 860), maxWidth: width }}
        role="img"
        aria-label={words.t('machines.chart', { machine: kind.id })}
      >
        {routes.map(({ way, route }) => (
          <WayLine key={`${way.from}>${way.to}`} way={way} route={route} seen={seen} />
        ))}
        {[...places.values()].map((place) => (
          <StateBox
            key={place.name}
            place={place}
            now={seen?.states[place.name] ?? 0}
            been={hasBeen(seen, place.name)}
            on={place.name === selected}
            coloured={COLOURED.has(kind.id)}
          />
        ))}
      </svg>
    </div>
  );
}

const COLOURED: ReadonlySet<string> = new Set(['task_instance', 'dag_run']);

/** Task instances have more ways than a picture can hold: the main ones, and what has happened. */
const MAIN: ReadonlySet<string> = new Set([
  'none>scheduled',
  'scheduled>queued',
  'queued>running',
  'running>success',
  'running>failed',
  'running>skipped',
  'running>restarting',
  'running>up_for_retry',
  'running>up_for_reschedule',
  'running>deferred',
  'running>awaiting_input',
  'none>upstream_failed',
  'none>removed',
  'deferred>scheduled',
  'up_for_retry>scheduled',
  'up_for_reschedule>scheduled',
  'awaiting_input>scheduled',
]);

function shownWays(
  { id }: MachineKind,
  ways: readonly Way[],
  seen: MachineSeen | null,
): readonly Way[] {
  if (id !== 'task_instance') return ways;
  return ways.filter(({ from, to }) => {
    const key = `${from}>${to}`;
    return MAIN.has(key) || (seen?.taken[key] ?? 0) > 0;
  });
}

function hasBeen(seen: MachineSeen | null, state: string): boolean {
  return Object.keys(seen?.taken ?? {}).some((way) => way.split('>').includes(state));
}

interface WayProps {
  way: Way;
  route: Route;
  seen: MachineSeen | null;
}

function WayLine({ way, route, seen }: WayProps): ReactNode {
  const { path, labelX, labelY } = route;
  const taken = seen?.taken[`${way.from}>${way.to}`] ?? 0;
  const [first = '', ...others] = way.events;
  return (
    <g className={taken > 0 ? 'way taken' : 'way'}>
      <title>{`${way.from} > ${way.to}: ${way.events.join(', ')} (${taken})`}</title>
      <path d={path} markerEnd={taken > 0 ? 'url(#tip-on)' : 'url(#tip)'} />
      <text x={labelX} y={labelY + 4} textAnchor="middle">
        {others.length > 0 ? `${first} +${others.length}` : first}
      </text>
    </g>
  );
}

interface BoxProps {
  place: StatePlace;
  now: number;
  been: boolean;
  on: boolean;
  coloured: boolean;
}

function StateBox({ place, now, been, on, coloured }: BoxProps): ReactNode {
  const { name, x, y, width } = place;
  const known = coloured && TI_STATES.some((state) => state === name);
  const state = asTiState(name);
  return (
    <g
      className={`sbox${been || now > 0 ? ' been' : ''}${on ? ' on' : ''}`}
      transform={`translate(${x} ${y})`}
    >
      <rect width={width} height={BOX_HEIGHT} rx={6} />
      {known ? <StateMark state={state} x={12} y={11} /> : null}
      <text className="sname" x={known ? 38 : 14} y={24}>
        {name}
      </text>
      {now > 0 ? (
        <text className="scount" x={width - 12} y={24} textAnchor="end">
          {count(now)}
        </text>
      ) : null}
    </g>
  );
}

/** Arrow heads, once for the page. */
export function ArrowTips(): ReactNode {
  return (
    <svg className="sr" aria-hidden="true">
      <defs>
        {(['tip', 'tip-on'] as const).map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className={id} d="M1 1l6 3-6 3" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
