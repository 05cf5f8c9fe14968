import { describe, expect, test } from 'vitest';
import { fire, ILLEGAL } from '../../src/machines/fire.ts';
import { definitions, machines } from '../../src/machines/index.ts';
import { combinations, effectsOf, oracleOf } from './support.ts';

describe.each(machines.map((compiled, i) => [compiled.id, i] as const))('%s', (_id, index) => {
  const compiled = machines[index]!;
  const { ask } = oracleOf(definitions[index]!, compiled);
  const visited = new Set<number>();

  test('every state, event and guard outcome -> what XState itself answers', () => {
    let asked = 0;
    for (const [s, state] of compiled.states.entries()) {
      for (const [e, event] of compiled.events.entries()) {
        const mask = compiled.cellGuards[s * compiled.eventCount + e]!;
        for (const bits of combinations(mask)) {
          const answer = ask(state, event, bits);
          const id = fire(compiled, s, e, bits);
          const where = `${state} + ${event} with guards ${bits.toString(2)}`;
          expect(id !== ILLEGAL, where).toBe(answer.legal);
          asked += 1;
          if (id === ILLEGAL) continue;
          visited.add(id);
          const row = compiled.transitions[id - compiled.firstId]!;
          expect(compiled.states[row.to], where).toBe(answer.to);
          expect(effectsOf(compiled, id), where).toEqual(answer.effects);
        }
      }
    }
    expect(asked).toBeGreaterThanOrEqual(compiled.states.length * compiled.eventCount);
  });

  test('rows of the table -> all of them were taken by that comparison', async ({ annotate }) => {
    const missed = compiled.transitions.filter((row) => !visited.has(row.id));
    await annotate(`rows compared: ${visited.size} of ${compiled.transitions.length}`);
    expect(missed).toEqual([]);
    expect(visited.size).toBe(compiled.transitions.length);
  });
});
