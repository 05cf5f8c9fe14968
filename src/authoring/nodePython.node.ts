/** The Python session under Node, for commands and tests. */
import { files } from 'virtual:python-package/files';
import { err } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { checkFiles } from './limits.ts';
import type { BootStep, Imported, ImportOptions, SourceFile } from './protocol.ts';
import { PythonSession } from './pythonSession.ts';
import { readAnswer } from './readAnswer.ts';

export class NodePython {
  private readonly session: PythonSession;

  private constructor(session: PythonSession) {
    this.session = session;
  }

  /** Starts an interpreter of its own, about one second. */
  static async boot(step: (name: BootStep) => void = () => undefined): Promise<NodePython> {
    const parts = { python: files, pyodide: {}, now: () => performance.now() };
    return new NodePython(await PythonSession.boot(parts, step));
  }

  /** Imports the files, or says why they are refused. */
  importFiles(sources: readonly SourceFile[], options: ImportOptions): Result<Imported> {
    const refused = checkFiles(sources);
    if (refused.length > 0) return err(refused);
    return readAnswer(this.session.importFiles(sources, options));
  }
}
