/** Rows of several lanes as blocks of lines with one value a lane. Pure. */
import type { LaneMetrics } from '../../app/model.ts';

export interface Line {
  name: string;
  unit: 's' | 'share' | 'count' | 'money';
  /** By lane; null where the lane has no such number. */
  values: (number | null)[];
  bar: boolean;
}

export interface Block {
  id: (typeof BLOCKS)[number]['id'];
  lines: Line[];
}

/** In the order in which people ask. A name that ends in a dot is a family: one line per member. */
const BLOCKS = [
  { id: 'time', bar: true, names: ['time.'] },
  { id: 'waits', bar: false, names: ['wait.p50', 'wait.p95', 'wait.max'] },
  { id: 'landing', bar: false, names: ['landing.p50', 'landing.p95', 'landing.max'] },
  {
    id: 'use',
    bar: false,
    names: [
      'slots.utilisation',
      'slots.useful_share',
      'slots.held',
      'slots.work',
      'slots.start_up',
      'slots.kept',
      'depth.waiting.mean',
      'depth.waiting.max',
      'depth.running.mean',
    ],
  },
  { id: 'reserved', bar: false, names: ['reserved.'] },
  { id: 'cost', bar: true, names: ['cost', 'cost.'] },
] as const;

export function blocksOf(metrics: readonly LaneMetrics[]): Block[] {
  const tables = metrics.map(({ rows }) => {
    const whole = rows.filter(({ metric, of }) => of === '' || IN_PARTS.has(metric));
    return new Map(
      whole.map((row) => [row.of === '' ? row.metric : `${row.metric}.${row.of}`, row]),
    );
  });
  const all = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  return BLOCKS.flatMap(({ id, bar, names }): Block[] => {
    const wanted = names.flatMap((name) =>
      name.endsWith('.')
        ? all.filter((one) => one.startsWith(name))
        : all.filter((one) => one === name),
    );
    const lines = wanted.map((name): Line => {
      const values = tables.map((table) => table.get(name)?.value ?? null);
      const unit = tables.find((table) => table.has(name))?.get(name)?.unit ?? 'count';
      return { name, unit, values, bar };
    });
    const told = lines.filter(({ values }) =>
      values.some((value) => value !== null && value !== 0),
    );
    return told.length > 0 ? [{ id, lines: told }] : [];
  });
}

/** Metrics that are told by part: by cause, by what is paid for. */
const IN_PARTS: ReadonlySet<string> = new Set(['time', 'cost']);
