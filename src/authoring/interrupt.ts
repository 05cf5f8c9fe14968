/**
 * Ends Python code that runs too long, without shared memory: Pyodide reads index 0 of its
 * interrupt buffer every few instructions, and this "buffer" answers by the clock.
 */

/** Writing 2 into the buffer means KeyboardInterrupt. */
const INTERRUPT = 2;

export class Deadline {
  private until = Number.POSITIVE_INFINITY;
  private readonly now: () => number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Ends Python `milliseconds` from now. */
  start(milliseconds: number): void {
    this.until = this.now() + milliseconds;
  }

  /** No limit until the next start. */
  stop(): void {
    this.until = Number.POSITIVE_INFINITY;
  }

  /** To give to Pyodide's setInterruptBuffer. It writes 0 after each look, which changes nothing. */
  buffer(): Uint8Array {
    const answer = (): number => (this.now() > this.until ? INTERRUPT : 0);
    const clock = Object.defineProperty({}, 0, { get: answer, set: () => undefined });
    return clock as Uint8Array;
  }
}
