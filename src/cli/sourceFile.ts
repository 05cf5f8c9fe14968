/** Reads one DAG file of the command line, or says in one sentence why it is refused. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { MAX_FILE_BYTES } from '../authoring/limits.ts';
import type { SourceFile } from '../authoring/protocol.ts';
import { UsageError } from './simulate/options.ts';

/** The text of a file in UTF-8 and its name without folders; refused: a sentence with its path. */
export function readSourceFile(path: string): SourceFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${path}: there is no such file.`);
  if (!stat.isFile()) throw new UsageError(`${path} is not a file.`);
  if (stat.size > MAX_FILE_BYTES) {
    const limit = MAX_FILE_BYTES / 1024;
    throw new UsageError(`${path} has ${stat.size} bytes; a file may hold ${limit} KiB.`);
  }
  return { name: basename(path), text: decode(path) };
}

/** Python refuses what is not UTF-8, so it must not become readable here. */
function decode(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    throw new UsageError(`${path} is not text in UTF-8: save it in that encoding.`);
  }
}
