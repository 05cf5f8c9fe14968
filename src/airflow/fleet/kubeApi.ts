/**
 * The API server of the Kubernetes cluster, as executors and watchers meet it: it answers, answers
 * with an error, refuses connections, or says nothing at all (semantics 6.4.2, 6.4.3).
 */
import { group, IntQueue, scalars, type Saveable } from '../../kernel/index.ts';

/** Answers to a create call that are no HTTP status. */
export const ANSWER = {
  created: 0,
  noConnection: -1,
  noAnswer: -2,
  /** 403 "exceeded quota". */
  exceededQuota: 403,
} as const;

/** With task_publish_max_retries left the pod is tried again; what is not here fails at once. */
const FOR_NOW: ReadonlySet<number> = new Set([
  ANSWER.noConnection,
  ANSWER.noAnswer,
  ANSWER.exceededQuota,
  409,
  410,
  429,
  500,
  502,
  503,
  504,
]);

export class KubeApi {
  readonly state: Saveable;
  private readonly now = { answer: ANSWER.created as number, retryAfter: 0 };
  /** Pods whose end no watcher could see. */
  private readonly unseen = new IntQueue();

  constructor() {
    this.state = group({ now: scalars(this.now), unseen: this.unseen });
  }

  /** Fault: each create call gets this from now on. */
  break(answer: number, retryAfter: number): void {
    this.now.answer = answer;
    this.now.retryAfter = retryAfter;
  }

  /** True when nobody gets through, watchers neither. */
  get isAway(): boolean {
    return this.now.answer < ANSWER.created;
  }

  get answer(): number {
    return this.now.answer;
  }

  /** Microseconds of `Retry-After` in an error, 0 when it has none. */
  get retryAfter(): number {
    return this.now.retryAfter;
  }

  missed(w: number): void {
    this.unseen.push(w);
  }

  forget(w: number): void {
    this.unseen.remove(w);
  }

  /** Ends that were missed and whose watcher starts anew. */
  takeMissed(isSeen: (w: number) => boolean): number[] {
    const found: number[] = [];
    for (let left = this.unseen.size; left > 0; left--) {
      const w = this.unseen.shift();
      if (isSeen(w)) found.push(w);
      else this.unseen.push(w);
    }
    return found;
  }
}

/** The executor may try the create call again. */
export function isForNow(answer: number): boolean {
  return FOR_NOW.has(answer);
}

/** The executor stops creating pods until Retry-After is over. */
export function pausesCreation(answer: number, retryAfter: number): boolean {
  return answer === 429 || (answer > 0 && retryAfter > 0);
}
