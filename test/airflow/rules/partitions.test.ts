import { describe, expect, it } from 'vitest';
import {
  isSatisfied,
  partitionDate,
  readMapper,
  toDownstream,
  type Mapper,
} from '../../../src/airflow/partitions/mappers.ts';

const part = (name: string, data: Record<string, unknown> = {}): unknown => ({
  __type: `airflow.partition_mappers.x.${name}`,
  __var: data,
});
const FORMATS: Record<string, string> = {
  Hour: '%Y-%m-%dT%H',
  Day: '%Y-%m-%d',
  Week: '%Y-%m-%d (W%V)',
  Month: '%Y-%m',
  Quarter: '%Y-Q{quarter}',
  Year: '%Y',
};
const start = (unit: string, more: Record<string, unknown> = {}): unknown =>
  part(`StartOf${unit}Mapper`, {
    timezone: 'UTC',
    input_format: '%Y-%m-%dT%H:%M:%S',
    output_format: FORMATS[unit],
    ...more,
  });
const mapper = (form: unknown): Mapper => readMapper(form);
const MOMENT = '2024-03-13T10:42:15';

describe('mappers', () => {
  it.each([
    ['Hour', '2024-03-13T10'],
    ['Day', '2024-03-13'],
    ['Week', '2024-03-11 (W11)'],
    ['Month', '2024-03'],
    ['Quarter', '2024-Q1'],
    ['Year', '2024'],
  ])('start of %s -> %s', (unit, key) => {
    expect(toDownstream(mapper(start(unit)), MOMENT)).toEqual([key]);
  });

  it('a key that does not fit its format -> Airflow raises', () => {
    expect(toDownstream(mapper(start('Day')), 'yesterday')).toBeNull();
    expect(toDownstream(mapper(start('Day')), '2024-02-30T00:00:00')).toBeNull();
  });

  it('fixed, allowed, identity, product and chain', () => {
    const allowed = part('AllowedKeyMapper', { allowed_keys: ['eu', 'us'] });
    expect(toDownstream(mapper(part('FixedKeyMapper', { downstream_key: 'all' })), 'x')).toEqual([
      'all',
    ]);
    expect(toDownstream(mapper(allowed), 'us')).toEqual(['us']);
    expect(toDownstream(mapper(allowed), 'xx')).toBeNull();
    expect(toDownstream(mapper(part('IdentityMapper')), 'k')).toEqual(['k']);
    const both = mapper(part('ProductMapper', { mappers: [allowed, start('Day')] }));
    expect(toDownstream(both, `eu|${MOMENT}`)).toEqual(['eu|2024-03-13']);
    expect(toDownstream(both, 'eu')).toBeNull();
    const finer = start('Month', { input_format: '%Y-%m-%d' });
    const chained = mapper(part('ChainMapper', { mappers: [start('Day'), finer] }));
    expect(toDownstream(chained, MOMENT)).toEqual(['2024-03']);
  });

  it('fan-out: one key per member of the window', () => {
    const fan = mapper(
      part('FanOutMapper', {
        upstream_mapper: start('Week'),
        window: part('WeekWindow', { direction: 'forward' }),
        downstream_mapper: start('Day'),
      }),
    );
    expect(toDownstream(fan, MOMENT)).toEqual(
      ['11', '12', '13', '14', '15', '16', '17'].map((day) => `2024-03-${day}`),
    );
  });
});

describe('roll-up', () => {
  const rollup = (policy: unknown, direction = 'forward'): Mapper =>
    mapper(
      part('RollupMapper', {
        upstream_mapper: start('Month', { input_format: '%Y-%m-%d' }),
        window: part('MonthWindow', { direction }),
        wait_policy: policy,
      }),
    );
  const days = (count: number): Set<string> =>
    new Set(Array.from({ length: count }, (_, i) => `2024-02-${String(i + 1).padStart(2, '0')}`));

  it('waits for all days of the month, or for as many as the policy says', () => {
    const all = rollup(part('WaitForAll'));
    expect(toDownstream(all, '2024-02-17')).toEqual(['2024-02']);
    expect(isSatisfied(all, '2024-02', days(28))).toBe(false);
    expect(isSatisfied(all, '2024-02', days(29))).toBe(true);
    expect(isSatisfied(rollup(part('MinimumCount', { n: 3 })), '2024-02', days(3))).toBe(true);
    expect(isSatisfied(rollup(part('MinimumCount', { n: -2 })), '2024-02', days(27))).toBe(true);
    expect(isSatisfied(rollup(part('MinimumCount', { n: -2 })), '2024-02', days(26))).toBe(false);
  });

  it('its date is the beginning of the period in the zone', () => {
    const zoned = mapper(start('Day', { timezone: 'Europe/Zurich' }));
    expect(partitionDate(zoned, '2024-07-01')).toBe(Date.UTC(2024, 5, 30, 22) * 1000);
    expect(partitionDate(mapper(part('IdentityMapper')), '2024-07-01')).toBeNull();
  });
});
