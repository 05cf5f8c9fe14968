/**
 * Reads YAML and JSON (a part of YAML) field by field and knows the line of each, so that a teacher
 * is told where a lesson is wrong. Problems are collected: one reading shows all of them.
 */
import { LineCounter, isCollection, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { isFields } from '../base/plain.ts';
import { problem } from '../base/result.ts';
import type { Problem, ProblemParam } from '../base/result.ts';

type Path = readonly (string | number)[];

/** One file that is being read, with everything found wrong in it so far. */
export class Source {
  readonly file: string;
  readonly problems: Problem[];
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(file: string, text: string, problems: Problem[]) {
    this.file = file;
    this.problems = problems;
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    for (const error of this.document.errors) {
      const { line, col } = this.lines.linePos(error.pos[0]);
      const where = { file, line, column: col };
      problems.push(problem('lesson_not_readable', { detail: error.message }, where));
    }
  }

  get root(): Field {
    const broken = this.document.errors.length > 0;
    return new Field(this, [], broken ? undefined : this.document.toJS());
  }

  report(path: Path, code: string, params: Record<string, ProblemParam> = {}): void {
    const where = { file: this.file, line: this.lineOf(path), field: nameOf(path) };
    this.problems.push(problem(code, params, where));
  }

  /** Line of the field, or of the nearest one around it that exists. */
  private lineOf(path: Path): number {
    for (let depth = path.length; depth > 0; depth--) {
      const node = this.document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return isCollection(this.document.contents) && this.document.contents.range
      ? this.lines.linePos(this.document.contents.range[0]).line
      : 1;
  }
}

function nameOf(path: Path): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`));
  return parts.join('').replace(/^\./, '');
}

export interface Limits {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** A value at its place. Reading a wrong one reports it and gives a harmless stand-in. */
export class Field {
  readonly source: Source;
  readonly path: Path;
  readonly value: unknown;

  constructor(source: Source, path: Path, value: unknown) {
    this.source = source;
    this.path = path;
    this.value = value;
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  fail(code: string, params: Record<string, ProblemParam> = {}): void {
    this.source.report(this.path, code, params);
  }

  private wrong(expected: string): void {
    const code = this.present ? 'lesson_field_wrong' : 'lesson_field_missing';
    this.fail(code, { expected });
  }

  get(key: string): Field {
    const held = isFields(this.value) ? this.value[key] : undefined;
    return new Field(this.source, [...this.path, key], held);
  }

  /** Fails on keys that nobody reads: a slip of the pen must not pass in silence. */
  only(keys: readonly string[]): this {
    if (!isFields(this.value)) {
      this.wrong('fields');
      return this;
    }
    for (const key of Object.keys(this.value)) {
      if (!keys.includes(key)) {
        this.get(key).fail('lesson_field_unknown', { name: key, known: keys });
      }
    }
    return this;
  }

  text(): string {
    if (typeof this.value === 'string' && this.value !== '') return this.value;
    this.wrong('text');
    return '';
  }

  number(limits: Limits = {}): number {
    const { value } = this;
    if (typeof value === 'number' && fits(value, limits)) return value;
    this.wrong(`number${limits.whole ? ', whole' : ''}${rangeOf(limits)}`);
    return limits.least ?? 0;
  }

  oneOf<const T extends string>(words: readonly T[]): T {
    const found = words.find((word) => word === this.value);
    if (found !== undefined) return found;
    this.wrong(words.join(' | '));
    return words[0] ?? unreachable();
  }

  /** Text or number, as the values of controls and predictions are. */
  scalar(): string | number {
    if (typeof this.value === 'string' || typeof this.value === 'number') return this.value;
    this.wrong('text or number');
    return '';
  }

  list(): Field[] {
    if (Array.isArray(this.value)) {
      return this.value.map((one, i) => new Field(this.source, [...this.path, i], one));
    }
    this.wrong('list');
    return [];
  }

  optionalList(): Field[] {
    return this.present ? this.list() : [];
  }

  texts(): string[] {
    return this.optionalList().map((one) => one.text());
  }

  entries(): [string, Field][] {
    if (!isFields(this.value)) {
      if (this.present) this.wrong('fields');
      return [];
    }
    return Object.keys(this.value).map((key) => [key, this.get(key)]);
  }
}

function fits(value: number, { least, most, whole }: Limits): boolean {
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return false;
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

function rangeOf({ least, most }: Limits): string {
  if (least === undefined && most === undefined) return '';
  return ` ${least ?? ''}..${most ?? ''}`;
}

function unreachable(): never {
  throw new Error('a list of words is empty');
}
