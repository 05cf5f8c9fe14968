/** Run time as design/visual section 10 writes it: 2.4 s, 2:40, 1:50:41. */
export function clockText(microseconds: number): string {
  const seconds = Math.max(0, microseconds) / 1_000_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
