/** Reading unknown plain data without trusting it. */

export type PlainFields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is PlainFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The fields of an object; none when it is something else. */
export function fieldsOf(value: unknown): PlainFields {
  return isFields(value) ? value : {};
}

/** The items of a list; none when it is something else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

export function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
