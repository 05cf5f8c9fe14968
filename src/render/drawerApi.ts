/** What the page asks of the drawer, whether it lives in a worker or on the page. */
import type { SceneHit, SceneStep, SceneView } from '../app/sceneModel.ts';
import type { ClockState } from '../host/protocol.ts';

export interface DrawerApi {
  /** Where log chunks come from. */
  connect(port: MessagePort): void;
  clock(clock: ClockState): void;
  attach(
    key: number,
    lane: string,
    canvas: OffscreenCanvas | HTMLCanvasElement,
    view: SceneView,
  ): void;
  update(key: number, change: Partial<SceneView>): void;
  detach(key: number): void;
  hit(key: number, x: number, y: number): SceneHit | null;
  part(key: number, x: number, y: number): string | null;
  locate(key: number, ti: number): SceneHit | null;
  neighbour(key: number, ti: number | null, step: SceneStep): SceneHit | null;
}
