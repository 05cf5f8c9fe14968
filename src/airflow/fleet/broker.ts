/** The broker of Celery: one first-in-first-out list of messages per queue name (semantics 6.3.2). */
import { group, IntQueue, scalars, type Saveable } from '../../kernel/index.ts';
import { aheadIn } from '../executors/queuedReason.ts';
import type { FleetSpec } from '../scenario.ts';

/** up: takes and gives; refusing: connections fail at once; silent: it does not answer. */
export const BROKER = { up: 0, refusing: 1, silent: 2 } as const;

export class Broker {
  readonly state: Saveable;
  readonly queueNames: readonly string[];
  private readonly queues: readonly IntQueue[];
  private readonly health = { mode: BROKER.up as number };

  /** RabbitMQ gives messages of a lost connection to others at once; Redis waits for a day. */
  readonly redeliversOnClose: boolean;

  constructor(queueNames: readonly string[], kind: FleetSpec['broker']) {
    this.redeliversOnClose = kind === 'rabbitmq';
    this.queueNames = queueNames;
    this.queues = queueNames.map(() => new IntQueue());
    const parts = this.queues.map((queue, i) => [`queue${i}`, queue] as const);
    this.state = group({ ...Object.fromEntries(parts), health: scalars(this.health) });
  }

  get mode(): number {
    return this.health.mode;
  }

  set mode(mode: number) {
    this.health.mode = mode;
  }

  put(queue: number, w: number): void {
    this.queues[queue]!.push(w);
  }

  /** Takes the oldest message of a queue; -1 when it is empty or the broker does not answer. */
  take(queue: number): number {
    const messages = this.queues[queue]!;
    if (messages.size === 0 || this.health.mode !== BROKER.up) return -1;
    return messages.shift();
  }

  /** Takes the oldest message away, be the broker up or not; -1 when there is none. */
  drop(queue: number): number {
    const messages = this.queues[queue]!;
    return messages.size === 0 ? -1 : messages.shift();
  }

  /** Puts a message back in front: it was delivered before. */
  giveBack(queue: number, w: number): void {
    this.queues[queue]!.unshift(w);
  }

  remove(queue: number, w: number): boolean {
    return this.queues[queue]!.remove(w);
  }

  /** Messages of the queue before this one. */
  ahead(queue: number, w: number): number {
    return aheadIn(this.queues[queue]!, w);
  }

  waiting(queue: number): number {
    return this.queues[queue]!.size;
  }
}
