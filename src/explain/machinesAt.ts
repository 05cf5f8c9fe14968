/**
 * The state machines of a lane at a moment, from its log alone: how many are in each state, which
 * transitions have happened how often, and the last one. Going forward reads only what is new.
 */
import type { LogReader } from '../kernel/index.ts';
import type { TransitionRow } from './codes.ts';

export interface MachineSeen {
  /** Of src/machines: task_instance, dag_run, pod ... */
  id: string;
  total: number;
  /** By the state's name. */
  states: Record<string, number>;
  /** `from>to` -> how often. */
  taken: Record<string, number>;
  last: { t: number; entity: number; from: string; event: string; to: string } | null;
}

interface Tally {
  readonly seen: MachineSeen;
  readonly stateOf: Map<number, string>;
}

/** Records that are no transition but make a row of a table, in the state that it begins in. */
export type Births = ReadonlyMap<number, { machine: string; state: string }>;

export class MachineReader {
  private readonly rows: readonly TransitionRow[];
  private readonly births: Births;
  private readonly tallies = new Map<string, Tally>();
  /** Records read so far. */
  private next = 0;

  constructor(rows: readonly TransitionRow[], births: Births) {
    this.rows = rows;
    this.births = births;
  }

  /** Machines that the log names up to `t`, microseconds. */
  at(log: LogReader, t: number): MachineSeen[] {
    const end = log.countUntil(t);
    if (end < this.next) this.reset();
    while (this.next < end) this.readChunk(log, end);
    return [...this.tallies.values()].map(({ seen }) => seen);
  }

  /** State of one of them, null when the log has not named it yet. */
  stateOf(machine: string, entity: number): string | null {
    return this.tallies.get(machine)?.stateOf.get(entity) ?? null;
  }

  private reset(): void {
    this.tallies.clear();
    this.next = 0;
  }

  private readChunk(log: LogReader, end: number): void {
    const chunk = log.chunkOf(this.next);
    const stop = Math.min(end, chunk.first + chunk.count);
    for (; this.next < stop; this.next++) {
      const i = this.next - chunk.first;
      const what = chunk.what[i]!;
      const row = this.rows[what];
      if (row) this.take(row, chunk.entity[i]!, chunk.baseTime + chunk.dt[i]!);
      else this.create(what, chunk.entity[i]!);
    }
  }

  private take(row: TransitionRow, entity: number, t: number): void {
    const { seen, stateOf } = this.tallyOf(row.machine);
    const { from, event, to } = row;
    const before = stateOf.get(entity);
    if (before === undefined) seen.total++;
    else seen.states[before] = (seen.states[before] ?? 1) - 1;
    stateOf.set(entity, to);
    seen.states[to] = (seen.states[to] ?? 0) + 1;
    const way = `${from}>${to}`;
    seen.taken[way] = (seen.taken[way] ?? 0) + 1;
    seen.last = { t, entity, from, event, to };
  }

  /** One record may stand for several rows: all up to its own. */
  private create(what: number, entity: number): void {
    const birth = this.births.get(what);
    if (!birth) return;
    const { seen, stateOf } = this.tallyOf(birth.machine);
    for (let row = seen.total; row <= entity; row++) {
      stateOf.set(row, birth.state);
      seen.total++;
      seen.states[birth.state] = (seen.states[birth.state] ?? 0) + 1;
    }
  }

  private tallyOf(id: string): Tally {
    const known = this.tallies.get(id);
    if (known) return known;
    const seen: MachineSeen = { id, total: 0, states: {}, taken: {}, last: null };
    const tally = { seen, stateOf: new Map<number, string>() };
    this.tallies.set(id, tally);
    return tally;
  }
}
