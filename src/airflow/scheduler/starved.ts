/**
 * What a critical section leaves out of its further queries, and what it has given away so far.
 * Lives for one critical section; the states change only at its end.
 *
 * An engine has one memory for all its critical sections: arrays by row number, of which only the
 * cells that were written are wiped again. A section that queues three task instances thus touches the
 * cells of three, and makes no objects.
 */
import type { EngineContext } from '../context.ts';
import { openSlots, type TakenSlots } from '../limits.ts';
import { TASK } from '../plan/index.ts';
import { storedDag } from '../world/versions.ts';

/** What earlier rows of this critical section took from the limits of a task instance. */
export interface Used {
  pool: number;
  active: number;
  task: number;
  runTask: number;
}

export interface Starved extends TakenSlots {
  /** Number of things left out. */
  readonly count: number;
  hasPool(pool: number): boolean;
  hasDag(dag: number): boolean;
  hasTi(ti: number): boolean;
  /** Each adds what the task instance names and returns false, as the check that calls it. */
  addPool(ti: number): false;
  addTask(ti: number): false;
  addRunTask(ti: number): false;
  addDag(ti: number): false;
  /** `batch`: most rows that the query takes. */
  beginQuery(batch: number): void;
  /** Counts a row of its run in this query; false beyond max_active_tasks rows (3.x). */
  inWindow(ti: number): boolean;
  use(ti: number): void;
  usedBy(ti: number): Used;
}

/** Small numbers by row; `clear` wipes what was written. */
class Tally {
  private cells = new Int32Array(64);
  private readonly written: number[] = [];
  /** Number of rows that have a value: so much of `written` counts. */
  size = 0;

  get(row: number): number {
    return row < this.cells.length ? this.cells[row]! : 0;
  }

  /** Adds to a row's number, which must not come back to 0; returns the sum. */
  add(row: number, by: number): number {
    if (row >= this.cells.length) this.grow(row);
    const before = this.cells[row]!;
    if (before === 0) this.written[this.size++] = row;
    return (this.cells[row] = before + by);
  }

  /** Sets a mark, once. */
  mark(row: number): void {
    if (this.get(row) === 0) this.add(row, 1);
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.cells[this.written[i]!] = 0;
    this.size = 0;
  }

  private grow(row: number): void {
    const more = new Int32Array(Math.max(row + 1, this.cells.length * 2));
    more.set(this.cells);
    this.cells = more;
  }
}

const used: Used = { pool: 0, active: 0, task: 0, runTask: 0 };

class Section implements Starved {
  readonly pools = new Tally();
  private readonly ctx: EngineContext;
  private readonly tasks = new Tally();
  private readonly runTasks = new Tally();
  private readonly dags = new Tally();
  private readonly rowsOfRun = new Tally();
  private readonly usedPools = new Tally();
  private readonly usedActive = new Tally();
  private readonly usedTasks = new Tally();
  private readonly usedRunTasks = new Tally();
  private batch = 0;

  constructor(ctx: EngineContext) {
    this.ctx = ctx;
  }

  clear(): void {
    this.pools.clear();
    this.tasks.clear();
    this.runTasks.clear();
    this.dags.clear();
    this.rowsOfRun.clear();
    this.usedPools.clear();
    this.usedActive.clear();
    this.usedTasks.clear();
    this.usedRunTasks.clear();
  }

  get count(): number {
    return this.pools.size + this.tasks.size + this.runTasks.size + this.dags.size;
  }

  hasPool(pool: number): boolean {
    return this.pools.get(pool) > 0;
  }

  hasDag(dag: number): boolean {
    return this.dags.size > 0 && this.dags.get(dag) > 0;
  }

  hasTi(ti: number): boolean {
    if (this.tasks.size > 0 && this.tasks.get(this.counterOf(ti)) > 0) return true;
    return this.runTasks.size > 0 && this.runTasks.get(this.runTaskOf(ti)) > 0;
  }

  addPool(ti: number): false {
    this.pools.mark(this.poolOf(ti));
    return false;
  }

  addTask(ti: number): false {
    this.tasks.mark(this.counterOf(ti));
    return false;
  }

  addRunTask(ti: number): false {
    this.runTasks.mark(this.runTaskOf(ti));
    return false;
  }

  addDag(ti: number): false {
    this.dags.mark(this.dagOf(ti));
    return false;
  }

  beginQuery(batch: number): void {
    this.rowsOfRun.clear();
    this.batch = batch;
  }

  inWindow(ti: number): boolean {
    if (!this.ctx.profile.queryWindowPerRun) return true;
    const most = storedDag(this.ctx, this.dagOf(ti)).maxActiveTasks;
    if (most >= this.batch) return true;
    return this.rowsOfRun.add(this.ctx.world.taskInstances.dag_run[ti]!, 1) <= most;
  }

  poolSlotsTaken(pool: number): number {
    return this.usedPools.get(pool);
  }

  activeTaken(run: number, dag: number): number {
    return this.usedActive.get(this.ctx.profile.maxActiveTasksPerRun ? run : dag);
  }

  use(ti: number): void {
    const task = this.taskOf(ti);
    const slots = this.ctx.plan.tasks.poolSlots[task]!;
    if (slots !== 0) this.usedPools.add(this.poolOf(ti), slots);
    this.usedActive.add(this.activeKey(ti), 1);
    if ((this.ctx.plan.tasks.flags[task]! & TASK.countsActive) === 0) return;
    this.usedTasks.add(this.counterOf(ti), 1);
    this.usedRunTasks.add(this.runTaskOf(ti), 1);
  }

  usedBy(ti: number): Used {
    used.pool = this.usedPools.get(this.poolOf(ti));
    used.active = this.usedActive.get(this.activeKey(ti));
    used.task = this.usedTasks.get(this.counterOf(ti));
    used.runTask = this.usedRunTasks.get(this.runTaskOf(ti));
    return used;
  }

  private taskOf(ti: number): number {
    return this.ctx.world.taskInstances.task[ti]!;
  }

  /** The task by its id, whatever version the run goes by. */
  private counterOf(ti: number): number {
    return this.ctx.plan.tasks.counter[this.taskOf(ti)]!;
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

const sections = new WeakMap<EngineContext, Section>();

/** Begins a critical section; what the last one had is forgotten. */
export function newStarved(ctx: EngineContext): Starved {
  const section = sectionOf(ctx);
  section.clear();
  for (let pool = 0; pool < ctx.plan.poolNames.length; pool++) {
    if (ctx.world.pools.exists[pool] === 1 && openSlots(ctx, pool) <= 0) section.pools.mark(pool);
  }
  return section;
}

function sectionOf(ctx: EngineContext): Section {
  let section = sections.get(ctx);
  if (section === undefined) sections.set(ctx, (section = new Section(ctx)));
  return section;
}
