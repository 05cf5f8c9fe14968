/** A small model for tests: cars queue for bays, are washed for a random time, may break down. */
import { IntQueue, NO_EVENT, group, makeTable, scalars, unit } from '../../src/kernel/index.ts';
import type { Model, SimulationContext } from '../../src/kernel/index.ts';

export const ARRIVE = 1;
export const DONE = 2;
export const GIVE_UP = 3;
/** Kinds of records, at the same time the state that a car is in afterwards. */
export const WAITING = 1;
export const WASHING = 2;
export const CLEAN = 3;
export const LEFT = 4;

export interface WashEdit {
  readonly bays: number;
}

/** Cars arrive every 40 to 160 s; washing takes 100 to 300 s; after 400 s of waiting they leave. */
export function carWash(cars: number, bays = 2): (context: SimulationContext) => Model<WashEdit> {
  return (context) => {
    const car = makeTable('car', { state: 'u8', since: ['f64', -1], patience: ['f64', NO_EVENT] });
    const waiting = new IntQueue();
    const count = { free: bays, arrived: 0 };
    const draw = (id: number, purpose: number): number =>
      unit(context.seed, id, 0, 0, purpose) * 200_000_000;

    const enter = (id: number, state: number): void => {
      car.state[id] = state;
      car.since[id] = context.now;
      context.record(id, state);
      context.detail(1, context.now);
    };
    const startWaiting = (): void => {
      while (count.free > 0 && waiting.size > 0) {
        const id = waiting.shift();
        count.free -= 1;
        context.cancel(car.patience[id]!);
        enter(id, WASHING);
        context.after(100_000_000 + Math.floor(draw(id, DONE)), DONE, id);
      }
    };
    const arrive = (): void => {
      const id = car.addRow();
      count.arrived += 1;
      waiting.push(id);
      enter(id, WAITING);
      car.patience[id] = context.after(400_000_000, GIVE_UP, id);
      const gap = 40_000_000 + Math.floor(draw(id, ARRIVE) * 0.6);
      if (count.arrived < cars) context.after(gap, ARRIVE, 0);
      startWaiting();
    };
    const leave = (id: number, state: number): void => {
      if (state === CLEAN) count.free += 1;
      else waiting.remove(id);
      enter(id, state);
      startWaiting();
    };

    context.at(context.now, ARRIVE, 0);
    return {
      state: group({ car, waiting, count: scalars(count) }),
      handle(kind, subject) {
        if (kind === ARRIVE) arrive();
        else leave(subject, kind === DONE ? CLEAN : LEFT);
      },
      edit(edit) {
        count.free += edit.bays;
        startWaiting();
      },
    };
  };
}
