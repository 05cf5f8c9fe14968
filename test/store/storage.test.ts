import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { us } from '../../src/base/time.ts';
import { Log } from '../../src/kernel/index.ts';
import { openStorage } from '../../src/store/index.ts';
import { DATABASE, VERSION } from '../../src/store/schema.ts';

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => vi.unstubAllGlobals());

test('values: written, page reloaded -> read as they were', async () => {
  const first = openStorage();
  const files = [{ name: 'a.py', source: 'x = 1\n' }];
  await first.values.write('files', files);
  first.close();
  const second = openStorage();
  expect(await second.values.read('files')).toEqual(files);
  expect(await second.values.read('settings')).toBeUndefined();
  expect(second.values.problem).toBeNull();
  second.close();
});

test('values: no database at all -> kept in memory, and a problem that says so', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const { values } = openStorage();
  await values.write('prefs', { locale: 'ko' });
  expect(await values.read('prefs')).toEqual({ locale: 'ko' });
  expect(values.problem?.code).toBe('storage_missing');
});

test('values: opening refused, as in a private window -> memory and a problem', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('no', 'SecurityError');
    },
  });
  const { values } = openStorage();
  await values.write('prefs', 1);
  expect(await values.read('prefs')).toBe(1);
  expect(values.problem?.code).toBe('storage_missing');
});

test('values: database full -> problem, and the value is there until the page goes', async () => {
  const storage = openStorage();
  await storage.values.read('files');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await storage.values.write('files', ['large']);
  expect(storage.values.problem?.code).toBe('storage_full');
  vi.restoreAllMocks();
  expect(await storage.values.read('files')).toEqual(['large']);
  await storage.values.write('files', ['small']);
  expect(storage.values.problem).toBeNull();
  storage.close();
});

test('values: a damaged one -> put aside whole, reported, the others untouched', async () => {
  const storage = openStorage();
  await storage.values.write('prefs', 1);
  await storage.values.write('files', 2);
  const raw = await openDB(DATABASE, VERSION);
  await raw.put('values', 'rubbish', 'files');
  expect(await storage.values.read('files')).toBeUndefined();
  expect(storage.values.problem?.code).toBe('storage_damaged');
  expect(await raw.getAll('damaged')).toMatchObject([{ name: 'files', value: 'rubbish' }]);
  expect(await storage.values.read('prefs')).toBe(1);
  raw.close();
  storage.close();
});

test('values: a newer page has migrated the database -> nothing is written, and it is said', async () => {
  const newer = await openDB(DATABASE, VERSION + 1, {
    upgrade: (database) => void database.createObjectStore('values'),
  });
  const { values } = openStorage();
  await values.write('prefs', 1);
  expect(values.problem?.code).toBe('storage_newer');
  expect(await newer.getAll('values')).toEqual([]);
  newer.close();
});

test('runs: tables and chunks of a run -> the same after a reload, and only the last one', async () => {
  const log = new Log();
  for (let i = 0; i < 20_000; i++) log.append(us(i), i % 7, 3);
  const tail = log.tail();
  const chunks = [...log.closedChunks(), ...(tail ? [tail] : [])];
  const lane = { id: 'lane1', info: { slots: 4 }, tables: {}, hash: 'h', chunks: chunks.length };
  const first = openStorage();
  const map = new Map([['lane1', chunks]]);
  expect(await first.runs.write({ key: 'old', savedAt: 0, lanes: [lane] }, map)).toBe(true);
  expect(await first.runs.write({ key: 'new', savedAt: 1, lanes: [lane] }, map)).toBe(true);
  first.close();
  const second = openStorage();
  expect(await second.runs.read('old')).toBeNull();
  const found = await second.runs.read('new');
  expect(Log.fromChunks(found?.chunks.get('lane1') ?? []).digest()).toBe(log.digest());
  second.close();
});
