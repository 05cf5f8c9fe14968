/**
 * Runs as a tree. A change in the past never overwrites: it makes a branch that starts as its
 * parent was at that moment, takes the change and lives on. Branches share the closed chunks of
 * the log up to there and nothing that can change.
 */
import { assert } from '../base/assert.ts';
import type { SimTime } from '../base/time.ts';
import { CHECKPOINT_EVENTS, Checkpoints } from './checkpoint.ts';
import { Simulation } from './simulation.ts';
import type { EditOf, Limits, Model, RunEnd, RunOptions, SimulationContext } from './simulation.ts';

/** A moment of a run: after all events up to a time, or after so many events. */
export type Moment = { readonly time: SimTime } | { readonly events: number };

/** Where a branch left its parent: after `events` events, with the clock at `time`. */
export interface ForkPoint {
  readonly events: number;
  readonly time: SimTime;
}

export interface RunTreeOptions<M extends Model> {
  readonly seed: number;
  readonly make: (context: SimulationContext) => M;
  readonly limits?: Partial<Limits> | undefined;
  /** Events between checkpoints. */
  readonly checkpointEvents?: number | undefined;
}

export class Branch<M extends Model> {
  readonly id: number;
  readonly parent: Branch<M> | undefined;
  readonly point: ForkPoint;
  readonly edit: EditOf<M> | undefined;
  readonly simulation: Simulation<M>;
  readonly checkpoints: Checkpoints;

  constructor(
    id: number,
    simulation: Simulation<M>,
    every: number,
    origin?: { readonly parent: Branch<M>; readonly edit: EditOf<M> | undefined },
  ) {
    this.id = id;
    this.parent = origin?.parent;
    this.point = { events: simulation.events, time: simulation.now };
    this.edit = origin?.edit;
    if (this.edit !== undefined) simulation.edit(this.edit);
    this.simulation = simulation;
    this.checkpoints = new Checkpoints(simulation.save(), every);
  }

  /** As `Simulation.run`, with checkpoints on the way. */
  run(options: RunOptions = {}): RunEnd {
    const { simulation, checkpoints } = this;
    const last = simulation.events + (options.events ?? Infinity);
    for (;;) {
      const slice = Math.min(checkpoints.distance(simulation.events), last - simulation.events);
      const end = simulation.run({ ...options, events: slice });
      if (checkpoints.due(simulation.events)) checkpoints.add(simulation.save());
      if (end.reason !== 'events' || simulation.events >= last) return end;
    }
  }
}

export class RunTree<M extends Model> {
  readonly root: Branch<M>;
  /** By id. */
  readonly branches: Branch<M>[] = [];
  private readonly options: RunTreeOptions<M>;
  private readonly every: number;

  constructor(options: RunTreeOptions<M>) {
    this.options = options;
    this.every = options.checkpointEvents ?? CHECKPOINT_EVENTS;
    this.root = this.add(new Branch<M>(0, new Simulation(options), this.every));
  }

  /** A branch off `parent` at a moment that it has reached, with a change. */
  fork(parent: Branch<M>, moment: Moment, edit?: EditOf<M>): Branch<M> {
    const owner = ownerOf(parent, moment);
    const simulation = this.at(owner, moment);
    return this.add(
      new Branch(this.branches.length, simulation, this.every, { parent: owner, edit }),
    );
  }

  /**
   * The world as it was at a moment of a branch, in a simulation of its own: to look at tables
   * that the log does not tell. Replays from the nearest checkpoint.
   */
  at(branch: Branch<M>, moment: Moment): Simulation<M> {
    const owner = ownerOf(branch, moment);
    const { checkpoints, simulation: original } = owner;
    const saved =
      'time' in moment
        ? checkpoints.beforeTime(moment.time)
        : checkpoints.beforeEvents(moment.events);
    assert(saved, 'moment lies before the run', { ...moment });
    const simulation = new Simulation<M>(this.options);
    simulation.load(saved, original.log.fork(saved.records));
    goTo(simulation, moment);
    assert(simulation.events <= original.events, 'moment lies beyond the run', { ...moment });
    return simulation;
  }

  /** The run of a branch from the very beginning, with no use of checkpoints: to check them. */
  replay(branch: Branch<M>): Simulation<M> {
    const path = ancestry(branch);
    const simulation = new Simulation<M>(this.options);
    for (const { point, edit } of path) {
      goTo(simulation, { events: point.events });
      if (point.time > simulation.now) goTo(simulation, { time: point.time });
      if (edit !== undefined) simulation.edit(edit);
    }
    goTo(simulation, { events: branch.simulation.events });
    return simulation;
  }

  private add(branch: Branch<M>): Branch<M> {
    this.branches.push(branch);
    return branch;
  }
}

/** The branch or ancestor that a moment belongs to: the last one that had begun by then. */
function ownerOf<M extends Model>(branch: Branch<M>, moment: Moment): Branch<M> {
  const begun = (b: Branch<M>): boolean =>
    'time' in moment ? b.point.time <= moment.time : b.point.events <= moment.events;
  let owner = branch;
  while (owner.parent !== undefined && !begun(owner)) owner = owner.parent;
  return owner;
}

function ancestry<M extends Model>(branch: Branch<M>): Branch<M>[] {
  return branch.parent === undefined ? [branch] : [...ancestry(branch.parent), branch];
}

/** On to a moment; stops that the model asks for on the way were passed before as well. */
function goTo<M extends Model>(simulation: Simulation<M>, moment: Moment): void {
  for (;;) {
    const end =
      'time' in moment
        ? simulation.run({ until: moment.time })
        : simulation.run({ events: moment.events - simulation.events });
    if (end.reason !== 'stopped') return;
  }
}
