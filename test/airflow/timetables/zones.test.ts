import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  civilFromDays,
  civilFromUs,
  daysFromCivil,
  usFromCivil,
} from '../../../src/airflow/timetables/civil.ts';
import { formatIso, parseIso, pythonText } from '../../../src/airflow/timetables/isoText.ts';
import { changesOfYear, parsePosixRule } from '../../../src/airflow/timetables/posixRule.ts';
import { strftime } from '../../../src/airflow/timetables/strftime.ts';
import {
  fromLocal,
  offsetAt,
  toLocal,
  type Zone,
  zoneNames,
  zoneOf,
} from '../../../src/airflow/timetables/zones.ts';

const us = (text: string): number => parseIso(text) ?? NaN;

function zone(name: string): Zone {
  const found = zoneOf(name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
}

/** Seconds of all years that the zones reach, as microseconds. */
const moments = fc.integer({ min: 0, max: 8_900_000_000 }).map((seconds) => seconds * 1_000_000);

describe('calendar', () => {
  test('any day -> date and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (days) => {
        const { year, month, day } = civilFromDays(days);
        expect(daysFromCivil(year, month, day)).toBe(days);
      }),
    );
  });

  test('any instant -> the date that the platform computes, text and back', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const date = new Date(at / 1000);
        const { year, month, day, hour } = civilFromUs(at);
        const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect([year, month, day, hour]).toEqual([...parts, date.getUTCHours()]);
        expect(usFromCivil(civilFromUs(at))).toBe(at);
        expect(parseIso(formatIso(at))).toBe(at);
      }),
    );
  });

  test('texts that are no dates -> null', () => {
    for (const text of ['', 'now', '2025-13-01', '2025-02-29', '2025-01-01T24:00', '2025-1-1']) {
      expect(parseIso(text)).toBeNull();
    }
  });

  test('offsets, fractions, and how Python prints', () => {
    expect(formatIso(us('2025-01-01T00:00:00+09:00'))).toBe('2024-12-31T15:00:00Z');
    expect(formatIso(us('2025-01-01 06:30:00.25'))).toBe('2025-01-01T06:30:00.250000Z');
    expect(pythonText(us('2025-01-01'))).toBe('2025-01-01 00:00:00+00:00');
  });
});

describe('time zones', () => {
  test('every zone of the table -> can be read', () => {
    expect(zoneNames().length).toBeGreaterThan(590);
    for (const name of zoneNames()) expect(zone(name).changes.length).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['Europe/Berlin', '2025-07-01T12:00:00Z', 2],
    ['Europe/Berlin', '2100-07-01T12:00:00Z', 2],
    ['Europe/Berlin', '2200-12-01T12:00:00Z', 1],
    ['Asia/Kolkata', '2025-01-01T00:00:00Z', 5.5],
    ['Australia/Lord_Howe', '2025-01-01T00:00:00Z', 11],
    ['Europe/Dublin', '2025-01-01T00:00:00Z', 0],
    ['America/Nuuk', '2040-07-01T00:00:00Z', -1],
    ['+05:30', '2025-01-01T00:00:00Z', 5.5],
    ['-0330', '2025-01-01T00:00:00Z', -3.5],
    ['UTC', '2025-01-01T00:00:00Z', 0],
  ])('%s at %s -> %d hours from UTC', (name, at, hours) => {
    expect(offsetAt(zone(name), us(at)) / 3_600_000_000).toBe(hours);
  });

  test('names that are no zones -> null', () => {
    for (const name of ['', 'Europe/Nowhere', 'toString', '+5', 'europe/berlin']) {
      expect(zoneOf(name)).toBeNull();
    }
  });

  test('platform and table -> the same offset until 2037', () => {
    const names = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Seoul', 'Asia/Tokyo');
    const times = fc.integer({ min: 0, max: 2_100_000_000 }).map((seconds) => seconds * 1_000_000);
    fc.assert(
      fc.property(names, times, (name, at) => {
        const options = { timeZone: name, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' };
        const format = new Intl.DateTimeFormat('en', options as Intl.DateTimeFormatOptions);
        const { hour, minute } = civilFromUs(toLocal(zone(name), at));
        const [h, m] = format
          .format(at / 1000)
          .split(':')
          .map(Number);
        expect([hour, minute]).toEqual([h, m]);
      }),
    );
  });

  test('a clock goes forward -> the missing hour is moved on', () => {
    expect(formatIso(fromLocal(zone('Europe/Zurich'), us('2023-03-26T02:30')))).toBe(
      '2023-03-26T01:30:00Z',
    );
  });

  test('a clock goes back -> the second of the two hours', () => {
    expect(formatIso(fromLocal(zone('Europe/Zurich'), us('2023-10-29T02:30')))).toBe(
      '2023-10-29T01:30:00Z',
    );
  });

  test('any instant -> its wall-clock time gives it back, or the second of two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zoneNames()), moments, (name, at) => {
        const back = fromLocal(zone(name), toLocal(zone(name), at));
        expect(back).toBeGreaterThanOrEqual(at);
        expect(toLocal(zone(name), back)).toBe(toLocal(zone(name), at));
      }),
    );
  });

  test('rules with days of the year and negative times -> the right days', () => {
    const rule = parsePosixRule('<-02>2<-01>,M3.5.0/-1,M10.5.0/0');
    if (!rule) throw new Error('no rule');
    const [first] = changesOfYear(rule, 2024);
    expect(formatIso((first?.at ?? 0) * 1e6)).toBe('2024-03-31T01:00:00Z');
    const julian = parsePosixRule('AAA0BBB,J60/0,J300/0');
    if (!julian) throw new Error('no rule');
    expect(formatIso((changesOfYear(julian, 2024)[0]?.at ?? 0) * 1e6)).toBe('2024-03-01T00:00:00Z');
    expect(parsePosixRule('nonsense,,')).toBeNull();
  });
});

describe('strftime', () => {
  test.each([
    ['%Y-%m-%dT%H:%M:%S', '2025-01-01T08:30:00'],
    ['%Y/%j', '2025/001'],
    ['%G-W%V %a %b', '2025-W01 Wed Jan'],
    ['%I%p %y %U %W %z 100%%', '08AM 25 00 00 +0900 100%'],
  ])('%s -> %s in the local time of the zone', (format, expected) => {
    expect(strftime(us('2024-12-31T23:30:00Z'), 'Asia/Seoul', format)).toBe(expected);
  });
});
