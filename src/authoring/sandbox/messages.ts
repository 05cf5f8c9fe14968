/** Messages between the page and the Python worker in the frame. All plain data. */
import type { BootStep, ImportOptions, SourceFile } from '../protocol.ts';

/** Page to frame, once, with the port in `ports`: everything that the worker is started from. */
export interface StartMessage {
  /** Source of the worker, one classic script. */
  readonly script: string;
  /** JSON text: path inside src/authoring/python -> text. */
  readonly python: string;
  readonly wasm: ArrayBuffer;
  readonly stdlib: ArrayBuffer;
  /** Memory of a started interpreter, compressed by gzip; null: it starts from nothing. */
  readonly snapshot: ArrayBuffer | null;
}

/** Page to worker. */
export interface ImportMessage {
  readonly type: 'import';
  readonly id: number;
  readonly files: readonly SourceFile[];
  readonly options: ImportOptions;
}

/** Worker to page. The worker runs strangers' code: readReply looks at each. */
export type Reply =
  | { readonly type: 'step'; readonly step: BootStep }
  | { readonly type: 'span'; readonly seconds: number; readonly label: string }
  | { readonly type: 'answer'; readonly id: number; readonly json: string }
  | { readonly type: 'failed'; readonly text: string };

/** What the frame says when it listens. */
export const FRAME_READY = 'python-frame-ready';

/** A message as one of the known replies, or null: anything else is dropped. */
export function readReply(data: unknown): Reply | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, step, seconds, label, id, json, text } = data as Record<string, unknown>;
  if (type === 'step' && isStep(step)) return { type, step };
  if (type === 'span' && typeof seconds === 'number' && typeof label === 'string') {
    return { type, seconds, label };
  }
  if (type === 'answer' && typeof id === 'number' && typeof json === 'string') {
    return { type, id, json };
  }
  if (type === 'failed' && typeof text === 'string') return { type, text };
  return null;
}

function isStep(value: unknown): value is BootStep {
  return typeof value === 'string' && ['runtime', 'package', 'ready'].includes(value);
}
