/** One hidden frame with one Python worker: start, ask, watch, end. */
import type { BootStep, ImportOptions, SourceFile } from '../protocol.ts';
import { FRAME_READY, readReply } from './messages.ts';
import type { ImportMessage, Reply } from './messages.ts';
import type { SandboxParts } from './parts.ts';

/** How an import ended: with an answer, with a broken interpreter, or without a word. */
export type End =
  | { readonly type: 'answer'; readonly json: string }
  | { readonly type: 'failed'; readonly text: string }
  | { readonly type: 'silent'; readonly label: string };

const BOOT_MS = 60_000;
/** Beyond the time that Python was given before it is taken for stuck. */
const GRACE_MS = 3_000;
/** Between two stretches of a person's code: our own work on what was found. */
const OWN_WORK_MS = 15_000;
/** A whole import, whatever the single stretches say. */
const TOTAL_MS = 180_000;
/** About 1.6 kB of JSON a task and at most 5,000 tasks a DAG. */
const MAX_ANSWER = 16 * 1024 * 1024;

export class SandboxFrame {
  private readonly element: HTMLIFrameElement;
  private readonly port: MessagePort;
  private asked = 0;

  private constructor(element: HTMLIFrameElement, port: MessagePort) {
    this.element = element;
    this.port = port;
  }

  /** Rejects when the interpreter does not start in time. */
  static async start(
    parts: SandboxParts,
    home: HTMLElement,
    onStep: (step: BootStep) => void,
  ): Promise<SandboxFrame> {
    const element = frameElement(parts.frame);
    home.append(element);
    try {
      const port = await within(BOOT_MS, connect(element, parts, onStep));
      return new SandboxFrame(element, port);
    } catch (error) {
      element.remove();
      throw error;
    }
  }

  importFiles(files: readonly SourceFile[], options: ImportOptions): Promise<End> {
    this.asked += 1;
    const message: ImportMessage = { type: 'import', id: this.asked, files, options };
    return new Promise((resolve) => this.watch(message, resolve));
  }

  /** Takes the frame, and with it the worker, out of the page. */
  end(): void {
    this.port.close();
    this.element.remove();
  }

  /** Waits for the answer to one message; every silence has its limit. */
  private watch(message: ImportMessage, resolve: (end: End) => void): void {
    let label = '';
    let timer: ReturnType<typeof setTimeout>;
    const silent = (): void => finish({ type: 'silent', label });
    const total = setTimeout(silent, TOTAL_MS);
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(silent, ms);
    };
    const finish = (end: End): void => {
      clearTimeout(timer);
      clearTimeout(total);
      this.port.onmessage = null;
      resolve(end);
    };
    this.port.onmessage = (event: MessageEvent<unknown>) => {
      const reply = readReply(event.data);
      if (reply?.type === 'span') {
        label = reply.label;
        wait(Math.max(0, reply.seconds) * 1_000 + GRACE_MS + OWN_WORK_MS * Number(label === ''));
      } else if (reply) {
        const end = endOf(reply, message.id);
        if (end) finish(end);
      }
    };
    wait(OWN_WORK_MS);
    this.port.postMessage(message);
  }
}

function endOf(reply: Reply, id: number): End | null {
  if (reply.type === 'failed') return { type: 'failed', text: reply.text.slice(0, 4_000) };
  if (reply.type !== 'answer' || reply.id !== id) return null;
  if (reply.json.length > MAX_ANSWER) return { type: 'failed', text: 'the answer is too large' };
  return { type: 'answer', json: reply.json };
}

function frameElement(address: string): HTMLIFrameElement {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('allow', '');
  element.setAttribute('aria-hidden', 'true');
  element.hidden = true;
  element.tabIndex = -1;
  element.src = address;
  return element;
}

/** The frame says that it listens, gets the parts and a port, and the worker says `ready`. */
function connect(
  element: HTMLIFrameElement,
  parts: SandboxParts,
  onStep: (step: BootStep) => void,
): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source !== element.contentWindow || event.origin !== 'null') return;
      if (event.data !== FRAME_READY) return;
      removeEventListener('message', listen);
      // '*' because an opaque origin has no name; the window itself is the address.
      element.contentWindow?.postMessage(parts.start, '*', [port2]);
    };
    addEventListener('message', listen);
    port1.onmessage = (event: MessageEvent<unknown>) => {
      const reply = readReply(event.data);
      if (reply?.type === 'failed') reject(new Error(reply.text));
      if (reply?.type !== 'step') return;
      onStep(reply.step);
      if (reply.step === 'ready') resolve(port1);
    };
  });
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${ms / 1_000} s`));
    const timer = setTimeout(late, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
