/**
 * Images on nodes: a node pulls an image once, and every pod that wants it waits for that pull.
 * What the kubelet keeps survives as long as the node.
 */
import { group, makeTable, type Saveable } from '../../kernel/index.ts';
import { IntMap } from '../world/intMap.ts';

const STATE = { absent: 0, pulling: 1, cached: 2 } as const;

/** Why a container with the image does not come up, while the image is broken (fault). */
export const IMAGE_ERRORS = ['ErrImagePull', 'CreateContainerConfigError', 'QPS'] as const;
export type ImageError = (typeof IMAGE_ERRORS)[number];

export class ImageCache {
  readonly state: Saveable;
  /** Image -> position in IMAGE_ERRORS. */
  readonly broken = new IntMap();
  private readonly rows = makeTable('node_image', { state: 'u8', at: 'f64' });
  private readonly images: number;

  constructor(nodes: number, images: number) {
    this.images = images;
    this.rows.addRows(nodes * images);
    this.state = group({ rows: this.rows, broken: this.broken });
  }

  isCached(node: number, image: number, now: number): boolean {
    const row = node * this.images + image;
    const { rows } = this;
    // Nobody may have been there to see the end of a pull.
    if (rows.state[row] === STATE.pulling && rows.at[row]! <= now) rows.state[row] = STATE.cached;
    return rows.state[row] === STATE.cached;
  }

  isPulling(node: number, image: number): boolean {
    return this.rows.state[node * this.images + image] === STATE.pulling;
  }

  isAbsent(node: number, image: number): boolean {
    return this.rows.state[node * this.images + image] === STATE.absent;
  }

  /** When the pull that runs will be through. */
  endOf(node: number, image: number): number {
    return this.rows.at[node * this.images + image]!;
  }

  pull(node: number, image: number, until: number): void {
    const row = node * this.images + image;
    this.rows.state[row] = STATE.pulling;
    this.rows.at[row] = until;
  }

  keep(node: number, image: number): void {
    this.rows.state[node * this.images + image] = STATE.cached;
  }

  /** A new machine, or its disk is empty. */
  forget(node: number): void {
    const first = node * this.images;
    this.rows.state.fill(STATE.absent, first, first + this.images);
  }

  /** Lies on every node of a group from the start: images baked into the machine. */
  keepAll(node: number): void {
    const first = node * this.images;
    this.rows.state.fill(STATE.cached, first, first + this.images);
  }
}
