import { expect, test } from 'vitest';
import { podName } from '../../src/explain/podName.ts';

const TI = { dag_id: 'Nightly_Orders', run_id: 'r', task_id: 'load.part', map_index: -1 };

test('a slug of dag and task id, and eight characters', () => {
  expect(podName(TI, 1)).toMatch(/^nightly-orders-load-part-[a-z0-9]{8}$/);
});

test('one name per try, the same each time', () => {
  expect(podName(TI, 1)).toBe(podName({ ...TI }, 1));
  const others = [
    podName(TI, 2),
    podName({ ...TI, map_index: 0 }, 1),
    podName({ ...TI, run_id: 's' }, 1),
  ];
  expect(new Set([podName(TI, 1), ...others]).size).toBe(4);
});

test('never longer than 63, never a hyphen at an end', () => {
  const name = podName({ ...TI, dag_id: '__é__'.repeat(30) }, 1);
  expect(name.length).toBeLessThanOrEqual(63);
  expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])$/);
});
