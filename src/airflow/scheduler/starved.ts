/**
 * What a critical section leaves out of its further queries, and what it has given away so far.
 * Lives for one critical section; the states change only at its end.
 */
import type { EngineContext } from '../context.ts';
import { openSlots } from '../limits.ts';

/** What earlier rows of this critical section took from the limits of a task instance. */
export interface Used {
  pool: number;
  active: number;
  task: number;
  runTask: number;
}

export interface Starved {
  /** Number of things left out. */
  readonly count: number;
  hasPool(pool: number): boolean;
  hasTi(ti: number): boolean;
  /** Each adds what the task instance names and returns false, as the check that calls it. */
  addPool(ti: number): false;
  addTask(ti: number): false;
  addRunTask(ti: number): false;
  addDag(ti: number): false;
  beginQuery(): void;
  /** Counts a row of its run in this query; false beyond max_active_tasks rows (3.x). */
  inWindow(ti: number): boolean;
  use(ti: number): void;
  usedBy(ti: number): Used;
}

const used: Used = { pool: 0, active: 0, task: 0, runTask: 0 };

export function newStarved(ctx: EngineContext): Starved {
  const section = new Section(ctx);
  for (let pool = 0; pool < ctx.plan.poolNames.length; pool++) {
    if (ctx.world.pools.exists[pool] === 1 && openSlots(ctx, pool) <= 0) section.pools.add(pool);
  }
  return section;
}

class Section implements Starved {
  readonly pools = new Set<number>();
  private readonly ctx: EngineContext;
  private readonly tasks = new Set<number>();
  private readonly runTasks = new Set<number>();
  private readonly dags = new Set<number>();
  private readonly rowsOfRun = new Map<number, number>();
  private readonly usedPools = new Map<number, number>();
  private readonly usedActive = new Map<number, number>();
  private readonly usedTasks = new Map<number, number>();
  private readonly usedRunTasks = new Map<number, number>();

  constructor(ctx: EngineContext) {
    this.ctx = ctx;
  }

  get count(): number {
    return this.pools.size + this.tasks.size + this.runTasks.size + this.dags.size;
  }

  hasPool(pool: number): boolean {
    return this.pools.has(pool);
  }

  hasTi(ti: number): boolean {
    if (this.dags.size > 0 && this.dags.has(this.dagOf(ti))) return true;
    if (this.tasks.size > 0 && this.tasks.has(this.taskOf(ti))) return true;
    return this.runTasks.size > 0 && this.runTasks.has(this.runTaskOf(ti));
  }

  addPool(ti: number): false {
    this.pools.add(this.poolOf(ti));
    return false;
  }

  addTask(ti: number): false {
    this.tasks.add(this.taskOf(ti));
    return false;
  }

  addRunTask(ti: number): false {
    this.runTasks.add(this.runTaskOf(ti));
    return false;
  }

  addDag(ti: number): false {
    this.dags.add(this.dagOf(ti));
    return false;
  }

  beginQuery(): void {
    this.rowsOfRun.clear();
  }

  inWindow(ti: number): boolean {
    if (!this.ctx.profile.queryWindowPerRun) return true;
    const run = this.ctx.world.taskInstances.dag_run[ti]!;
    const rows = (this.rowsOfRun.get(run) ?? 0) + 1;
    this.rowsOfRun.set(run, rows);
    return rows <= this.ctx.plan.dags[this.dagOf(ti)]!.maxActiveTasks;
  }

  use(ti: number): void {
    const slots = this.ctx.plan.tasks.poolSlots[this.taskOf(ti)]!;
    raise(this.usedPools, this.poolOf(ti), slots);
    raise(this.usedActive, this.activeKey(ti), 1);
    raise(this.usedTasks, this.taskOf(ti), 1);
    raise(this.usedRunTasks, this.runTaskOf(ti), 1);
  }

  usedBy(ti: number): Used {
    used.pool = this.usedPools.get(this.poolOf(ti)) ?? 0;
    used.active = this.usedActive.get(this.activeKey(ti)) ?? 0;
    used.task = this.usedTasks.get(this.taskOf(ti)) ?? 0;
    used.runTask = this.usedRunTasks.get(this.runTaskOf(ti)) ?? 0;
    return used;
  }

  private taskOf(ti: number): number {
    return this.ctx.world.taskInstances.task[ti]!;
  }

  private poolOf(ti: number): number {
    return this.ctx.plan.tasks.pool[this.taskOf(ti)]!;
  }

  private dagOf(ti: number): number {
    return this.ctx.plan.tasks.dag[this.taskOf(ti)]!;
  }

  private activeKey(ti: number): number {
    if (!this.ctx.profile.maxActiveTasksPerRun) return this.dagOf(ti);
    return this.ctx.world.taskInstances.dag_run[ti]!;
  }

  private runTaskOf(ti: number): number {
    const { taskInstances: tis, dagRuns } = this.ctx.world;
    return dagRuns.first_task[tis.dag_run[ti]!]! + this.ctx.plan.tasks.position[this.taskOf(ti)]!;
  }
}

function raise(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}
