/**
 * A test runner for Stryker that stays warm: the instrumented engine and its tests are one bundle,
 * loaded once per process; a mutant is switched on, the tests that pass it are called, the cheap
 * ones first, until one fails (src/decisions/0014-mutation-judge.md). JUDGE=all: by more tests.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleJudge } from './bundleJudge.mjs';

/** A test may pass places that can be changed this many times as often as before, and so many more. */
const FACTOR = 20;
const MORE = 100_000;

class Judge {
  static inject = [];
  root = process.cwd();
  folder = join(this.root, `.judge-${process.env.STRYKER_MUTATOR_WORKER ?? 0}`);
  /** What Stryker's instrumentation looks at. */
  switches = (globalThis.__stryker__ ??= {});
  copies = 0;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const noting = join(this.folder, 'noting.mjs');
    const plain = join(this.folder, 'plain.mjs');
    // A process that follows one that was stopped finds its bundle.
    this.files = existsSync(plain) ? { noting, plain } : await bundleJudge(this.root, this.folder);
  }

  /** Runs all tests and notes which of them passes which mutant how often. */
  async dryRun() {
    await this.load(this.files.noting);
    const results = [];
    const book = [];
    for (const [id, test] of this.tests) {
      this.switches.currentTestId = id;
      this.switches.asked = 0;
      const result = await this.runTest(id, test);
      results.push(result);
      book.push([id, result.timeSpentMs, this.switches.asked]);
    }
    this.switches.currentTestId = undefined;
    const { mutantCoverage } = this.switches;
    this.tests = undefined;
    writeFileSync(this.bookFile(), JSON.stringify(book));
    return { status: 'complete', tests: results, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation }) {
    const id = activeMutant.id;
    this.book ??= this.readBook();
    const verdict =
      mutantActivation === 'static'
        ? await this.inFreshCopy(id, testFilter)
        : await this.inWarmCopy(id, testFilter);
    this.switches.activeMutant = undefined;
    return verdict;
  }

  async inFreshCopy(id, testFilter) {
    this.switches.activeMutant = id;
    this.tests = undefined;
    try {
      await this.load(this.files.plain);
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    const verdict = await this.judge(id, testFilter);
    this.tests = undefined;
    return verdict;
  }

  /**
   * A mutant may leave something behind in a table of the module that makes later tests fail: the
   * failing test must pass again without it. If not, a fresh copy decides; a test that fails there
   * too without any mutant needs others before it, and is not asked any more.
   */
  async inWarmCopy(id, testFilter) {
    if (this.tests === undefined) await this.load(this.files.plain);
    for (;;) {
      const verdict = await this.judge(id, testFilter);
      if (verdict.status === 'survived' || (await this.passesWithout(this.lastAsked))) {
        return verdict;
      }
      await this.load(this.files.plain);
      if (await this.passesWithout(this.lastAsked)) {
        const fresh = await this.judge(id, testFilter);
        this.tests = undefined;
        return fresh;
      }
      const { order } = this.book;
      order.splice(order.indexOf(this.lastAsked), 1);
    }
  }

  async passesWithout(id) {
    this.switches.activeMutant = undefined;
    this.switches.askedAtMost = Infinity;
    const { status } = await this.runTest(id, this.tests.get(id));
    return status === 'success';
  }

  async judge(mutant, testFilter) {
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const ids = this.book.order.filter((id) => wanted === null || wanted.has(id));
    let nrOfTests = 0;
    for (const id of ids) {
      nrOfTests += 1;
      this.lastAsked = id;
      this.switches.asked = 0;
      this.switches.askedAtMost = this.book.asked.get(id) * FACTOR + MORE;
      this.switches.activeMutant = mutant;
      const result = await this.runTest(id, this.tests.get(id));
      if (this.switches.asked > this.switches.askedAtMost) {
        return { status: 'timeout', reason: `${id} does not end` };
      }
      if (result.status === 'success') continue;
      this.askFirst(id);
      const failureMessage = `${id}: ${result.failureMessage}`.slice(0, 2000);
      return { status: 'killed', killedBy: [id], failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  /** What has found one mutant is likely to find the next one of the same place. */
  askFirst(id) {
    const { order } = this.book;
    order.splice(order.indexOf(id), 1);
    order.unshift(id);
  }

  async runTest(id, { name, file, run }) {
    const start = performance.now();
    const result = { id, name, fileName: join(this.root, file), status: 'success' };
    try {
      await run();
    } catch (error) {
      result.status = 'failed';
      result.failureMessage = error instanceof Error ? error.message : String(error);
    }
    return { ...result, timeSpentMs: performance.now() - start };
  }

  async load(file) {
    this.copies += 1;
    this.switches.askedAtMost = Infinity;
    const judge = await import(`${pathToFileURL(file).href}?copy=${this.copies}`);
    await judge.defineTests(this.root, process.env.JUDGE === 'all');
    this.tests = new Map(judge.tests.map((test) => [`${test.file}#${test.name}`, test]));
  }

  bookFile() {
    return join(this.folder, '..', 'judge-book.json');
  }

  readBook() {
    const book = JSON.parse(readFileSync(this.bookFile(), 'utf8'));
    const order = book.sort((a, b) => a[1] - b[1]).map(([id]) => id);
    return { order, asked: new Map(book.map(([id, , asked]) => [id, asked])) };
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'judge', injectableClass: Judge }];
