/**
 * Which tasks lie below a task, over any number of edges. Found when somebody asks for the first
 * time and kept as one bit per task of the DAG: 2.11.2's mini-scheduler asks at the end of each try.
 */
import type { Csr } from './csr.ts';

/** The stretch of tasks of a DAG. */
interface Stretch {
  readonly firstTask: number;
  readonly taskCount: number;
}

export class Below {
  private readonly down: Csr;
  /** [task] -> tasks below it, by their place in the DAG */
  private readonly known: (Uint8Array | undefined)[] = [];

  constructor(down: Csr) {
    this.down = down;
  }

  /** For `isBelow`. Not to be changed. */
  of(task: number, dag: Stretch): Uint8Array {
    return (this.known[task] ??= this.walk(task, dag));
  }

  private walk(task: number, { firstTask, taskCount }: Stretch): Uint8Array {
    const { from, to } = this.down;
    const bits = new Uint8Array((taskCount >> 3) + 1);
    const stack = [task];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (let i = from[at]!; i < from[at + 1]!; i++) {
        const place = to[i]! - firstTask;
        if (isBelow(bits, place)) continue;
        bits[place >> 3]! |= 1 << (place & 7);
        stack.push(to[i]!);
      }
    }
    return bits;
  }
}

/** Whether the task at a place in the DAG is among them. */
export function isBelow(bits: Uint8Array, place: number): boolean {
  return (bits[place >> 3]! & (1 << (place & 7))) !== 0;
}
