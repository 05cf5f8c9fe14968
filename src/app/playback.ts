/** The playback machine at work: tells the drawer its clock and the model its state. */
import { createActor } from 'xstate';
import { timeOf } from '../host/protocol.ts';
import type { ClockState } from '../host/protocol.ts';
import type { Playhead } from './context.ts';
import type { Playback, Speed } from './model.ts';
import { clockOf, playbackMachine } from './playback.machine.ts';
import type { PlaybackEvent } from './playback.machine.ts';

export interface PlaybackOptions {
  now(): number;
  /** Whenever the clock is set anew. */
  changed(clock: ClockState): void;
}

type Timed<E> = E extends { now: number } ? Omit<E, 'now'> : never;

export class PlaybackControl implements Playhead {
  private readonly options: PlaybackOptions;
  private readonly actor = createActor(playbackMachine);

  constructor(options: PlaybackOptions) {
    this.options = options;
    this.actor.start();
  }

  now(): number {
    return timeOf(this.clock, this.options.now());
  }

  get clock(): ClockState {
    const snapshot = this.actor.getSnapshot();
    return clockOf(snapshot.context, snapshot.hasTag('moving'));
  }

  get moving(): boolean {
    return this.actor.getSnapshot().hasTag('moving');
  }

  get state(): Playback {
    const { context } = this.actor.getSnapshot();
    return { t: this.now(), playing: this.moving, speed: context.speed, end: context.end };
  }

  /** Another run begins: from the start, or where the clock stands. */
  run(play: boolean, keep: boolean): void {
    // What has passed since the clock was set belongs to the place that is kept.
    if (keep && this.moving) this.pause();
    this.send({ type: 'run', play, keep });
  }

  horizon(limit: number, end: number): void {
    const { context } = this.actor.getSnapshot();
    if (context.limit === limit && context.end === end) return;
    this.send({ type: 'horizon', limit, end });
  }

  play(): void {
    this.send({ type: 'play' });
  }

  pause(): void {
    this.send({ type: 'pause' });
  }

  seek(t: number): void {
    this.send({ type: 'seek', t });
  }

  setSpeed(speed: Speed): void {
    this.send({ type: 'speed', speed });
  }

  /** Stops at the end of all lanes. To be called now and then. */
  checkEnd(computing: boolean): void {
    const { context } = this.actor.getSnapshot();
    if (this.moving && !computing && this.now() >= context.end) this.send({ type: 'reached' });
  }

  private send(event: Timed<PlaybackEvent>): void {
    this.actor.send({ ...event, now: this.options.now() } as PlaybackEvent);
    this.options.changed(this.clock);
  }
}
