/**
 * Asks the simulation four times a second what there is to see at the clock's moment, and at once
 * after a jump. One question at a time: while one is open, wishes are remembered.
 */
import type { Look, Seen } from '../host/protocol.ts';
import type { LaneModel, Selection } from './model.ts';
import type { PlaybackControl } from './playback.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';

const LOOK_MS = 250;

export class Observer {
  private readonly store: ModelStore;
  private readonly playback: PlaybackControl;
  private readonly session: Session;
  /** Told of the clock's moment after each look. */
  onSeen: (t: number) => void = () => undefined;
  private open = false;
  private wanted = false;
  private table: string | null = null;
  private workers: string | null = null;
  private machines: string | null = null;
  private log = false;
  /** Stops the beat. */
  readonly end: () => void;

  constructor(ports: AppPorts, store: ModelStore, playback: PlaybackControl, session: Session) {
    this.store = store;
    this.playback = playback;
    this.session = session;
    this.end = ports.time.every(LOOK_MS, () => this.beat());
    session.onReport = () => this.now();
  }

  select(selection: Selection | null): void {
    this.store.set({ selection, why: null });
    this.now();
  }

  openTable(lane: string | null): void {
    this.table = lane;
    this.store.set({ table: null });
    this.now();
  }

  watchWorkers(lane: string | null): void {
    this.workers = lane;
    this.store.set({ workers: null });
    this.now();
  }

  watchMachines(lane: string | null): void {
    this.machines = lane;
    this.store.set({ machines: null });
    this.now();
  }

  watchLog(on: boolean): void {
    this.log = on;
    if (!on) this.store.set({ taskLog: null });
    else this.now();
  }

  /** Something jumped: look at once. */
  now(): void {
    this.store.set({ playback: this.playback.state });
    if (this.open) this.wanted = true;
    else void this.look();
  }

  private beat(): void {
    this.playback.checkEnd(this.session.computing);
    const { playing } = this.store.get().playback;
    if (this.playback.moving || playing) this.now();
  }

  private async look(): Promise<void> {
    this.open = true;
    this.wanted = false;
    const { selection } = this.store.get();
    const { run } = this.session;
    const query: Look = { run, t: this.playback.now(), selection, ...this.wishes };
    try {
      this.take(await this.session.simulation.look(query), query);
    } catch {
      // The worker ended meanwhile; the session starts another and asks again.
    }
    this.open = false;
    if (this.wanted) void this.look();
  }

  private get wishes(): Pick<Look, 'table' | 'workers' | 'machines'> {
    const { table, workers, machines } = this;
    return { table, workers, machines };
  }

  private take(seen: Seen, query: Look): void {
    if (seen.run !== this.session.run) return;
    const model = this.store.get();
    const snapshots = new Map(seen.lanes.map((lane) => [lane.id, lane.snapshot]));
    const lanes: LaneModel[] = model.lanes.map((lane) => ({
      ...lane,
      snapshot: snapshots.get(lane.id) ?? lane.snapshot,
    }));
    const { selection } = model;
    const current = selection === query.selection;
    const table = seen.table?.lane === this.table ? seen.table : null;
    this.store.set({
      lanes,
      verdict: seen.verdict,
      playback: { ...this.playback.state, t: seen.t },
      ...(current ? { why: seen.why } : {}),
      table: table && { ...table, t: seen.t },
      machines: seen.machines?.lane === this.machines ? seen.machines : null,
      workers: seen.workers?.lane === this.workers ? seen.workers : null,
    });
    this.onSeen(seen.t);
    if (this.log && current) void this.askLog(seen);
  }

  private async askLog({ run, why }: Seen): Promise<void> {
    if (!why) return this.store.set({ taskLog: null });
    const { lane, ti, tryNumber, t } = why;
    const answer = await this.session.simulation.taskLog({ run, lane, ti, tryNumber, t });
    const { selection } = this.store.get();
    if (!this.log || selection?.ti !== ti || selection.lane !== lane) return;
    this.store.set({ taskLog: answer && { lane, ti, answer } });
  }
}
