/** Spans of time as people write them: `90`, `90s`, `15m`, `2h`, `1.5d`. */

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds, or null for anything else. Negative ones do not exist. */
export function parseSpan(text: string): number | null {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (UNITS[unit] ?? NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
