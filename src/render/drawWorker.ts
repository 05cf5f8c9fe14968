/** Entry of the render worker: the drawer behind a comlink. */
import { expose } from 'comlink';
import { Drawer } from './drawer.ts';

const frame =
  typeof requestAnimationFrame === 'function'
    ? (draw: () => void) => void requestAnimationFrame(draw)
    : (draw: () => void) => void setTimeout(draw, 16);

expose(new Drawer({ nextFrame: frame, now: () => performance.timeOrigin + performance.now() }));
