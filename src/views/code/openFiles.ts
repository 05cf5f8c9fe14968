/** Files from the person's disk, from a drop or a chooser. */

/** As much as the import takes: larger files are refused before they are read. */
export const LIMIT_BYTES = 256 * 1024;

export interface Opened {
  files: { name: string; source: string }[];
  refused: { code: 'tooLarge' | 'notText'; name: string; size: number }[];
}

export async function openFiles(list: Iterable<File>): Promise<Opened> {
  const opened: Opened = { files: [], refused: [] };
  for (const file of list) {
    if (file.size > LIMIT_BYTES) {
      opened.refused.push({ code: 'tooLarge', name: file.name, size: file.size });
      continue;
    }
    const source = textOf(await file.arrayBuffer());
    if (source === null) opened.refused.push({ code: 'notText', name: file.name, size: file.size });
    else opened.files.push({ name: file.name, source });
  }
  return opened;
}

/** UTF-8 without NUL; anything else is not Python source. */
export function textOf(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text.replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}
