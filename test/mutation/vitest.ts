/**
 * Stands for `vitest` in the bundle of the judge: tests are collected once and then called again
 * and again in one warm process. The matchers are those of Vitest itself.
 */
import {
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  chai,
  setState,
} from '@vitest/expect';

export interface JudgeTest {
  readonly file: string;
  readonly name: string;
  readonly run: () => unknown;
}

type Body = (...row: unknown[]) => unknown;
type Define = (name: string, body: Body) => void;

/** All tests in the order in which their files define them. */
export const tests: JudgeTest[] = [];

let file = '';
let path: string[] = [];

/** Tests defined from now on belong to this file (from the root of the project). */
export function enterFile(name: string): void {
  file = name;
}

function define(name: string, body: Body): void {
  tests.push({ file, name: [...path, name].join(' '), run: () => body() });
}

function group(name: string, body: Body): void {
  const outer = path;
  path = [...outer, name];
  body();
  path = outer;
}

/** `test.each(rows)(name, body)`: rows are told apart by their number. */
function each(one: Define) {
  return (rows: readonly unknown[]) => (name: string, body: Body) =>
    rows.forEach((row, number) => {
      const values = Array.isArray(row) ? row : [row];
      one(`${name} [${number}]`, () => body(...values));
    });
}

export const test = Object.assign(define, { each: each(define) });
export { test as it };
export const describe = Object.assign(group, { each: each(group) });

// Once per process, not once per copy of the bundle: the plugins would pile up.
if (!(GLOBAL_EXPECT in globalThis)) {
  for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
  Object.assign(globalThis, { [GLOBAL_EXPECT]: chai.expect });
  setState({ assertionCalls: 0 }, chai.expect as never);
}
export const { expect } = chai;
