/**
 * Glyphs as data: 16 px grid, live area 12, no fill but where `f`. A shape is [tag, attributes], so
 * that React, SVG and a canvas can draw the same thing (visual language, section 6).
 */
import type { TiState } from '../states.ts';

export interface Path {
  d: string;
  /** Filled, without a line. */
  f?: true;
  /** Own line width or dashes where the glyph needs them. */
  w?: number;
  dash?: string;
}

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const rect = (x: number, y: number, w: number, h: number, r: number): string =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
  `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

export const STATE_GLYPHS: Readonly<Record<TiState, readonly Path[]>> = {
  none: [{ d: circle(8, 8, 4.6), dash: '2.2 2.62' }],
  scheduled: [{ d: 'M3.5 5h9v7.5h-9zM3.5 7.6h9M6 3.2v2.6M10 3.2v2.6' }],
  queued: [{ d: 'M3.5 4.8h9M3.5 8h9M3.5 11.2h9' }],
  running: [{ d: rect(2.8, 5.4, 10.4, 5.2, 1) }, { d: 'M4.2 6.8h4.4v2.4H4.2z', f: true }],
  success: [{ d: 'M3.4 8.4l3 3 6.2-6.4' }],
  failed: [{ d: 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6' }],
  upstream_failed: [{ d: circle(8, 8, 5.2) }, { d: 'M8 11V5.4M5.8 7.4L8 5.2l2.2 2.2' }],
  up_for_retry: [{ d: 'M12.4 8a4.4 4.4 0 1 1-1.6-3.4M11.2 2.4v2.6H8.6' }],
  skipped: [{ d: 'M3.8 4.4L7.4 8l-3.6 3.6M8.6 4.4L12.2 8l-3.6 3.6' }],
  deferred: [
    {
      d: 'M4.2 3.2h7.6M4.2 12.8h7.6M5 3.2c0 3 3 3.4 3 4.8s-3 1.8-3 4.8M11 3.2c0 3-3 3.4-3 4.8s3 1.8 3 4.8',
    },
  ],
  up_for_reschedule: [
    { d: circle(8, 8.4, 4.4) },
    { d: 'M8 6v2.6l1.7 1M3 3.6l1.8-1.2M13 3.6l-1.8-1.2' },
  ],
  restarting: [
    { d: 'M3.6 8A4.4 4.4 0 0 1 11.4 5M12.4 8A4.4 4.4 0 0 1 4.6 11M11.6 2.6V5H9.2M4.4 13.4V11h2.4' },
  ],
  removed: [{ d: 'M3.8 12.2l8.4-8.4' }],
  awaiting_input: [
    { d: circle(8, 5.4, 2.4) },
    { d: 'M3.6 13c.3-2.7 2-4.1 4.4-4.1s4.1 1.4 4.4 4.1' },
  ],
};

export const EXECUTOR_GLYPHS = {
  sequential: [{ d: 'M8 2.5v11', w: 2 }],
  local: [{ d: rect(2.2, 2.2, 11.6, 11.6, 1.4) }, { d: 'M5.4 5v6M8 5v6M10.6 5v6' }],
  celery: [
    { d: rect(1.7, 2.2, 5.4, 11.6, 1.2) },
    { d: rect(8.9, 2.2, 5.4, 11.6, 1.2) },
    { d: 'M4.4 5v6M11.6 5v6' },
  ],
  kubernetes: [
    { d: rect(1.8, 7.8, 3.2, 6, 1.6) },
    { d: rect(6.4, 2.2, 3.2, 11.6, 1.6) },
    { d: rect(11, 5, 3.2, 8.8, 1.6) },
  ],
} satisfies Record<string, readonly Path[]>;

export const ICONS = {
  down: [{ d: 'M4.6 6.4L8 9.8l3.4-3.4' }],
  right: [{ d: 'M6.4 4.6L9.8 8l-3.4 3.4' }],
  undo: [{ d: 'M6 3.6L3.4 6.2 6 8.8M3.8 6.2h5.4a3.2 3.2 0 0 1 0 6.4H6.6' }],
  redo: [{ d: 'M10 3.6l2.6 2.6L10 8.8M12.2 6.2H6.8a3.2 3.2 0 0 0 0 6.4h2.6' }],
  link: [
    {
      d: 'M6.6 9.4l2.8-2.8M5.6 7.4L4 9a2.1 2.1 0 0 0 3 3l1.6-1.6M10.4 8.6L12 7a2.1 2.1 0 0 0-3-3L7.4 5.6',
    },
  ],
  theme: [{ d: circle(8, 8, 4.8) }, { d: 'M8 3.2a4.8 4.8 0 0 1 0 9.6z', f: true }],
  help: [{ d: 'M5.8 6.2c0-3 4.6-2.9 4.6-.2 0 1.9-2.3 1.7-2.3 3.6M8.1 12v.2' }],
  more: [{ d: 'M4 7.2h1.6v1.6H4zM7.2 7.2h1.6v1.6H7.2zM10.4 7.2H12v1.6h-1.6z', f: true }],
  close: [{ d: 'M4.4 4.4l7.2 7.2M11.6 4.4l-7.2 7.2' }],
  add: [{ d: 'M8 3.6v8.8M3.6 8h8.8' }],
  check: [{ d: 'M3.4 8.4l3 3 6.2-6.4' }],
  hold: [{ d: 'M3 8h6.2M6.6 5.2L9.4 8l-2.8 2.8' }, { d: 'M12.4 3.6v8.8', w: 2 }],
  dot: [{ d: circle(8, 8, 1.8), f: true }],
  prev: [{ d: 'M10.6 4L6.4 8l4.2 4M4.4 4v8' }],
  next: [{ d: 'M5.4 4l4.2 4-4.2 4M11.6 4v8' }],
  pause: [{ d: 'M5.6 3.6v8.8M10.4 3.6v8.8', w: 2.4 }],
  play: [{ d: 'M5 3.2l8 4.8-8 4.8z', f: true }],
  settings: [
    { d: 'M2.8 4.6h5.4M12 4.6h1.2M2.8 11.4h1.2M7.8 11.4h5.4' },
    { d: circle(10.1, 4.6, 1.8) },
    { d: circle(5.9, 11.4, 1.8) },
  ],
  fault: [{ d: 'M8 1.9L14.1 8 8 14.1 1.9 8z' }, { d: 'M8 5.2v3.4M8 10.6v.2' }],
  caution: [{ d: 'M8 2.8l5.6 10H2.4zM8 6.4v3M8 11v.2' }],
  lock: [{ d: rect(4, 7.2, 8, 5.6, 1) }, { d: 'M5.8 7V5.4a2.2 2.2 0 0 1 4.4 0V7' }],
  goal: [{ d: circle(8, 8, 5.2) }, { d: circle(8, 8, 2), f: true }],
  search: [{ d: circle(7, 7, 3.8) }, { d: 'M10 10l3.2 3.2' }],
  compare: [{ d: 'M3 3v10M6.4 3v10M9.6 3v10M13 3v10' }],
  code: [{ d: 'M6 4.4L2.6 8 6 11.6M10 4.4L13.4 8 10 11.6' }],
  lessons: [
    {
      d: 'M8 4.4C6.6 3.4 4.8 3.2 3 3.4v8.8c1.8-.2 3.6 0 5 1 1.4-1 3.2-1.2 5-1V3.4c-1.8-.2-3.6 0-5 1zM8 4.4v8.8',
    },
  ],
  machines: [
    { d: rect(2.6, 3, 4, 3.4, 1) },
    { d: rect(9.4, 9.6, 4, 3.4, 1) },
    { d: 'M6.6 4.7h4.8v4.9' },
  ],
} satisfies Record<string, readonly Path[]>;
export type IconName = keyof typeof ICONS;
