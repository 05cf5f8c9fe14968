/**
 * The triggerer processes of a lane (semantics 8.5, 15.1). Each start of one is a life of its own,
 * with a job row of its own: triggers belong to a life, and stay with it after a kill until its
 * last heartbeat is too old.
 */
import { group, makeTable, type Saveable } from '../../kernel/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import type { PlantEnv } from './env.ts';
import { NONE } from './workloads.ts';

const STATE = { down: 0, up: 1, blocked: 2 } as const;

/** A life is `triggerer + MOST x epoch`. */
const MOST = 64;

export class TriggererLives {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly table = makeTable('triggerer', {
    state: ['u8', STATE.up],
    epoch: 'i32',
    running: 'i32',
    /** When its process started, when its event loop was blocked. */
    started: 'f64',
    blocked: 'f64',
    /** It has exited because of something else than itself. */
    exited: 'u8',
  });

  constructor(env: PlantEnv, count: number) {
    this.env = env;
    this.table.addRows(count);
    this.state = group({ table: this.table });
  }

  /** Triggers that living triggerers run, and could run. */
  get room(): { used: number; capacity: number } {
    const { table } = this;
    let up = 0;
    let used = 0;
    for (let each = 0; each < table.rows; each++) {
      if (table.state[each] === STATE.down) continue;
      up += 1;
      used += table.running[each]!;
    }
    return { used, capacity: up * this.env.config.triggererCapacity };
  }

  get count(): number {
    return this.table.rows;
  }

  /** Takes room in the one that has most, the first of equals; returns its life or NONE. */
  take(): number {
    const { table } = this;
    let best: number = NONE;
    for (let each = 0; each < table.rows; each++) {
      const free = table.state[each] === STATE.up && table.running[each]! < this.capacity;
      const less = best === NONE || table.running[each]! < table.running[best]!;
      if (free && less) best = each;
    }
    if (best === NONE) return NONE;
    table.running[best]! += 1;
    return this.lifeOf(best);
  }

  /** A trigger of that life is over, or was taken away. */
  giveBack(life: number): void {
    if (this.isCurrent(life)) this.table.running[life % MOST]! -= 1;
  }

  isBlocked(life: number): boolean {
    return this.isCurrent(life) && this.table.state[life % MOST] === STATE.blocked;
  }

  isCurrent(life: number): boolean {
    return life !== NONE && life === this.lifeOf(life % MOST);
  }

  lifeOf(triggerer: number): number {
    return triggerer + MOST * this.table.epoch[triggerer]!;
  }

  /** SIGKILL or (`cleanly`) SIGTERM. Returns the life that ended, NONE when there was none. */
  end(triggerer: number, cleanly: boolean): number {
    const { table } = this;
    if (table.state[triggerer] === STATE.down) return NONE;
    const life = this.lifeOf(triggerer);
    const { context, config } = this.env;
    const silent = this.lastBeat(triggerer) + config.triggererThreshold;
    table.state[triggerer] = STATE.down;
    table.epoch[triggerer]! += 1;
    table.running[triggerer] = 0;
    if (!cleanly) {
      const at = Math.max(context.now, silent);
      context.at(at, PLANT_EVENT.triggererSilent, triggerer, life);
    }
    return life;
  }

  /** Its event loop stands still. 3.x: when that lasts, it stops its own heartbeat. */
  block(triggerer: number): boolean {
    const { table } = this;
    const { context, config } = this.env;
    if (table.state[triggerer] !== STATE.up) return false;
    table.state[triggerer] = STATE.blocked;
    table.blocked[triggerer] = context.now;
    if (config.runnerThreshold <= 0) return true;
    const life = this.lifeOf(triggerer);
    const wait = config.runnerThreshold + config.triggererThreshold;
    context.after(wait, PLANT_EVENT.triggererSilent, triggerer, life);
    return true;
  }

  /** It exits with others, and is started again with them. Returns the life that ended. */
  exit(triggerer: number): number {
    const life = this.end(triggerer, false);
    if (life !== NONE) this.table.exited[triggerer] = 1;
    return life;
  }

  hasExited(triggerer: number): boolean {
    return this.table.exited[triggerer] === 1;
  }

  /** Starts a process (true), or lets a blocked one go on (its life); false: it is up. */
  restore(triggerer: number): boolean | number {
    const { table } = this;
    const before = table.state[triggerer]!;
    if (before === STATE.up) return false;
    table.state[triggerer] = STATE.up;
    table.exited[triggerer] = 0;
    if (before === STATE.blocked) return this.lifeOf(triggerer);
    table.started[triggerer] = this.env.context.now;
    return true;
  }

  /** The event: do others take the triggers of the life now? */
  isSilent(life: number): boolean {
    if (!this.isCurrent(life)) return true;
    const triggerer = life % MOST;
    const { runnerThreshold, triggererThreshold } = this.env.config;
    const lasted = this.env.context.now - this.table.blocked[triggerer]!;
    return this.isBlocked(life) && lasted >= runnerThreshold + triggererThreshold;
  }

  private get capacity(): number {
    return this.env.config.triggererCapacity;
  }

  /** Beats are no events. */
  private lastBeat(triggerer: number): number {
    const { context, config } = this.env;
    const started = this.table.started[triggerer]!;
    const beats = Math.floor((context.now - started) / config.triggererHeartbeat);
    return started + beats * config.triggererHeartbeat;
  }
}
