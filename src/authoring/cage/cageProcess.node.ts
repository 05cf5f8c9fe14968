/** One child process with Python in it: start, ask, watch, end. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import type { Socket } from 'node:net';
import { script } from 'virtual:python-cage';
import type { BootStep, ImportOptions, SourceFile } from '../protocol.ts';
import { readReply } from '../sandbox/messages.ts';
import type { Reply } from '../sandbox/messages.ts';
import { watch } from '../sandbox/watch.ts';
import type { End } from '../sandbox/watch.ts';
import { block } from './frames.node.ts';

const BOOT_MS = 60_000;
/** One answer, with room for the quotes around its JSON. */
const MAX_LINE = 64 * 1024 * 1024;

export class CageProcess {
  private readonly child: ChildProcess;
  private readonly pipe: Socket;
  private hear: ((reply: Reply) => void) | null = null;
  private gone = false;
  private asked = 0;
  private readonly kill = (): void => void this.child.kill('SIGKILL');

  private constructor() {
    this.child = spawn(process.execPath, flags(), {
      stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
      // Nothing of the person's environment; one time zone, so that runs are equal everywhere.
      env: { TZ: 'UTC' },
      cwd: parse(process.execPath).root,
      windowsHide: true,
    });
    this.pipe = this.child.stdio[3] as Socket;
    for (const stream of [this.child.stdin, this.pipe]) stream?.on('error', () => undefined);
    this.child.once('error', (error) => this.lost(error.message));
    this.child.once('close', (code, signal) => this.lost(`it ended with ${signal ?? code}`));
    this.readLines();
    this.child.stdin?.end(script);
    this.letGo();
    process.once('exit', this.kill);
  }

  /** Rejects when the interpreter does not start in time. */
  static async start(step: (name: BootStep) => void): Promise<CageProcess> {
    const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
    const cage = new CageProcess();
    const ready = cage.started(step);
    for (const name of ['pyodide.asm.wasm', 'python_stdlib.zip']) {
      cage.write(await readFile(join(folder, name)));
    }
    await ready;
    return cage;
  }

  /** False once the process has ended. */
  get alive(): boolean {
    return !this.gone;
  }

  importFiles(files: readonly SourceFile[], options: ImportOptions): Promise<End> {
    this.asked += 1;
    const line = {
      send: (message: unknown) => this.write(new TextEncoder().encode(JSON.stringify(message))),
      listen: (hear: ((reply: Reply) => void) | null) => void (this.hear = hear),
    };
    return watch(line, { type: 'import', id: this.asked, files, options });
  }

  end(): void {
    this.gone = true;
    process.off('exit', this.kill);
    this.kill();
  }

  private write(content: Uint8Array): void {
    for (const part of block(content)) this.pipe.write(part);
  }

  private started(step: (name: BootStep) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (why: string): void => {
        clearTimeout(timer);
        this.end();
        reject(new Error(why));
      };
      const timer = setTimeout(() => failed(`no answer within ${BOOT_MS / 1_000} s`), BOOT_MS);
      this.hear = (reply) => {
        if (reply.type === 'failed') failed(reply.text);
        if (reply.type !== 'step') return;
        step(reply.step);
        if (reply.step !== 'ready') return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** An idle child keeps nobody waiting for the end of the command. */
  private letGo(): void {
    this.child.unref();
    for (const stream of [this.child.stdin, this.child.stdout, this.pipe]) {
      (stream as Socket | null)?.unref();
    }
  }

  private readLines(): void {
    let rest = '';
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.heard(line);
      if (rest.length > MAX_LINE) this.lost('its answer is too large');
    });
  }

  private heard(line: string): void {
    const reply = readReply(parseLine(line));
    if (reply) this.hear?.(reply);
  }

  private lost(text: string): void {
    const wasThere = !this.gone;
    this.end();
    if (wasThere) this.hear?.({ type: 'failed', text });
  }
}

/** No files, no processes, no threads, no add-ons, no code from strings, no warnings. */
function flags(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const stable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  const permission = stable ? '--permission' : '--experimental-permission';
  const strict = ['--disallow-code-generation-from-strings', '--input-type=module'];
  return ['--no-warnings', permission, ...strict, '-'];
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
