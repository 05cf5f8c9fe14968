/**
 * The SceneHost of the pages: canvases go to the render worker where the browser can do that, else
 * the page draws with the same code.
 */
import { transfer, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { SceneHandle, SceneHost, SceneView } from '../app/sceneModel.ts';
import type { ClockState } from '../host/protocol.ts';
import type { DrawerApi } from './drawerApi.ts';

/** The drawer, near or far. */
export interface Picture {
  readonly scene: SceneHost;
  clock(clock: ClockState): void;
  connect(port: MessagePort): void;
  /** True when the page itself draws. */
  readonly onPage: boolean;
  end(): void;
}

function canHandOver(): boolean {
  return (
    typeof Worker === 'function' &&
    typeof OffscreenCanvas === 'function' &&
    'transferControlToOffscreen' in HTMLCanvasElement.prototype
  );
}

export async function makePicture(onPage = !canHandOver()): Promise<Picture> {
  if (onPage) return onThisPage();
  const worker = new Worker(new URL('./drawWorker.ts', import.meta.url), {
    type: 'module',
    name: 'picture',
  });
  return inWorker(wrap<DrawerApi>(worker), () => worker.terminate());
}

function inWorker(drawer: Remote<DrawerApi>, end: () => void): Picture {
  let keys = 0;
  const attach = (lane: string, canvas: HTMLCanvasElement, view: SceneView): SceneHandle => {
    const key = keys++;
    const far = canvas.transferControlToOffscreen();
    void drawer.attach(key, lane, transfer(far, [far]), view);
    return {
      update: (change) => void drawer.update(key, change),
      hit: (x, y) => drawer.hit(key, x, y),
      part: (x, y) => drawer.part(key, x, y),
      locate: (ti) => drawer.locate(key, ti),
      neighbour: (ti, step) => drawer.neighbour(key, ti, step),
      detach: () => void drawer.detach(key),
    };
  };
  return {
    scene: { attach },
    clock: (clock) => void drawer.clock(clock),
    connect: (port) => void drawer.connect(transfer(port, [port])),
    onPage: false,
    end,
  };
}

async function onThisPage(): Promise<Picture> {
  const { Drawer } = await import('./drawer.ts');
  const drawer = new Drawer({
    nextFrame: (draw) => void requestAnimationFrame(draw),
    now: () => performance.timeOrigin + performance.now(),
  });
  let keys = 0;
  const attach = (lane: string, canvas: HTMLCanvasElement, view: SceneView): SceneHandle => {
    const key = keys++;
    drawer.attach(key, lane, canvas, view);
    return {
      update: (change) => drawer.update(key, change),
      hit: async (x, y) => drawer.hit(key, x, y),
      part: async (x, y) => drawer.part(key, x, y),
      locate: async (ti) => drawer.locate(key, ti),
      neighbour: async (ti, step) => drawer.neighbour(key, ti, step),
      detach: () => drawer.detach(key),
    };
  };
  return {
    scene: { attach },
    clock: (clock) => drawer.clock(clock),
    connect: (port) => drawer.connect(port),
    onPage: true,
    end: () => undefined,
  };
}
