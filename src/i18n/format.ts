/** Numbers and times as people read them (visual language, section 10). */

const US = 1_000_000;

/** What is not known: an en dash, never 0. */
export const UNKNOWN = '–';

/** `2:40`, from one hour on `1:50:41`. `tenths` adds one decimal: `2:40.6`. */
export function clock(us: number | null, tenths = false): string {
  if (us === null || !Number.isFinite(us)) return UNKNOWN;
  const sign = us < 0 ? '−' : '';
  const unit = tenths ? US / 10 : US;
  const whole = Math.floor(Math.abs(us) / unit + (tenths ? 1e-9 : 0));
  const seconds = tenths ? Math.floor(whole / 10) : whole;
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(seconds % 60).padStart(2, '0');
  const tail = tenths ? `.${whole % 10}` : '';
  return h > 0
    ? `${sign}${h}:${String(m).padStart(2, '0')}:${s}${tail}`
    : `${sign}${m}:${s}${tail}`;
}

/** A span (`unit` is ` s` or `초`): below 10 s with one decimal (`2.4 s`), below a minute `13 s`, else the clock. */
export function span(us: number | null, unit: string): string {
  if (us === null || !Number.isFinite(us)) return UNKNOWN;
  const tenths = Math.round((us / US) * 10);
  if (tenths === 0) return us === 0 ? `0${unit}` : `${Math.ceil(us / 1000)} ms`;
  if (Math.abs(tenths) < 100) return `${(tenths / 10).toFixed(1)}${unit}`;
  const seconds = Math.round(us / US);
  return Math.abs(seconds) < 60 ? `${seconds}${unit}` : clock(seconds * US);
}

/** `2,160`, in both languages. */
export function count(n: number | null): string {
  if (n === null || !Number.isFinite(n)) return UNKNOWN;
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A setting's number: as many decimals as it has, at most three. */
export function plain(n: number): string {
  return Number.isInteger(n) ? count(n) : String(Math.round(n * 1000) / 1000);
}

/** `4 %` of 0.04. */
export function percent(part: number | null): string {
  return part === null || !Number.isFinite(part) ? UNKNOWN : `${Math.round(part * 100)} %`;
}

/** Megabytes with one decimal, as `5.1`. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** `5:12`, `312`, `1:05:00` or `2.5` (seconds) to microseconds; null when it is none of these. */
export function parseClock(text: string): number | null {
  const parts = text.trim().split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) return null;
  const seconds = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * US);
}
