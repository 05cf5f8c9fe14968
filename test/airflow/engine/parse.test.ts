import { describe, expect, it } from 'vitest';
import { parseDagSpec } from '../../../src/airflow/parseSpec.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import type { Result } from '../../../src/base/result.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

function codes(result: Result<unknown>): string[] {
  return result.ok ? [] : result.error.map((each) => `${each.code} ${each.where?.field ?? ''}`);
}

describe('scenarios and specs from unknown data', () => {
  it('a good scenario: accepted as it is', () => {
    const scenario = scenarioOf([dagSpec('d', [taskSpec('a')])]);
    const parsed = validateScenario(JSON.parse(JSON.stringify(scenario)));
    expect(parsed).toEqual({ ok: true, value: scenario });
  });

  it('a wrong field: its path', () => {
    const scenario = scenarioOf([dagSpec('d', [taskSpec('a', [], { retries: 1.5 })])]);
    expect(codes(validateScenario(scenario))).toEqual(['field_wrong dags[0].tasks[0].retries']);
    expect(codes(validateScenario(null))).toHaveLength(1);
    expect(codes(validateScenario({ ...scenarioOf([]), seed: 'x' }))).toEqual(['field_wrong seed']);
  });

  it('SequentialExecutor of 3.3.2: refused with what became of it', () => {
    const scenario = scenarioOf([dagSpec('d', [taskSpec('a')])], { executor: 'sequential' });
    expect(codes(validateScenario(scenario))[0]).toContain('executor_gone');
  });

  it('unknown upstream, rule and option: each named', () => {
    const task = taskSpec('a', ['nobody'], { trigger_rule: 'all_sucess' });
    const scenario = scenarioOf([dagSpec('d', [task])], { config: { 'core.paralelism': 4 } });
    const found = codes(validateScenario(scenario));
    expect(found).toContain('task_unknown dags[0].tasks[0].upstream_task_ids');
    expect(found).toContain('trigger_rule_unknown dags[0].tasks[0].trigger_rule');
    expect(found).toHaveLength(3);
  });

  it('a circle: its tasks in order', () => {
    const tasks = [taskSpec('a', ['c']), taskSpec('b', ['a']), taskSpec('c', ['b'])];
    const parsed = parseDagSpec(dagSpec('d', tasks), '3.3.2');
    expect(parsed.ok ? null : parsed.error[0]?.params['tasks']).toHaveLength(3);
  });
});
