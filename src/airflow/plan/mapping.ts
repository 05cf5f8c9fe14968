/**
 * How long a mapped task or group is (specification 12), compiled from its ExpandSpec: an
 * expression over the lengths of XComs that source tasks push in the run.
 */
import type { ExpandSpec, ExpandValue } from '../spec.ts';

export type LengthExpression =
  | { readonly kind: 'literal'; readonly length: number }
  /** Length of the return value of a task; a mapped one: how many of its indexes pushed. */
  | { readonly kind: 'xcom'; readonly task: number }
  | {
      readonly kind: 'product' | 'concat' | 'shortest' | 'longest';
      readonly of: readonly LengthExpression[];
    };

type TaskNumber = (taskId: string) => number;

export function lengthOfExpand(expand: ExpandSpec, numberOf: TaskNumber): LengthExpression {
  const values =
    expand.style === 'expand_kwargs'
      ? [expand.value ?? { kind: 'literal' as const, length: 0 }]
      : Object.values(expand.items ?? {});
  const of = values.map((value) => lengthOfValue(value, numberOf));
  return of.length === 1 ? of[0]! : { kind: 'product', of };
}

/** Tasks whose XComs the length needs; each once, ascending. */
export function sourcesOf(length: LengthExpression): number[] {
  if (length.kind === 'literal') return [];
  if (length.kind === 'xcom') return [length.task];
  return [...new Set(length.of.flatMap(sourcesOf))].sort((a, b) => a - b);
}

/** The length when it needs no XCom, else -1. */
export function literalLength(length: LengthExpression): number {
  return evaluateLength(length, () => -1);
}

/** The length given the lengths of the sources; -1 as soon as one of them is -1 (not known yet). */
export function evaluateLength(length: LengthExpression, ofTask: (task: number) => number): number {
  if (length.kind === 'literal') return length.length;
  if (length.kind === 'xcom') return ofTask(length.task);
  const parts = length.of.map((part) => evaluateLength(part, ofTask));
  if (parts.some((part) => part < 0)) return -1;
  if (length.kind === 'product') return parts.reduce((all, part) => all * part, 1);
  if (length.kind === 'concat') return parts.reduce((all, part) => all + part, 0);
  return length.kind === 'longest' ? Math.max(...parts) : Math.min(...parts);
}

function lengthOfValue(value: ExpandValue, numberOf: TaskNumber): LengthExpression {
  if (value.kind === 'xcom' && value.ref) return lengthOfReference(value.ref, numberOf);
  return { kind: 'literal', length: value.length ?? 0 };
}

/** References as the recorded set `dag-files` writes them. */
function lengthOfReference(ref: Record<string, unknown>, numberOf: TaskNumber): LengthExpression {
  const [kind, body] = Object.entries(ref)[0] ?? ['', {}];
  const fields = body as Record<string, unknown>;
  if (kind === 'xcom') return { kind: 'xcom', task: numberOf(String(fields['task_id'])) };
  if (kind === 'map' || kind === 'filter') {
    return lengthOfArgument(fields['arg'], numberOf);
  }
  const args = (fields['args'] as unknown[] | undefined) ?? [];
  const of = args.map((arg) => lengthOfArgument(arg, numberOf));
  if (kind !== 'zip') return { kind: 'concat', of };
  return { kind: fields['fillvalue'] === true ? 'longest' : 'shortest', of };
}

/** An argument of zip, concat or map: a reference, or a literal with its length. */
function lengthOfArgument(arg: unknown, numberOf: TaskNumber): LengthExpression {
  if (Array.isArray(arg)) return { kind: 'literal', length: arg.length };
  if (typeof arg !== 'object' || arg === null) return { kind: 'literal', length: 0 };
  const value = arg as Record<string, unknown>;
  if (typeof value['length'] === 'number') return { kind: 'literal', length: value['length'] };
  return lengthOfReference(value, numberOf);
}
