/**
 * The clock of the page. It moves a cursor over logs that are computed ahead; it never moves the
 * simulation. Every event carries the real time, so that the machine itself reads no clock.
 *
 *     empty --run--> playing <-> paused;  playing --reached--> ended
 */
import { assign, setup } from 'xstate';
import { timeOf } from '../host/protocol.ts';
import type { ClockState } from '../host/protocol.ts';
import type { Speed } from './model.ts';

export interface PlaybackContext {
  speed: Speed;
  /** Simulated microseconds at real time `at`. */
  t: number;
  at: number;
  /** Up to where every lane is computed. */
  limit: number;
  /** Largest end of all lanes, as far as known. */
  end: number;
  epoch: number;
}

export type PlaybackEvent =
  | { type: 'run'; now: number; play: boolean; keep: boolean }
  | { type: 'horizon'; now: number; limit: number; end: number }
  | { type: 'play' | 'pause' | 'reached'; now: number }
  | { type: 'seek'; now: number; t: number }
  | { type: 'speed'; now: number; speed: Speed };

/** Whole run in a minute. */
const FIT_S = 60;

function rateOf(context: Pick<PlaybackContext, 'speed' | 'end'>): number {
  if (context.speed !== 'fit') return context.speed;
  return Math.max(1, context.end / 1_000_000 / FIT_S);
}

export const playbackMachine = setup({
  types: {
    context: {} as PlaybackContext,
    events: {} as PlaybackEvent,
    tags: {} as 'moving',
  },
  guards: {
    wants_to_play: ({ event }) => event.type === 'run' && event.play,
    stays_paused: ({ event }) => event.type === 'run' && !event.play,
  },
  actions: {
    begin: assign(({ context, event }) => ({
      t: event.type === 'run' && event.keep ? context.t : 0,
      at: event.now,
      limit: 0,
      epoch: context.epoch + 1,
    })),
    /** What has passed at the old rate is kept when the rate changes. */
    hold_time: assign(({ context, event }) => ({
      t: runningTime(context, event.now),
      at: event.now,
    })),
    stay: assign(({ event }) => ({ at: event.now })),
    to_start: assign(({ context, event }) => ({ t: 0, at: event.now, epoch: context.epoch + 1 })),
    to_end: assign(({ context, event }) => ({ t: context.end, at: event.now })),
    set_horizon: assign(({ event }) =>
      event.type === 'horizon' ? { limit: event.limit, end: event.end } : {},
    ),
    set_speed: assign(({ event }) => (event.type === 'speed' ? { speed: event.speed } : {})),
    jump: assign(({ context, event }) =>
      event.type === 'seek'
        ? {
            t: Math.max(0, Math.min(context.end, event.t)),
            at: event.now,
            epoch: context.epoch + 1,
          }
        : {},
    ),
  },
}).createMachine({
  id: 'playback',
  initial: 'empty',
  context: { speed: 24, t: 0, at: 0, limit: 0, end: 0, epoch: 0 },
  on: {
    run: [
      { guard: 'wants_to_play', target: '.playing', actions: ['begin'] },
      { guard: 'stays_paused', target: '.paused', actions: ['begin'] },
    ],
  },
  states: {
    empty: { on: { speed: { actions: ['set_speed'] } } },
    paused: {
      on: {
        play: { target: 'playing', actions: ['stay'] },
        seek: { actions: ['jump'] },
        speed: { actions: ['set_speed'] },
        horizon: { actions: ['set_horizon'] },
      },
    },
    playing: {
      tags: ['moving'],
      on: {
        pause: { target: 'paused', actions: ['hold_time'] },
        seek: { actions: ['jump'] },
        speed: { actions: ['hold_time', 'set_speed'] },
        horizon: { actions: ['hold_time', 'set_horizon'] },
        reached: { target: 'ended', actions: ['to_end'] },
      },
    },
    ended: {
      on: {
        play: { target: 'playing', actions: ['to_start'] },
        seek: { target: 'paused', actions: ['jump'] },
        speed: { actions: ['set_speed'] },
        horizon: { target: 'paused', actions: ['set_horizon'] },
      },
    },
  },
});

function runningTime(context: PlaybackContext, now: number): number {
  return timeOf(clockOf(context, true), now);
}

export function clockOf(context: PlaybackContext, moving: boolean): ClockState {
  const { t, at, limit, epoch } = context;
  return { t, at, rate: moving ? rateOf(context) : 0, limit: Math.max(limit, t), epoch };
}
