/**
 * Ends Python code that runs too long, without shared memory: Pyodide reads index 0 of its
 * interrupt buffer every few instructions, and this "buffer" answers by the clock.
 */

/** Writing 2 into the buffer means KeyboardInterrupt. */
const INTERRUPT = 2;
const AGAIN_MS = 1_000;

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

  /**
   * To give to Pyodide's setInterruptBuffer. It writes 0 after each look; when that look was an
   * interrupt, the next one comes a second later, so that Python can end in peace, and code that
   * swallows interrupts is hit again.
   */
  buffer(): Uint8Array {
    let fired = false;
    const get = (): number => {
      fired = this.now() > this.until;
      return fired ? INTERRUPT : 0;
    };
    const set = (): void => {
      if (fired) this.until = this.now() + AGAIN_MS;
      fired = false;
    };
    return Object.defineProperty({}, 0, { get, set }) as Uint8Array;
  }
}
