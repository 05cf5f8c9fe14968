/** What the plant needs of an executor beyond what the scheduler knows of it. */
import type { Saveable } from '../../kernel/index.ts';
import type { SlotLines } from '../fleet/slotLines.ts';
import type { KeyHolder } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { SchedulerExecutor } from './executor.ts';
import type { QueuedReason } from './queuedReason.ts';

export interface PlantExecutor extends SchedulerExecutor, KeyHolder {
  readonly state: Saveable;
  /** The slots in which its work runs. */
  readonly lines: SlotLines;
  /** Set once when the plant is put together. */
  supervisor: Supervisor;
  /** A supervisor has ended: its slot is free. */
  processEnded(w: number): void;
  /** Events of the executor's own plant; false when the kind is not its. */
  handle(kind: number, subject: number, arg: number): boolean;
  /** Why a queued workload does not run yet. */
  reason(w: number): QueuedReason;
}
