/**
 * Python under Node, for commands and tests: in a process of its own that can reach nothing and is
 * ended when it does not answer. The next import then starts a new one.
 */
import { err, problem } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { CageProcess } from './cage/cageProcess.node.ts';
import { checkFiles } from './limits.ts';
import type { BootStep, Imported, ImportOptions, SourceFile } from './protocol.ts';
import { readAnswer } from './readAnswer.ts';
import { problemOfEnd } from './sandbox/watch.ts';

export class NodePython {
  private cage: CageProcess;
  /** Imports wait for each other: there is one interpreter. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(cage: CageProcess) {
    this.cage = cage;
  }

  /** Starts an interpreter of its own, about one second. */
  static async boot(step: (name: BootStep) => void = () => undefined): Promise<NodePython> {
    return new NodePython(await CageProcess.start(step));
  }

  /** Imports the files, or says why they are refused; python_crashed when their Python died. */
  importFiles(sources: readonly SourceFile[], options: ImportOptions): Promise<Result<Imported>> {
    const next = this.last.then(() => this.importNow(sources, options));
    this.last = next.catch(() => undefined);
    return next;
  }

  /** Ends the process; the end of the command does so too. */
  dispose(): void {
    this.cage.end();
  }

  private async importNow(
    sources: readonly SourceFile[],
    options: ImportOptions,
  ): Promise<Result<Imported>> {
    const refused = checkFiles(sources);
    if (refused.length > 0) return err(refused);
    try {
      if (!this.cage.alive) this.cage = await CageProcess.start(() => undefined);
    } catch (error) {
      return err([problem('python_not_started', { message: String(error) })]);
    }
    const end = await this.cage.importFiles(sources, options);
    if (end.type === 'answer') return readAnswer(end.json);
    this.cage.end();
    return err([problemOfEnd(end, sources, options)]);
  }
}
