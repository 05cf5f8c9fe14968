/** The interpreter for checks that need one, started when the first of them asks. */
import { NodePython } from '../authoring/nodePython.node.ts';
import type { DagImport, DagImportAnswer } from '../conformance/verdict.ts';

export function dagImporter(): (request: DagImport) => Promise<DagImportAnswer> {
  let started: Promise<NodePython> | undefined;
  return async ({ files, ...options }) => {
    started ??= NodePython.boot();
    const found = await (await started).importFiles(files, { ...options, behaviour: false });
    if (found.ok) return found.value.files[0] ?? { status: 'none', errors: [], dags: [] };
    return { status: 'refused', errors: found.error, dags: [] };
  };
}
