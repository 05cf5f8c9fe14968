/**
 * Messages of the CeleryExecutor beyond the plain way through the broker: delivered again, revoked,
 * lost (semantics 6.3.2, 6.3.3). A workload is one delivery of a message; the key waits for the
 * result of the message, whichever delivery writes it.
 */
import { IntQueue, group, scalars, type Saveable } from '../../../kernel/index.ts';
import { celeryKey } from '../../../machines/index.ts';
import { BROKER, type Broker } from '../../fleet/broker.ts';
import { addWorkload, forgetPlans, later, type PlantEnv } from '../../runner/env.ts';
import { FLAG, NONE, STAGE } from '../../runner/workloads.ts';
import { PLANT_EVENT } from '../plantEvents.ts';

export class Messages {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly broker: Broker;
  /** Given back by a closed connection while the broker is away: handed out when it is back. */
  private readonly held = new IntQueue();
  private readonly counters = { sent: 0 };

  constructor(env: PlantEnv, broker: Broker) {
    this.env = env;
    this.broker = broker;
    this.state = group({ held: this.held, counters: scalars(this.counters) });
  }

  /** The workload is a new message. */
  number(w: number): void {
    this.env.workloads.rows.message[w] = this.counters.sent++;
  }

  /** The message that the row of a task instance names; -1 when there is none. */
  ofRow(ti: number): number {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    let w = workloads.newest(ti);
    while (w !== NONE && (rows.flags[w]! & FLAG.copy) !== 0) w = rows.next[w]!;
    return w !== NONE && rows.tryNumber[w] === port.tryNumberOf(ti) ? w : NONE;
  }

  /** Number of the scheduler that waits for the result of its message. */
  ownerOf(w: number): number {
    const holder = this.holderOf(w);
    return this.env.workloads.rows.owner[holder === NONE ? w : holder]!;
  }

  /** The workload whose key waits for its result: another one when its message came again. */
  holderOf(copy: number): number {
    const { workloads } = this.env;
    const { rows } = workloads;
    if ((rows.flags[copy]! & FLAG.copy) === 0) return copy;
    for (let w = workloads.newest(rows.ti[copy]!); w !== NONE; w = rows.next[w]!) {
      const holds = (rows.flags[w]! & FLAG.running) !== 0;
      if (holds && rows.message[w] === rows.message[copy]) return w;
    }
    return NONE;
  }

  /**
   * A delivery that nobody will acknowledge. What had begun stays a workload of its own, and the
   * message is another. RabbitMQ: back when the connection closes; Redis: after its timeout.
   */
  giveBack(w: number, begun: boolean, atOnce = false): void {
    const message = begun ? this.copyOf(w) : w;
    if (begun) this.env.workloads.rows.flags[w]! |= FLAG.copied;
    if (atOnce || this.broker.redeliversOnClose) this.returnNow(message);
    else this.returnAfter(message, this.env.config.visibilityTimeout);
  }

  /** Back in its queue at once, as a clean shutdown does with either broker. */
  returnNow(w: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.sent, context.now);
    if (this.broker.mode === BROKER.up) return later(this.env, w, 0, PLANT_EVENT.redeliver);
    workloads.rest(w);
    this.held.push(w);
  }

  /** The broker hands the message out a second time though its first delivery still works. */
  deliverCopy(w: number): void {
    this.env.workloads.rows.flags[w]! |= FLAG.copied;
    this.returnNow(this.copyOf(w));
  }

  /** The broker is back: what closed connections had goes into the queues again. */
  release(): void {
    for (let left = this.held.size; left > 0; left--) this.returnNow(this.held.shift());
  }

  /** It lies in its queue again, before the others. */
  redeliver(w: number): void {
    const { workloads, port, context } = this.env;
    workloads.wake(w);
    workloads.enter(w, STAGE.sent, context.now);
    this.broker.giveBack(port.queueOf(workloads.rows.ti[w]!), w);
  }

  /** The executor wants the message no longer; workers that are up know, it stays where it is. */
  forgo(w: number): void {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    rows.flags[w]! |= FLAG.ignored | FLAG.revoked;
    rows.later[w] = context.now;
    workloads.rest(w);
  }

  discard(w: number): void {
    const { workloads, port } = this.env;
    forgetPlans(this.env, w);
    this.held.remove(w);
    this.broker.remove(port.queueOf(workloads.rows.ti[w]!), w);
    workloads.remove(w);
  }

  /** Everything that lies in a queue is gone; returns how much that was. */
  lose(queue: number): number {
    let lost = 0;
    for (let w = this.broker.drop(queue); w !== NONE; w = this.broker.drop(queue)) {
      this.lost(w);
      lost += 1;
    }
    return lost;
  }

  /** What only the broker's list of unacknowledged messages still had. */
  loseUnacked(): void {
    const { rows } = this.env.workloads;
    while (this.held.size > 0) this.lost(this.held.shift());
    for (let w = 0; w < rows.rows; w++) {
      const mine = rows.ti[w] !== NONE && rows.part[w] === this.env.part;
      const waits = mine && rows.stage[w] === STAGE.sent;
      if (waits && this.isUnacked(w)) this.lost(w);
    }
  }

  /** It waits for the visibility timeout. */
  private isUnacked(w: number): boolean {
    const { rows } = this.env.workloads;
    return (rows.flags[w]! & FLAG.resting) !== 0 && rows.until[w]! > this.env.context.now;
  }

  /** The message is no more. The key that waits for it keeps its place in the running set. */
  lost(w: number): void {
    const { workloads } = this.env;
    const { rows } = workloads;
    forgetPlans(this.env, w);
    workloads.enter(w, STAGE.sent, this.env.context.now);
    rows.until[w] = NONE;
    if ((rows.flags[w]! & FLAG.running) === 0) workloads.remove(w);
    else workloads.rest(w);
  }

  private returnAfter(w: number, wait: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.sent, context.now);
    workloads.rest(w);
    later(this.env, w, wait, PLANT_EVENT.redeliver);
  }

  private copyOf(w: number): number {
    const { rows } = this.env.workloads;
    const copy = addWorkload(this.env, rows.ti[w]!, rows.tryNumber[w]!);
    rows.key[copy] = celeryKey.initial;
    rows.message[copy] = rows.message[w]!;
    rows.later[copy] = rows.later[w]!;
    rows.owner[copy] = rows.owner[w]!;
    rows.part[copy] = rows.part[w]!;
    rows.flags[copy] = FLAG.copy | (rows.flags[w]! & (FLAG.ignored | FLAG.revoked));
    return copy;
  }
}
