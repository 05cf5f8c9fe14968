/**
 * A link to what is on the page: settings, files and the clock's moment, compressed, in the part of
 * the address that is never sent to a server. What comes out of a link is a stranger's word.
 */
import { readFiles, readSettings } from './stored.ts';
import type { SourceFile } from './model.ts';
import type { Settings } from './settings.ts';

/** Characters; chat programs and browsers carry this much. */
export const MOST_LINK = 32_000;
/** Of the unpacked text: a small link must not become a large one. */
const MOST_TEXT = 1_000_000;
const MARK = '#/s/';

export interface Shared {
  settings: Settings;
  /** Files that the lanes play; empty for what the page brings itself. */
  files: SourceFile[];
  /** Simulated microseconds. */
  t: number;
}

export function isLink(hash: string): boolean {
  return hash.startsWith(MARK);
}

/** The fragment, null when it would be too long. */
export async function writeLink({ settings, files, t }: Shared): Promise<string | null> {
  const plain = files.map(({ name, source }) => ({ name, source }));
  const text = JSON.stringify({ v: 1, settings, files: plain, t });
  const packed = await through(
    new TextEncoder().encode(text),
    new CompressionStream('deflate-raw'),
  );
  const link = MARK + toBase64(packed ?? new Uint8Array());
  return packed && link.length <= MOST_LINK ? link : null;
}

/** Null when it is cut off, too large or not of this page. */
export async function readLink(hash: string): Promise<Shared | null> {
  if (!isLink(hash) || hash.length > MOST_LINK) return null;
  const packed = fromBase64(hash.slice(MARK.length));
  const bytes = packed && (await through(packed, new DecompressionStream('deflate-raw')));
  const value = bytes && parse(new TextDecoder().decode(bytes));
  if (typeof value !== 'object' || value === null || !('settings' in value)) return null;
  const settings = readSettings(value.settings);
  if (!settings) return null;
  const files = 'files' in value ? (readFiles(value.files) ?? []) : [];
  const t = 't' in value && typeof value.t === 'number' && value.t >= 0 ? value.t : 0;
  return { settings, files, t: Number.isFinite(t) ? t : 0 };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Null when it is no such stream, or more than may come out. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
      size += value.length;
      parts.push(new Uint8Array(value));
      if (size > MOST_TEXT) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(raw, (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
