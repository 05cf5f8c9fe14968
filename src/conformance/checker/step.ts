/** One record of the log in words: who changed, by what, from where to where. */
import { PLANT_DETAIL, PLANT_RECORD } from '../../airflow/executors/records.ts';
import { CORE_RECORD } from '../../airflow/records.ts';
import type { LogReader } from '../../kernel/index.ts';
import { whatTable } from '../../machines/index.ts';

export interface Step {
  readonly seq: number;
  /** Microseconds. */
  readonly t: number;
  /** Record that led to it, -1 for none. */
  readonly cause: number;
  /** Row of the task instance, the run, ... */
  readonly entity: number;
  /** Name of the machine; `core` and `plant` for records that are no transition. */
  readonly machine: string;
  /** Event of the machine, or name of the record. */
  readonly event: string;
  readonly from: string;
  readonly to: string;
  /** Line of a slotTaken record, else -1. */
  readonly slot: number;
}

interface Meaning {
  readonly machine: string;
  readonly event: string;
  readonly from: string;
  readonly to: string;
}

const meanings = new Map<number, Meaning>();
for (const { id, machine, event, from, to } of whatTable()) {
  meanings.set(id, { machine, event, from, to });
}
addNames('core', CORE_RECORD);
addNames('plant', PLANT_RECORD);

function addNames(machine: string, codes: Readonly<Record<string, number>>): void {
  for (const [event, code] of Object.entries(codes)) {
    meanings.set(code, { machine, event, from: '', to: '' });
  }
}

const UNKNOWN: Meaning = { machine: 'unknown', event: '', from: '', to: '' };

export function stepAt(log: LogReader, seq: number): Step {
  const { t, cause, entity, what, details } = log.record(seq);
  const { machine, event, from, to } = meanings.get(what) ?? UNKNOWN;
  const slot = details.find(([key]) => key === PLANT_DETAIL.slot)?.[1] ?? -1;
  return { seq, t, cause, entity, machine, event, from, to, slot };
}
