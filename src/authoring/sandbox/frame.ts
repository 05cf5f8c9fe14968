/** One hidden frame with one Python worker: start, ask, watch, end. */
import type { BootStep, ImportOptions, SourceFile } from '../protocol.ts';
import { FRAME_READY, readReply } from './messages.ts';
import type { Reply } from './messages.ts';
import type { SandboxParts } from './parts.ts';
import { watch } from './watch.ts';
import type { End, Line, OnSpan } from './watch.ts';

const BOOT_MS = 60_000;
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

  importFiles(files: readonly SourceFile[], options: ImportOptions, onSpan?: OnSpan): Promise<End> {
    this.asked += 1;
    return watch(this.line(), { type: 'import', id: this.asked, files, options }, onSpan);
  }

  /** Takes the frame, and with it the worker, out of the page. */
  end(): void {
    this.port.close();
    this.element.remove();
  }

  private line(): Line {
    return {
      send: (message) => this.port.postMessage(message),
      listen: (hear) => {
        this.port.onmessage = hear && ((event: MessageEvent<unknown>) => heard(event.data, hear));
      },
    };
  }
}

function heard(data: unknown, hear: (reply: Reply) => void): void {
  const reply = readReply(data);
  if (reply) hear(reply);
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
