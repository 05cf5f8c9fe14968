import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GroupSpec, TaskSpec } from '../../src/airflow/spec.ts';
import { NODE, layout } from '../../src/views/code/layout.ts';
import type { Layout } from '../../src/views/code/layout.ts';
import { freshName } from '../../src/views/code/freshName.ts';
import { textOf } from '../../src/views/code/openFiles.ts';
import { task } from './fixtures/workspace.ts';

function group(group_id: string, parent: string | null): GroupSpec {
  return {
    group_id,
    parent,
    is_mapped: false,
    expand: null,
    children: [],
    upstream_group_ids: [],
    downstream_group_ids: [],
    upstream_task_ids: [],
    downstream_task_ids: [],
  };
}

const box = (one: { x: number; y: number; width: number; height?: number }) => ({
  ...one,
  height: one.height ?? NODE.height,
});

function overlaps(a: ReturnType<typeof box>, b: ReturnType<typeof box>): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function check(placed: Layout): void {
  const nodes = placed.nodes.map(box);
  for (const [at, a] of nodes.entries()) {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.y).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width).toBeLessThanOrEqual(placed.width);
    expect(a.y + a.height).toBeLessThanOrEqual(placed.height + 1e-6);
    for (const b of nodes.slice(at + 1)) expect(overlaps(a, b)).toBe(false);
  }
}

/** Random DAGs of up to 24 tasks in up to three groups, edges only forwards. */
const dags = fc
  .array(
    fc.record({
      ups: fc.array(fc.nat(23), { maxLength: 3 }),
      group: fc.constantFrom(null, 'g', 'g.h', 'k'),
    }),
    { maxLength: 24 },
  )
  .map((items) => {
    const id = (at: number): string => {
      const inside = items[at]?.group;
      return inside ? `${inside}.t${at}` : `t${at}`;
    };
    const tasks: TaskSpec[] = items.map((item, at) => {
      const ups = [...new Set(item.ups.filter((up) => up < at))].map(id);
      return task(id(at), ups, { group: item.group });
    });
    return { tasks, groups: [group('g', null), group('g.h', 'g'), group('k', null)] };
  });

test('graph: any DAG with nested groups -> every task placed once, none on another', () => {
  fc.assert(
    fc.property(dags, (spec) => {
      const placed = layout(spec);
      expect(placed.nodes.map((node) => node.id).sort()).toEqual(
        spec.tasks.map((one) => one.task_id).sort(),
      );
      check(placed);
      for (const one of placed.nodes) {
        const mine = placed.groups.filter((box) => one.id.startsWith(`${box.id}.`));
        for (const box of mine) {
          expect(one.x).toBeGreaterThanOrEqual(box.x);
          expect(one.x + one.width).toBeLessThanOrEqual(box.x + box.width);
          expect(one.y + NODE.height).toBeLessThanOrEqual(box.y + box.height);
        }
      }
    }),
  );
});

test('graph: chain -> from left to right on one line; fan -> symmetric around its root', () => {
  const chain = layout({ tasks: [task('a', []), task('b', ['a']), task('c', ['b'])], groups: [] });
  expect(chain.nodes.map((node) => node.y)).toEqual([6, 6, 6]);
  const xs = chain.nodes.map((node) => node.x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  const fan = layout({
    tasks: [task('a', []), task('b', ['a']), task('c', ['a']), task('d', ['b', 'c'])],
    groups: [],
  });
  const y = Object.fromEntries(fan.nodes.map((node) => [node.id, node.y]));
  expect(y['a']).toBe(y['d']);
  expect(((y['b'] ?? 0) + (y['c'] ?? 0)) / 2).toBe(y['a']);
});

test('graph: 400 tasks side by side -> placed within a quarter of a second', () => {
  const tasks = [
    task('root', []),
    ...Array.from({ length: 400 }, (_, at) => task(`t${at}`, ['root'])),
  ];
  const start = performance.now();
  const placed = layout({ tasks, groups: [] });
  expect(performance.now() - start).toBeLessThan(250);
  check({ ...placed, nodes: placed.nodes.slice(0, 40) });
});

test('files: text, other encodings, binary -> source with plain line ends, or refused', () => {
  const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
  expect(textOf(bytes('a\r\nb\rc'))).toBe('a\nb\nc');
  expect(textOf(bytes('# 한국어'))).toBe('# 한국어');
  expect(textOf(bytes('a\0b'))).toBeNull();
  expect(textOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]).buffer)).toBeNull();
});

test('files: name taken -> numbered', () => {
  expect(freshName([], 'my_dag.py')).toBe('my_dag.py');
  expect(freshName(['my_dag.py', 'my_dag_2.py'], 'my_dag.py')).toBe('my_dag_3.py');
});
