/** Ready scenarios as the repository has them, as text; loaded when the list is first opened. */
import { readScenarioFile } from '../interchange/scenarioFile/scenarioFile.ts';
import type { ScenarioFile } from '../interchange/scenarioFile/scenarioFile.ts';
import type { GalleryEntry } from './model.ts';

const ROOT = '../../lessons/scenarios/';
const texts: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../../lessons/scenarios/**/*.yaml',
    '../../lessons/scenarios/dags/*.py',
    '../../lessons/examples/*.py',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** In the order of their names. Files that are not well formed are left out; tests name them. */
export function galleryEntries(): GalleryEntry[] {
  return Object.keys(texts)
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .flatMap((path) => {
      const file = fileAt(path);
      const id = path.slice(ROOT.length).replace('.yaml', '');
      return file?.title ? [{ id, title: file.title, about: file.about }] : [];
    });
}

export interface GalleryFile {
  file: ScenarioFile;
  sources: SourceText[];
  /** Later contents of the files, by name. */
  versions: Readonly<Record<string, SourceText>>;
}

interface SourceText {
  name: string;
  source: string;
}

export function galleryFile(id: string): GalleryFile | null {
  const path = `${ROOT}${id}.yaml`;
  const file = fileAt(path);
  if (!file) return null;
  const textOf = (name: string): SourceText => {
    const at = resolve(path, name);
    return { name: at.split('/').at(-1) ?? name, source: texts[at] ?? '' };
  };
  const versions = Object.entries(file.versions).map(([name, at]) => [name, textOf(at)] as const);
  return { file, sources: file.files.map(textOf), versions: Object.fromEntries(versions) };
}

function fileAt(path: string): ScenarioFile | null {
  const read = readScenarioFile(texts[path] ?? '', path);
  return read.ok ? read.value : null;
}

/** `dags/x.py` beside `a/b.yaml` is `a/dags/x.py`. */
function resolve(from: string, name: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const step of name.split('/')) {
    if (step === '..' && parts.at(-1) !== '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}
