/** Reads YAML for Python: text in, JSON text out (see src/decisions/0006). */
import { parseAllDocuments } from 'yaml';
import { errorText } from '../base/errorText.ts';

/** Nodes that an alias may stand for, against documents that grow without end. */
const MAX_ALIASES = 1_000;

/** `{"documents": [...]}` or `{"error": "..."}`; never throws. */
export function readYaml(text: string): string {
  try {
    const parsed = parseAllDocuments(text, { version: '1.1' });
    const documents = Array.isArray(parsed) ? parsed : [];
    const broken = documents.flatMap((document) => document.errors)[0];
    if (broken) return JSON.stringify({ error: broken.message });
    const values = documents.map((document) => document.toJS({ maxAliasCount: MAX_ALIASES }));
    return JSON.stringify({ documents: values });
  } catch (error) {
    return JSON.stringify({ error: errorText(error) });
  }
}
