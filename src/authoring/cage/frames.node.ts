/** Blocks of bytes on a pipe: four bytes of length, little end first, then so many bytes. */
import { readSync, writeSync } from 'node:fs';

/** One block as it goes over the pipe. */
export function block(content: Uint8Array): readonly Uint8Array[] {
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, content.length, true);
  return [head, content];
}

/** Waits for the next block; null when the other side is gone. */
export function readBlock(fd: number): Uint8Array | null {
  const head = readExactly(fd, 4);
  if (!head) return null;
  return readExactly(fd, new DataView(head.buffer).getUint32(0, true));
}

/** Writes all of the text. A pipe may take it in parts, and none while it is full: then `pause`. */
export function writeText(fd: number, text: string, pause: () => void): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) {
    const count = writeSome(fd, bytes, done);
    if (count === 0) pause();
    done += count;
  }
}

/** How much went out; 0 while the other side has not read yet. */
function writeSome(fd: number, bytes: Uint8Array, from: number): number {
  try {
    return writeSync(fd, bytes, from);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}

function readExactly(fd: number, length: number): Uint8Array | null {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const count = readSync(fd, bytes, done, length - done, null);
    if (count === 0) return null;
    done += count;
  }
  return bytes;
}
