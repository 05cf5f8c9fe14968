/**
 * The slots of a lane as numbered lines: worker processes, worker children, places for pods. Each
 * group (the executor's processes, a worker, a node) owns a stretch of lines and hands out its
 * lowest free one, so that the picture stays still.
 */
import { assert } from '../../base/assert.ts';
import { IntSet, type Saveable } from '../../kernel/index.ts';

export interface SlotGroup {
  readonly name: string;
  readonly slots: number;
  readonly queues: readonly string[];
}

const NO_LINE = -1;

export class SlotLines implements Saveable<unknown> {
  readonly groups: readonly SlotGroup[];
  readonly total: number;
  /** First line of each group, and the end of the last. */
  private readonly starts: Int32Array;
  private readonly free = new IntSet();

  constructor(groups: readonly SlotGroup[]) {
    this.groups = groups;
    this.starts = new Int32Array(groups.length + 1);
    for (let g = 0; g < groups.length; g++) {
      this.starts[g + 1] = this.starts[g]! + groups[g]!.slots;
    }
    this.total = this.starts[groups.length]!;
    for (let line = 0; line < this.total; line++) this.free.add(line);
  }

  /** Takes the lowest free line of a group; `NO_LINE` when all are taken. */
  take(group: number): number {
    const line = this.free.next(this.starts[group]!);
    if (line < 0 || line >= this.starts[group + 1]!) return NO_LINE;
    this.free.remove(line);
    return line;
  }

  /** Takes this very line; false when it is taken. */
  seize(line: number): boolean {
    return this.free.remove(line);
  }

  giveBack(line: number): void {
    assert(this.free.add(line), 'line was free', { line });
  }

  /** Lines that are taken. */
  get busy(): number {
    return this.total - this.free.size;
  }

  hasFree(group: number): boolean {
    const line = this.free.next(this.starts[group]!);
    return line >= 0 && line < this.starts[group + 1]!;
  }

  groupOf(line: number): number {
    let group = 0;
    while (this.starts[group + 1]! <= line) group++;
    return group;
  }

  save(): unknown {
    return this.free.save();
  }

  load(saved: unknown): void {
    this.free.load(saved as ReturnType<IntSet['save']>);
  }

  hash(hasher: Parameters<IntSet['hash']>[0]): void {
    this.free.hash(hasher);
  }
}
