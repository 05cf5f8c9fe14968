/** One lane as the drawer knows it: what came of its log, and the canvases that show it. */
import type { LogCodes } from '../explain/codes.ts';
import { brokenAt } from '../explain/edits.ts';
import type { LaneFrame, LaneInfo } from '../explain/frame.ts';
import { FrameReader } from '../explain/frameReader.ts';
import { countStates, loopAt, ticksAt } from '../explain/snapshot.ts';
import { Timeline } from '../explain/timeline.ts';
import type { Chunk } from '../kernel/index.ts';
import type { LaneExtras, LaneScene } from '../views/scene/laneScene.ts';

export class LaneDrawing {
  readonly timeline: Timeline;
  info: LaneInfo | null = null;
  private readonly reader: FrameReader;

  constructor(codes: LogCodes) {
    this.timeline = new Timeline(codes);
    this.reader = new FrameReader(this.timeline);
  }

  add(chunk: Chunk): void {
    this.timeline.add(chunk);
  }

  frameAt(t: number, epoch: number): LaneFrame {
    return this.reader.at(t, epoch);
  }

  draw(
    scene: LaneScene,
    moment: { t: number; epoch: number; animate: boolean; nowMs: number },
  ): void {
    const { timeline } = this;
    const frame = this.frameAt(moment.t, moment.epoch);
    const ticks = ticksAt(timeline, moment.t);
    const extras: LaneExtras = {
      loop: { ticks, blockedSince: loopAt(timeline, moment.t).blockedSince },
      broken: this.info ? brokenAt(timeline, this.info.faults, moment.t) : [],
      counts: countStates(timeline, frame),
      animate: moment.animate,
      nowMs: moment.nowMs,
    };
    scene.draw(frame, extras);
  }
}
