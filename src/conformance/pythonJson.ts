/** JSON as Python's `json.dumps(value, sort_keys=True)` writes it: `, ` and `: `, ASCII only. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b));
    return `{${entries.map(([key, item]) => `${ascii(key)}: ${pythonJson(item)}`).join(', ')}}`;
  }
  return typeof value === 'string' ? ascii(value) : (JSON.stringify(value) ?? 'null');
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
