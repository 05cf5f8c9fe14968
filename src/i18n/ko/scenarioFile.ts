import type { scenarioFile as en } from '../en/scenarioFile.ts';
import type { Words } from '../words.ts';

/** Scenario files and the lines in them: what is wrong. */
export const scenarioFile: Words<typeof en> = {
  'problem.scenario_too_large': '시나리오가 {limit}자보다 큽니다.',
  'problem.scenario_not_yaml': 'YAML이 아닙니다: {detail}',
  'problem.scenario_empty': '시나리오가 비어 있습니다.',
  'problem.scenario_dag_unknown': '여기에 없는 DAG입니다: `{dag_id}`. 있는 DAG: {known}.',
  'problem.span_wrong': '`{text}`: 시간이 아닙니다. 90, 90s, 15m, 2h, 1d처럼 쓰세요.',
  'problem.lane_executor_unknown':
    '`{text}`: 이런 executor는 없습니다. 다음 중에서 고르세요: {known}.',
  'problem.airflow_unknown': 'Airflow `{text}`: 모델에 없는 버전입니다. 있는 버전: {known}.',
  'problem.action_not_closed': '`{text}`에서 따옴표나 괄호가 닫히지 않았습니다.',
  'problem.action_time_missing':
    '동작은 `t=90`이나 `t=15m` 같은 시각으로 시작합니다. `{text}`: 시각이 아닙니다.',
  'problem.action_verb_unknown': '`{text}`: 이런 동작은 없습니다. 다음 중에서 고르세요: {known}.',
  'problem.action_word_missing': '`{verb}`에는 다음이 필요합니다: {word}.',
  'problem.action_value_wrong':
    '{name}: `{text}` 값은 쓸 수 없습니다. {kind, select, integer {정수} number {숫자} json {JSON} bool {true 또는 false} list {쉼표로 나눈 이름들} other {문자열}}이어야 합니다.',
  'problem.action_word_unknown': '여기에 없는 말입니다: `{text}`. 쓸 수 있는 것: {known}.',
};
