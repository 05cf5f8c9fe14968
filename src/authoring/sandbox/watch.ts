/** One import asked of an interpreter that may hang, lie or die: every silence has its limit. */
import type { Problem } from '../../base/result.ts';
import { problem } from '../../base/result.ts';
import { IMPORT_SECONDS } from '../limits.ts';
import type { ImportOptions, SourceFile } from '../protocol.ts';
import type { ImportMessage, Reply } from './messages.ts';

/** How an import ended: with an answer, with a broken interpreter, or without a word. */
export type End =
  | { readonly type: 'answer'; readonly json: string }
  | { readonly type: 'failed'; readonly text: string; readonly label: string }
  | { readonly type: 'silent'; readonly label: string };

/** The way to one interpreter and back. */
export interface Line {
  send(message: ImportMessage): void;
  /** Who hears the replies from now on; null for nobody. */
  listen(hear: ((reply: Reply) => void) | null): void;
}

/** Beyond the time that Python was given before it is taken for stuck. */
const GRACE_MS = 3_000;
/** Between two stretches of a person's code: our own work on what was found. */
const OWN_WORK_MS = 15_000;
/** A whole import, whatever the single stretches say. */
const TOTAL_MS = 180_000;
/** About 1.6 kB of JSON a task and at most 5,000 tasks a DAG. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** Told when a stretch of a file's own code begins: seconds that it may take, and the file. */
export type OnSpan = (seconds: number, label: string) => void;

/** Sends one import and waits for its end. */
export function watch(line: Line, message: ImportMessage, onSpan?: OnSpan): Promise<End> {
  return new Promise((resolve) => {
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
      line.listen(null);
      resolve(end);
    };
    line.listen((reply) => {
      if (reply.type === 'span') {
        label = reply.label;
        onSpan?.(reply.seconds, label);
        wait(Math.max(0, reply.seconds) * 1_000 + GRACE_MS + OWN_WORK_MS * Number(label === ''));
      } else {
        const end = endOf(reply, message.id, label);
        if (end) finish(end);
      }
    });
    wait(OWN_WORK_MS);
    line.send(message);
  });
}

function endOf(reply: Reply, id: number, label: string): End | null {
  if (reply.type === 'failed') return { type: 'failed', text: reply.text.slice(0, 4_000), label };
  if (reply.type !== 'answer' || reply.id !== id) return null;
  if (reply.json.length > MAX_ANSWER) {
    return { type: 'failed', text: 'the answer is too large', label };
  }
  return { type: 'answer', json: reply.json };
}

/** What an import without an answer means; names the file that was being read, if any was. */
export function problemOfEnd(
  end: Exclude<End, { type: 'answer' }>,
  files: readonly SourceFile[],
  options: ImportOptions,
): Problem {
  const { label } = end;
  const file = files.find((one) => one.name === label || one.name.endsWith(`/${label}`));
  const where = file ? { file: file.name } : undefined;
  if (end.type === 'failed') return problem(crashOf(end.text), { message: end.text }, where);
  if (!file) return problem('python_silent');
  const params = { limit_s: options.limitSeconds ?? IMPORT_SECONDS, class: 'AirflowTaskTimeout' };
  return problem('dag_import_timeout', params, where);
}

/** Why an interpreter ended, as far as its last words tell. */
function crashOf(text: string): string {
  if (/memory limit|out of memory|alloc/i.test(text)) return 'python_out_of_memory';
  return /too large/i.test(text) ? 'python_answer_too_large' : 'python_crashed';
}
