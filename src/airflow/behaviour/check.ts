/** Rules of behaviour that nobody could follow, as Problems that name their field. */
import { problem, type Problem } from '../../base/result.ts';
import { distributionProblems } from '../latencies/sampler.ts';
import type { BehaviourRule, BehaviourRules } from '../scenario.ts';

export function behaviourProblems(rules: BehaviourRules): readonly Problem[] {
  const kinds = Object.entries(rules.by_kind).flatMap(([kind, spec]) =>
    distributionProblems(spec, `behaviour.by_kind.${kind}`),
  );
  const each = rules.rules.flatMap((rule, i) => ruleProblems(rule, `behaviour.rules[${i}]`));
  return [...kinds, ...each];
}

function ruleProblems(rule: BehaviourRule, field: string): Problem[] {
  const found: Problem[] = [];
  if (rule.duration !== undefined) {
    found.push(...distributionProblems(rule.duration, `${field}.duration`));
  }
  const chance = rule.failure_chance;
  if (chance !== undefined && !(chance >= 0 && chance <= 1)) {
    const params = { value: chance, rule: '0 to 1' };
    found.push(problem('behaviour_value', params, { field: `${field}.failure_chance` }));
  }
  if (rule.cpu !== undefined && !(rule.cpu >= 0 && rule.cpu <= 1)) {
    const params = { value: rule.cpu, rule: '0 to 1' };
    found.push(problem('behaviour_value', params, { field: `${field}.cpu` }));
  }
  const after = rule.condition_after_s;
  if (after !== undefined && after !== null && !(after >= 0)) {
    const params = { value: after, rule: '>= 0' };
    found.push(problem('behaviour_value', params, { field: `${field}.condition_after_s` }));
  }
  return found;
}
