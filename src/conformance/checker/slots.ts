/**
 * I3, I10, I12 for what runs physically: a slot has one try at a time, no more slots are taken than
 * there are, nothing starts that was not handed over, no task instance works twice at once.
 */
import { EXECUTOR_DEFAULTS } from './slotDefaults.ts';
import type { Check } from './check.ts';
import type { Replay } from './replay.ts';
import type { Step } from './step.ts';

/** Event with which an executor sends a try on its way. */
const HAND_OVER: Readonly<Record<string, string>> = {
  local_key: 'trigger',
  sequential_key: 'trigger',
  celery_key: 'publish_ok',
  kubernetes_key: 'pod_created',
};

interface Hold {
  /** Lines that the task instance holds, in the order of taking. */
  readonly lines: number[];
  handedOver: number;
  taken: number;
}

/** Who holds which line, as the records of taking and freeing tell. */
class Slots {
  private readonly holds = new Map<number, Hold>();
  /** Line -> the task instance that holds it. */
  private readonly taken = new Map<number, number>();

  get size(): number {
    return this.taken.size;
  }

  of(ti: number): Hold {
    const known = this.holds.get(ti);
    if (known !== undefined) return known;
    const fresh = { lines: [], handedOver: 0, taken: 0 };
    this.holds.set(ti, fresh);
    return fresh;
  }

  /** What is wrong with it; null when the line was free. */
  take({ entity, slot }: Step): string | null {
    const hold = this.of(entity);
    hold.taken += 1;
    hold.lines.push(slot);
    const other = slot < 0 ? undefined : this.taken.get(slot);
    if (other !== undefined) return `slot ${slot} is still held by task instance ${other}`;
    if (slot >= 0) this.taken.set(slot, entity);
    return null;
  }

  free(ti: number): void {
    const { lines } = this.of(ti);
    // Which of two slots it was is not in the record: both are open to others from here on.
    for (const line of lines.length > 1 ? lines : lines.splice(0)) this.taken.delete(line);
    if (lines.length > 0) lines.shift();
  }
}

export function slotChecks(replay: Replay): Check[] {
  const slots = new Slots();
  const capacity = EXECUTOR_DEFAULTS.capacity(replay.scenario);
  const quiet = replay.scenario.faults.length === 0;
  return [
    {
      invariant: 'I10',
      see(step) {
        if (step.machine !== 'plant') return null;
        if (step.event === 'slotFreed') slots.free(step.entity);
        if (step.event !== 'slotTaken') return null;
        const wrong = slots.take(step);
        if (wrong !== null) return wrong;
        return slots.size > capacity ? `${slots.size} slots are taken of ${capacity}` : null;
      },
    },
    {
      invariant: 'I12',
      see({ machine, event, entity }) {
        if (event === HAND_OVER[machine]) slots.of(entity).handedOver += 1;
        const hold = machine === 'plant' && event === 'slotTaken' ? slots.of(entity) : undefined;
        if (!quiet || hold === undefined || hold.taken <= hold.handedOver) return null;
        return `it starts ${hold.taken} times, it was handed over ${hold.handedOver} times`;
      },
    },
  ];
}
