/** Words of the picture: templates in the reader's language, numbers in ink and bold. */
import type { SceneTheme } from '../../app/sceneModel.ts';
import type { Context } from './canvas.ts';

export type LabelValues = Readonly<Record<string, string | number>>;

interface Piece {
  text: string;
  strong: boolean;
}

const templates = new Map<string, readonly string[]>();

/** Splits at `{name}`: even parts are words, odd parts are names of values. */
function partsOf(template: string): readonly string[] {
  let parts = templates.get(template);
  if (!parts) {
    parts = template.split(/\{(\w+)\}/);
    templates.set(template, parts);
  }
  return parts;
}

function piecesOf(template: string, values: LabelValues): Piece[] {
  return partsOf(template)
    .map((part, i) =>
      i % 2 === 0
        ? { text: part, strong: false }
        : { text: String(values[part] ?? ''), strong: typeof values[part] === 'number' },
    )
    .filter((piece) => piece.text !== '');
}

export interface Label {
  template: string;
  values: LabelValues;
}

function joined(labels: readonly Label[]): Piece[] {
  return labels.flatMap((label, i) => [
    ...(i > 0 ? [{ text: ', ', strong: false }] : []),
    ...piecesOf(label.template, label.values),
  ]);
}

export class LabelBrush {
  private readonly context: Context;
  private theme: SceneTheme;
  private size = 11;

  constructor(context: Context, theme: SceneTheme) {
    this.context = context;
    this.theme = theme;
  }

  set(theme: SceneTheme, size: number): void {
    this.theme = theme;
    this.size = size;
  }

  /** Several labels in one line, joined by commas. `right` ends at x; `halo` keeps it readable. Gives the width. */
  draw(labels: readonly Label[], x: number, y: number, right = false, halo = false): number {
    const pieces = joined(labels);
    const widths = pieces.map((piece) => this.measure(piece));
    const width = widths.reduce((sum, w) => sum + w, 0);
    let at = right ? x - width : x;
    pieces.forEach((piece, i) => {
      this.put(piece.text, piece.strong, at, y, halo);
      at += widths[i]!;
    });
    return width;
  }

  /** Width that `draw` would take, CSS pixels. */
  width(labels: readonly Label[]): number {
    return joined(labels).reduce((sum, piece) => sum + this.measure(piece), 0);
  }

  /** One text in a colour of its own (a fault). */
  plain(text: string, x: number, y: number, colour: string, right = false): void {
    const { context } = this;
    context.font = this.font(true);
    context.fillStyle = colour;
    const at = right ? x - context.measureText(text).width : x;
    context.fillText(text, at, y);
  }

  private measure(piece: Piece): number {
    this.context.font = this.font(piece.strong);
    return this.context.measureText(piece.text).width;
  }

  private font(strong: boolean): string {
    return `${strong ? 600 : 400} ${this.size}px ${this.theme.fontUi}`;
  }

  private put(text: string, strong: boolean, x: number, y: number, halo: boolean): void {
    const { context } = this;
    context.font = this.font(strong);
    if (halo) {
      context.strokeStyle = this.theme.surface;
      context.lineWidth = 4;
      context.lineJoin = 'round';
      context.strokeText(text, x, y);
    }
    context.fillStyle = strong ? this.theme.ink : this.theme.ink2;
    context.fillText(text, x, y);
  }
}
