import type { ReactNode } from 'react';
import type { ExecutorName } from '../../airflow/scenario.ts';
import type { TiState } from '../states.ts';
import { EXECUTOR_GLYPHS, ICONS, STATE_GLYPHS } from './glyphs.ts';
import type { IconName, Path } from './glyphs.ts';

/** The paths of a glyph, for use inside any SVG. */
export function Paths({ of }: { of: readonly Path[] }): ReactNode {
  return of.map((path) => (
    <path
      key={path.d}
      d={path.d}
      className={path.f ? 'f' : undefined}
      stroke={path.f ? 'none' : undefined}
      strokeWidth={path.w}
      strokeDasharray={path.dash}
    />
  ));
}

function Glyph({ of, size }: { of: readonly Path[]; size: number }): ReactNode {
  return (
    <svg className="g" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <Paths of={of} />
    </svg>
  );
}

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return <Glyph of={ICONS[name]} size={size} />;
}

export function ExecutorGlyph(props: { executor: ExecutorName; size?: number }): ReactNode {
  return <Glyph of={EXECUTOR_GLYPHS[props.executor]} size={props.size ?? 16} />;
}

/** A state as a filled cell with its glyph. Always stands beside a word or has a label around it. */
export function Cell({ state, size = 16 }: { state: TiState; size?: number }): ReactNode {
  return (
    <span className={`cell s-${state}`} style={{ '--z': `${size}px` }}>
      <Glyph of={STATE_GLYPHS[state]} size={Math.round(size * 0.8)} />
    </span>
  );
}

/** The same inside an SVG, 16 px. */
export function StateMark({ state, x, y }: { state: TiState; x: number; y: number }): ReactNode {
  return (
    <g transform={`translate(${x} ${y})`} className={`s-${state}`}>
      <rect className="sq-f" width={16} height={16} rx={3} />
      <g className="sq-g">
        <Paths of={STATE_GLYPHS[state]} />
      </g>
    </g>
  );
}

export function Mark({ size = 22 }: { size?: number }): ReactNode {
  return (
    <svg className="g mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2 4.5h20M2 19.5h20" />
      <path d="M2 9.2c3.4 0 4-1.9 6.6-1.9h5.2c2.6 0 3.8 1.9 8.2 1.9M2 14.8c3.4 0 4 1.9 6.6 1.9h5.2c2.6 0 3.8-1.9 8.2-1.9" />
      <rect className="f" x="8.6" y="9.4" width="5.2" height="5.2" rx=".8" stroke="none" />
    </svg>
  );
}
