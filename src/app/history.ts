/** Undo and redo over whole values. */
export class History<T> {
  private readonly past: T[] = [];
  private future: T[] = [];
  private current: T;
  private lastKey = '';

  constructor(first: T) {
    this.current = first;
  }

  get value(): T {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Changes with the same key in a row (a slider that is dragged) are one step. */
  push(value: T, key = ''): void {
    if (key === '' || key !== this.lastKey) this.past.push(this.current);
    this.lastKey = key;
    this.future = [];
    this.current = value;
    if (this.past.length > 200) this.past.shift();
  }

  /** Another beginning: nothing to undo. */
  reset(value: T): void {
    this.past.length = 0;
    this.future = [];
    this.lastKey = '';
    this.current = value;
  }

  undo(): boolean {
    const before = this.past.pop();
    if (before === undefined) return false;
    this.future.push(this.current);
    this.current = before;
    this.lastKey = '';
    return true;
  }

  redo(): boolean {
    const after = this.future.pop();
    if (after === undefined) return false;
    this.past.push(this.current);
    this.current = after;
    this.lastKey = '';
    return true;
  }
}
