/**
 * Draws all lanes at the time of the page's clock. The same code runs in the render worker and,
 * where a canvas cannot be handed over, on the page. It draws only while something moves.
 */
import type { SceneHit, SceneStep, SceneView } from '../app/sceneModel.ts';
import type { LogCodes } from '../explain/codes.ts';
import { timeOf } from '../host/protocol.ts';
import type { ClockState, DrawerFeed } from '../host/protocol.ts';
import { sharedSlotsPerLine } from '../views/scene/geometry.ts';
import type { SharedScale } from '../views/scene/geometry.ts';
import { LaneScene } from '../views/scene/laneScene.ts';
import type { DrawerApi } from './drawerApi.ts';
import { LaneDrawing } from './laneDrawing.ts';

/** From here on squares are not seen flying any more: they are shown where they are. */
const FLIGHTS_UP_TO = 200;

interface Attached {
  lane: string;
  canvas: OffscreenCanvas | HTMLCanvasElement;
  view: SceneView;
  scene: LaneScene | null;
}

export interface DrawerHost {
  /** Calls back before the next picture of the display. */
  nextFrame(draw: () => void): void;
  /** Real time, milliseconds since 1970. */
  now(): number;
}

export class Drawer implements DrawerApi {
  private readonly host: DrawerHost;
  private readonly attached = new Map<number, Attached>();
  private lanes = new Map<string, LaneDrawing>();
  private codes: LogCodes | null = null;
  private run = -1;
  private time: ClockState = { t: 0, at: 0, rate: 0, limit: 0, epoch: 0 };
  private waiting = false;

  constructor(host: DrawerHost) {
    this.host = host;
  }

  connect(port: MessagePort): void {
    port.onmessage = (event: MessageEvent<DrawerFeed>) => this.feed(event.data);
  }

  feed(message: DrawerFeed): void {
    if (message.kind === 'run') this.begin(message.run, message.codes, message.lanes);
    else if (message.run === this.run) {
      const lane = this.lanes.get(message.lane);
      if (message.kind === 'chunk') lane?.add(message.chunk);
      else if (lane) this.inform(lane, message.info);
    }
    this.wake();
  }

  clock(clock: ClockState): void {
    this.time = clock;
    this.wake();
  }

  attach(
    key: number,
    lane: string,
    canvas: OffscreenCanvas | HTMLCanvasElement,
    view: SceneView,
  ): void {
    this.attached.set(key, { lane, canvas, view, scene: null });
    this.wake();
  }

  update(key: number, change: Partial<SceneView>): void {
    const one = this.attached.get(key);
    if (!one) return;
    const changed = Object.entries(change).filter(
      ([name, value]) => one.view[name as keyof SceneView] !== value,
    );
    if (changed.length === 0) return;
    const fresh = Object.fromEntries(changed) as Partial<SceneView>;
    one.view = { ...one.view, ...fresh };
    one.scene?.update(fresh);
    if ('width' in fresh) this.rescale();
    this.wake();
  }

  detach(key: number): void {
    this.attached.delete(key);
  }

  hit(key: number, x: number, y: number): SceneHit | null {
    return this.named(key, this.attached.get(key)?.scene?.hit(x, y));
  }

  part(key: number, x: number, y: number): string | null {
    return this.attached.get(key)?.scene?.part(x, y) ?? null;
  }

  locate(key: number, ti: number): SceneHit | null {
    return this.named(key, this.attached.get(key)?.scene?.locate(ti));
  }

  neighbour(key: number, ti: number | null, step: SceneStep): SceneHit | null {
    return this.named(key, this.attached.get(key)?.scene?.neighbour(ti, step));
  }

  /** Adds the state at the moment shown. */
  private named(key: number, hit: SceneHit | null | undefined): SceneHit | null {
    const lane = this.lanes.get(this.attached.get(key)?.lane ?? '');
    if (!hit || !lane) return null;
    const frame = lane.frameAt(timeOf(this.time, this.host.now()), this.time.epoch);
    const state = this.codes?.tiStates[frame.state[hit.ti] ?? 0] ?? 'none';
    return { ...hit, state };
  }

  private begin(run: number, codes: LogCodes, lanes: readonly string[]): void {
    this.run = run;
    this.codes = codes;
    const before = this.lanes;
    this.lanes = new Map(lanes.map((id) => [id, new LaneDrawing(codes)]));
    for (const [id, lane] of this.lanes) lane.info = before.get(id)?.info ?? null;
  }

  private inform(lane: LaneDrawing, info: LaneDrawing['info']): void {
    lane.info = info;
    this.rescale();
  }

  /** All lanes share one scale, so that equal widths mean equal numbers of slots. */
  private rescale(): void {
    const scale = this.scale();
    for (const one of this.attached.values()) {
      const info = this.lanes.get(one.lane)?.info;
      if (one.scene && info) one.scene.setRun(info, scale);
    }
  }

  private scale(): SharedScale {
    const infos = [...this.lanes.values()].flatMap(({ info }) => info ?? []);
    const widths = [...this.attached.values()].map((one) => one.view.width);
    const slots = infos.map((info) => info.slots);
    return {
      slotsPerLine: sharedSlotsPerLine(slots, Math.min(...widths)),
      total: Math.max(1, ...infos.map((info) => info.total)),
    };
  }

  private sceneOf(one: Attached): LaneScene | null {
    const info = this.lanes.get(one.lane)?.info;
    if (one.scene || !info || !this.codes) return one.scene;
    one.scene = new LaneScene({
      canvas: one.canvas,
      info,
      view: one.view,
      stateNames: this.codes.tiStates,
      scale: this.scale(),
    });
    return one.scene;
  }

  private wake(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.host.nextFrame(() => this.drawAll());
  }

  private drawAll(): void {
    this.waiting = false;
    const nowMs = this.host.now();
    const t = timeOf(this.time, nowMs);
    const playing = this.time.rate > 0 && t < this.time.limit;
    const animate = playing && this.time.rate < FLIGHTS_UP_TO;
    let moving = playing;
    for (const one of this.attached.values()) {
      const scene = this.sceneOf(one);
      const lane = this.lanes.get(one.lane);
      if (!scene || !lane) continue;
      lane.draw(scene, { t, epoch: this.time.epoch, animate, nowMs });
      moving ||= scene.moving;
    }
    if (moving) this.wake();
  }
}
