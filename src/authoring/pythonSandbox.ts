/**
 * Python for the page: an interpreter in a worker in a frame of opaque origin, reached by one
 * message port (python.md 5). Strangers' code can burn one core for a while; then it is thrown
 * away and the next import starts a new one.
 */
import { errorText } from '../base/errorText.ts';
import type { Problem } from '../base/result.ts';
import { problem } from '../base/result.ts';
import { checkFiles } from './limits.ts';
import type { Imported, ImportOptions, OnProgress, SourceFile } from './protocol.ts';
import { readAnswer } from './readAnswer.ts';
import { SandboxFrame } from './sandbox/frame.ts';
import { fetchParts } from './sandbox/parts.ts';
import type { SandboxParts } from './sandbox/parts.ts';
import { problemOfEnd } from './sandbox/watch.ts';
import type { OnSpan } from './sandbox/watch.ts';

export interface SandboxOptions {
  /** Address that relative paths are meant from; the document's when absent. */
  readonly base?: string;
  /** Where the hidden frame is put; the document's body when absent. */
  readonly home?: HTMLElement;
}

export class PythonSandbox {
  private readonly options: SandboxOptions;
  private parts: Promise<SandboxParts> | null = null;
  private frame: Promise<SandboxFrame> | null = null;
  private onProgress: OnProgress = () => undefined;
  private disposed = false;

  constructor(options: SandboxOptions = {}) {
    this.options = options;
  }

  /** Starts the interpreter; problems when it does not start. May be called again. */
  async boot(onProgress?: OnProgress): Promise<readonly Problem[]> {
    if (onProgress) this.onProgress = onProgress;
    try {
      await this.ready();
      return [];
    } catch (error) {
      this.forget();
      return [problem('python_not_started', { message: errorText(error) })];
    }
  }

  /** Imports files; never throws. A run that does not end is ended and said so. */
  async importFiles(
    files: readonly SourceFile[],
    options: ImportOptions,
    onSpan?: OnSpan,
  ): Promise<Imported> {
    const refused = checkFiles(files);
    if (refused.length > 0) return nothing(refused);
    const failed = await this.boot();
    if (failed.length > 0) return nothing(failed);
    const frame = await this.ready();
    const end = await frame.importFiles(files, options, onSpan);
    if (end.type === 'answer') {
      const found = readAnswer(end.json);
      return found.ok ? found.value : nothing(found.error);
    }
    this.forget();
    // The next one shall not have to wait for the start.
    void this.boot();
    return nothing([problemOfEnd(end, files, options)]);
  }

  /** A new interpreter from the same fetched parts, not started yet. */
  another(): PythonSandbox {
    const other = new PythonSandbox(this.options);
    other.parts = this.parts;
    return other;
  }

  /** Ends the interpreter. The fetched parts stay, so that a later boot is quick. */
  dispose(): void {
    this.disposed = true;
    this.forget();
  }

  private ready(): Promise<SandboxFrame> {
    this.disposed = false;
    this.frame ??= this.start();
    return this.frame;
  }

  private async start(): Promise<SandboxFrame> {
    const base = this.options.base ?? document.baseURI;
    this.parts ??= fetchParts(base, (done, total) => this.onProgress('fetch', done, total));
    const parts = await this.parts.catch((error: unknown) => {
      this.parts = null;
      throw error;
    });
    const home = this.options.home ?? document.body;
    const frame = await SandboxFrame.start(parts, home, (step) => this.onProgress(step, 1, 1));
    if (this.disposed) frame.end();
    return frame;
  }

  private forget(): void {
    const frame = this.frame;
    this.frame = null;
    void frame?.then(
      (one) => one.end(),
      () => undefined,
    );
  }
}

function nothing(problems: readonly Problem[]): Imported {
  return { files: [], dags: [], problems, output: '' };
}
