/**
 * The colours that a canvas needs, per theme: the same values as styles/tokens.css (a test holds the
 * two together and measures every pair of states in four kinds of colour vision).
 */
import type { SceneTheme } from '../app/sceneModel.ts';
import { TI_STATES } from './states.ts';
import type { TiState } from './states.ts';

export interface StateColours {
  fill: string;
  /** Drawn where the fill alone is under 3:1 on the surface. */
  outline: string | null;
  glyph: string;
}

export type SurfaceName = Exclude<keyof SceneTheme, 'dark' | 'states' | 'fontUi' | 'fontMono'>;

export interface Palette {
  states: Readonly<Record<TiState, StateColours>>;
  surfaces: Readonly<Record<SurfaceName, string>>;
}

export const LIGHT: Palette = {
  states: {
    none: { fill: '#edf7ff', outline: '#7f95a8', glyph: '#16202f' },
    scheduled: { fill: '#f5a35d', outline: '#c27418', glyph: '#101722' },
    queued: { fill: '#20283b', outline: null, glyph: '#ffffff' },
    running: { fill: '#00acee', outline: '#0097d2', glyph: '#101722' },
    restarting: { fill: '#7439c1', outline: null, glyph: '#ffffff' },
    up_for_retry: { fill: '#ffda1c', outline: '#a58600', glyph: '#101722' },
    up_for_reschedule: { fill: '#9bd6d8', outline: '#589a9d', glyph: '#101722' },
    deferred: { fill: '#5b007f', outline: null, glyph: '#ffffff' },
    awaiting_input: { fill: '#476cff', outline: null, glyph: '#05080d' },
    success: { fill: '#00614d', outline: null, glyph: '#ffffff' },
    failed: { fill: '#b10001', outline: null, glyph: '#ffffff' },
    skipped: { fill: '#a25693', outline: null, glyph: '#ffffff' },
    upstream_failed: { fill: '#e36305', outline: null, glyph: '#101722' },
    removed: { fill: '#939393', outline: null, glyph: '#101722' },
  },
  surfaces: {
    surface: '#ffffff',
    sunken: '#f6f8fa',
    hover: '#e9eef4',
    ink: '#16202f',
    ink2: '#414e63',
    ink3: '#5e6b80',
    line: '#d8dee6',
    line2: '#b7c1ce',
    wall: '#414e63',
    stream: '#bcc8d5',
    accent: '#1b4f91',
    fault: '#a8104c',
  },
};

export const DARK: Palette = {
  states: {
    none: { fill: '#2a2f33', outline: '#78838d', glyph: '#ffffff' },
    scheduled: { fill: '#edb87a', outline: null, glyph: '#101722' },
    queued: { fill: '#989898', outline: null, glyph: '#101722' },
    running: { fill: '#60d5ff', outline: null, glyph: '#101722' },
    restarting: { fill: '#84a5ff', outline: null, glyph: '#101722' },
    up_for_retry: { fill: '#f6e95c', outline: null, glyph: '#101722' },
    up_for_reschedule: { fill: '#aee6d1', outline: null, glyph: '#101722' },
    deferred: { fill: '#8b35f5', outline: null, glyph: '#ffffff' },
    awaiting_input: { fill: '#3f8cdb', outline: null, glyph: '#101722' },
    success: { fill: '#007b4e', outline: null, glyph: '#ffffff' },
    failed: { fill: '#df0004', outline: null, glyph: '#ffffff' },
    skipped: { fill: '#b0519e', outline: null, glyph: '#ffffff' },
    upstream_failed: { fill: '#e77e00', outline: null, glyph: '#101722' },
    removed: { fill: '#b8bac0', outline: null, glyph: '#101722' },
  },
  surfaces: {
    surface: '#16202f',
    sunken: '#111a27',
    hover: '#223148',
    ink: '#eef3fa',
    ink2: '#b9c5d6',
    ink3: '#93a2b8',
    line: '#2a394f',
    line2: '#3d4f6a',
    wall: '#a9b7ca',
    stream: '#3a5070',
    accent: '#93bdfd',
    fault: '#ff8fb4',
  },
};

/** What the drawer of the lanes gets. */
export function sceneTheme(dark: boolean, fonts: { ui: string; mono: string }): SceneTheme {
  const palette = dark ? DARK : LIGHT;
  return {
    dark,
    ...palette.surfaces,
    states: TI_STATES.map((state) => palette.states[state]),
    fontUi: fonts.ui,
    fontMono: fonts.mono,
  };
}
