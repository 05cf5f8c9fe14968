/** A YAML (or JSON) text as a value that knows the line of each of its fields. */
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { errorText } from '../../base/errorText.ts';
import { err, ok, problem } from '../../base/result.ts';
import type { Result, Where } from '../../base/result.ts';

/** Nodes that an alias may stand for, against documents that grow without end. */
const MAX_ALIASES = 100;
/** Characters; a scenario with two thousand tasks written out has about one million. */
const MAX_CHARS = 8_000_000;

export class YamlFile {
  readonly file: string;
  readonly value: unknown;
  private readonly document: Document;
  private readonly lines: LineCounter;

  private constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file;
    this.document = document;
    this.lines = lines;
    this.value = document.toJS({ maxAliasCount: MAX_ALIASES });
  }

  /** Problems: scenario_too_large, scenario_not_yaml with line and column. */
  static read(text: string, file: string): Result<YamlFile> {
    if (text.length > MAX_CHARS) {
      return err([problem('scenario_too_large', { limit: MAX_CHARS }, { file })]);
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [first] = document.errors;
    if (first) {
      const { line, col } = lines.linePos(first.pos[0]);
      const where = { file, line, column: col };
      return err([problem('scenario_not_yaml', { detail: first.message }, where)]);
    }
    try {
      return ok(new YamlFile(file, document, lines));
    } catch (error) {
      const detail = errorText(error);
      return err([problem('scenario_not_yaml', { detail }, { file })]);
    }
  }

  /** `lanes[0].config.core.parallelism` -> its line, or that of the nearest field around it. */
  where(field: string): Where {
    const node = this.nearest(field);
    const line = node?.range ? this.lines.linePos(node.range[0]).line : 1;
    return { file: this.file, line, field };
  }

  /** Whether the file itself has this field. */
  has(field: string): boolean {
    return this.walk(field).rest === '';
  }

  private nearest(field: string): Node | null {
    return this.walk(field).node;
  }

  private walk(field: string): { node: Node | null; rest: string } {
    let node = this.document.contents;
    let rest = field;
    for (;;) {
      const step = rest === '' ? null : stepInto(node, rest);
      if (!step) return { node, rest };
      ({ node, rest } = step);
    }
  }
}

interface Step {
  node: Node;
  rest: string;
}

function stepInto(node: Node | null, path: string): Step | null {
  if (isSeq<Node>(node)) {
    const [all = '', index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const item = index === undefined ? undefined : node.items[Number(index)];
    return item ? { node: item, rest: path.slice(all.length) } : null;
  }
  if (!isMap<Node, Node | null>(node)) return null;
  // Names of options have dots themselves: the longest name that fits is meant.
  const fitting = node.items
    .map(({ key, value }) => ({ name: nameOf(key), node: value ?? key }))
    .filter(
      ({ name }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!fitting) return null;
  return { node: fitting.node, rest: path.slice(fitting.name.length).replace(/^\./, '') };
}

function nameOf(key: Node): string {
  return isScalar(key) ? String(key.value) : '';
}
