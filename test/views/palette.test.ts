import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { taskInstance } from '../../src/machines/index.ts';
import { DARK, LIGHT } from '../../src/views/palette.ts';
import type { Palette } from '../../src/views/palette.ts';
import { barOf, BAR_ORDER, LEGEND, TI_STATES } from '../../src/views/states.ts';
import { contrast, distance, VISIONS } from './colour.ts';

const tokens = readFileSync(new URL('../../src/views/styles/tokens.css', import.meta.url), 'utf8');
const themes: [string, Palette, 0 | 1][] = [
  ['light', LIGHT, 0],
  ['dark', DARK, 1],
];

/** Value of a token in a theme, null when there is no such token. */
function token(name: string, theme: 0 | 1): string | null {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(tokens)?.[1]?.trim();
  const both = /^light-dark\(([^,]+),\s*([^)]+)\)$/.exec(value ?? '');
  return both ? (both[theme + 1]?.trim() ?? null) : (value ?? null);
}

test('states: pages and the task-instance machine -> same names in the same order', () => {
  expect(Object.keys(taskInstance.state)).toEqual([...TI_STATES]);
  expect([...BAR_ORDER].sort()).toEqual([...TI_STATES].sort());
  expect(LEGEND.every((state) => TI_STATES.includes(state))).toBe(true);
});

test('state bar: counts in machine order -> bar order, empty ones left out, nothing lost', () => {
  const counts = TI_STATES.map((_, at) => (at % 3 === 0 ? 0 : at));
  const bar = barOf(counts);
  expect(bar.map((part) => part.count).reduce((a, b) => a + b)).toBe(
    counts.reduce((a, b) => a + b),
  );
  expect(bar.every((part) => part.count > 0)).toBe(true);
});

for (const [name, palette, theme] of themes) {
  test(`palette ${name}: canvas and CSS -> the same colours`, () => {
    for (const state of TI_STATES) {
      const { fill, outline, glyph } = palette.states[state];
      expect(fill, state).toBe(token(`st-${state}`, theme));
      expect(glyph, state).toBe(token(`sg-${state}`, theme));
      expect(outline ?? fill, state).toBe(token(`so-${state}`, theme) ?? fill);
    }
    for (const [key, value] of Object.entries(palette.surfaces)) {
      expect(value, key).toBe(
        token(
          key.replace(/2$|3$/, (digit) => `-${digit}`),
          theme,
        ),
      );
    }
  });

  for (const vision of VISIONS) {
    test(`palette ${name}: two states seen with ${vision} vision -> at least 8 apart`, () => {
      const states = TI_STATES.map((state) => palette.states[state].fill);
      const pairs = states.flatMap((a, at) =>
        states.slice(at + 1).map((b) => distance(a, b, vision)),
      );
      expect(pairs).toHaveLength(91);
      expect(Math.min(...pairs)).toBeGreaterThanOrEqual(8);
    });
  }

  test(`palette ${name}: squares on the surface -> 3:1 by fill or outline, glyphs readable`, () => {
    for (const state of TI_STATES) {
      const { fill, outline, glyph } = palette.states[state];
      expect(contrast(outline ?? fill, palette.surfaces.surface), state).toBeGreaterThanOrEqual(3);
      expect(contrast(glyph, fill), state).toBeGreaterThanOrEqual(4.4);
    }
  });

  test(`palette ${name}: text on every surface it stands on -> 4.5:1`, () => {
    const on = (text: string, surface: string): number =>
      contrast(token(text, theme) ?? '', token(surface, theme) ?? '');
    for (const surface of ['page', 'surface', 'sunken', 'raised', 'hover', 'selected']) {
      for (const text of ['ink', 'ink-2', 'ink-3', 'accent']) {
        expect(on(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const kind of ['fault', 'goal', 'caution']) {
      expect(on(kind, `${kind}-soft`), kind).toBeGreaterThanOrEqual(4.5);
    }
  });
}
