/** Copies of an engine's state on its way, for looking at its tables at an earlier time. */
import type { Log, SavedSimulation } from '../../kernel/index.ts';
import { CHECKPOINT_EVENTS } from '../../kernel/index.ts';
import type { LaneEngine } from './laneEngine.ts';

/** When there are more, every second one goes. */
const MOST = 32;

export class LaneCheckpoints {
  private kept: SavedSimulation[] = [];
  private start: SavedSimulation | null = null;
  private every = CHECKPOINT_EVENTS;

  /** To be called between slices: keeps one when it is time. */
  offer(engine: LaneEngine): void {
    const last = this.kept.at(-1);
    if (last && engine.events - last.events < this.every) return;
    this.kept.push(engine.save());
    if (this.kept.length <= MOST) return;
    this.kept = this.kept.filter((_, at) => at % 2 === 0);
    this.every *= 2;
  }

  /** Brings another engine of the same scenario to a time; `log` is that of the run. */
  restore(probe: LaneEngine, log: Log, time: number): void {
    this.start ??= probe.save();
    const saved = this.kept.findLast((one) => one.now <= time) ?? this.start;
    if (probe.now > time || probe.now < saved.now) probe.load(saved, log.fork(saved.records));
    probe.goTo(time);
  }
}
