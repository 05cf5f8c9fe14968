import { expect, test } from 'vitest';
import { PLANT_EVENT } from '../../../src/airflow/executors/plantEvents.ts';

test('plant events: kinds -> all different, all between 100 and 199', () => {
  const kinds: number[] = Object.values(PLANT_EVENT);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds.every((kind) => kind >= 100 && kind <= 199)).toBe(true);
});
