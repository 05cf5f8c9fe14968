/** Scenario files and the lines in them: what is wrong. */
export const scenarioFile = {
  'problem.scenario_too_large': 'The scenario is larger than {limit} characters.',
  'problem.scenario_not_yaml': 'This is no YAML: {detail}',
  'problem.scenario_empty': 'The scenario is empty.',
  'problem.scenario_dag_unknown': 'No DAG here is called `{dag_id}`: there are {known}.',
  'problem.span_wrong': '`{text}` is no time: write 90, 90s, 15m, 2h or 1d.',
  'problem.lane_executor_unknown': 'There is no executor `{text}`: choose from {known}.',
  'problem.airflow_unknown': 'Airflow `{text}` is not modelled, only {known}.',
  'problem.action_not_closed': 'A quote or a bracket is not closed in `{text}`.',
  'problem.action_time_missing':
    'An action begins with its time, such as `t=90` or `t=15m`, not with `{text}`.',
  'problem.action_verb_unknown': 'There is no action `{text}`: choose from {known}.',
  'problem.action_word_missing': '`{verb}` needs its {word}.',
  'problem.action_value_wrong':
    '`{text}` is no value for {name}: it has to be {kind, select, integer {a whole number} number {a number} json {JSON} bool {true or false} list {names with commas between} other {a text}}.',
  'problem.action_word_unknown': 'Nothing here is called `{text}`; known: {known}.',
};
