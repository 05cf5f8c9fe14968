/** One sentence for each Problem code (`problem.<code>`), and what to do (`fix.<code>`). */
export const problems = {
  'problem.unknown': '`{code}` {detail}',

  'problem.engine_failed': 'The engine stopped: {message}',
  'problem.lesson_run_failed': 'This lesson could not be run: {detail}',
  'problem.python_failed': 'Python could not be loaded: {message}',
  'problem.python_not_started': 'Python did not start.',
  'problem.python_silent': 'Python gave no answer and was stopped.',
  'problem.python_crashed': 'Python stopped while it read the files.',
  'problem.python_out_of_memory': 'Python ran out of memory while it read the files.',
  'problem.python_answer_too_large': 'What was read is too large to be taken over.',
  'problem.python_answer_invalid':
    'Python’s answer was not in order (`{field}`), so nothing of it is used.',
  'problem.too_many_files': 'At most {limit} files can be open.',
  'problem.setting_out_of_range': '{value} is outside of {min} to {max}.',
  'problem.option_unknown': 'Airflow {airflow} has no option `{option}`.',
  'problem.option_renamed': 'In Airflow {airflow} the option `{option}` is called `{renamed}`.',
  'problem.option_without_effect': '`{option}` has no effect in Airflow {airflow}.',
  'problem.option_too_small': '`{option}` cannot be {value}: the least value is {least}.',
  'problem.option_not_integer': '`{option}` needs a whole number, not `{value}`.',
  'problem.option_not_number': '`{option}` needs a number, not `{value}`.',
  'problem.option_not_boolean': '`{option}` needs True or False, not `{value}`.',
  'problem.option_no_value': '`{text}` has no value.',
  'problem.invariant_broken':
    '**The simulation contradicted itself and was stopped** at {at_s} s: {what} ({invariant}, row {row}). This is a fault of Windtunnel, not of your DAGs. A report with the scenario helps.',
  'problem.simulation_queue_full':
    '**Too much is pending at once** ({limit} events). The simulation was stopped.',
  'problem.simulation_log_full':
    '**The log is full** ({limit} records). The simulation was stopped.',
  'problem.simulation_endless_instant':
    '**The simulation makes no progress**: {limit} events at one moment. It was stopped.',
  'problem.executor_gone': 'Airflow {airflow} has no {executor}. Its place is taken by {became}.',
  'problem.hybrid_gone':
    'Airflow {airflow} has no hybrid executor any more: name both executors, and give tasks their `executor`.',
  'problem.hybrid_of_what':
    'A hybrid is CeleryExecutor or LocalExecutor with KubernetesExecutor; {executor} has none.',
  'problem.executor_twice':
    '{executor} stands twice in the list of executors; Airflow {airflow} refuses that.',
  'problem.executor_alias_of_name':
    '`{text}`: Airflow {airflow} takes an alias for the path of a class only, as `alias:module.Class`.',
  'problem.executor_alone': 'SequentialExecutor cannot stand beside another executor.',
  'problem.task_executor_unknown':
    'The task `{task_id}` of `{dag_id}` names `{executor}`, which an Airflow with {lane} alone does not have: it would refuse the file with {error}. Here the task runs on the lane’s own executor.',
  'problem.placement_part_unknown':
    '`{part}` is no part that stands on a machine. Known: {known}; of schedulers, triggerers and workers with their number, or `-*` for all of them.',
  'problem.placement_part_missing': 'There is no `{part}`: the lane has {count} of that kind.',
  'problem.placement_part_twice':
    '`{part}` stands on two machines, `{other}` and `{machine}`; it can stand on one.',
  'problem.placement_machine_twice': 'Two machines are called `{name}`.',
  'problem.placement_and_machine':
    '`fleet.machine` puts everything on one machine and `fleet.placement` on several: say one of them.',
  'problem.field_wrong':
    '`{field}` {expected, select, text {has to be a text} boolean {has to be true or false} number {has to be a number} integer {has to be a whole number} not_negative {has to be a number from 0 on} nothing {has to be empty} list {has to be a list} fields {has to be a group of named fields} choice {has to be one of {words}} known_field {is no field of this group, which has {words}} other {has to be one of: {words}}}.',
  'problem.number_negative': 'A number is below 0 where that means nothing.',
  'problem.date_not_iso': '`{text}` is not a date as it is needed here.',
  'problem.action_not_in_version': 'The action `{action}` does not exist in Airflow {airflow}.',
  'problem.action_half_interval': 'A data interval needs both its start and its end.',
  'problem.action_dag_unknown': 'The action names a DAG that is not here: `{dag_id}`.',
  'problem.action_task_unknown':
    'The action names a task that `{dag_id}` does not have: `{task_id}`.',
  'problem.operator_not_in_version':
    'The operator of `{task_id}` does not exist in Airflow {airflow}.',
  'problem.dag_id_twice': 'Two DAGs are called `{dag_id}`.',
  'problem.task_id_twice': 'Two tasks are called `{task_id}`.',
  'problem.group_unknown': 'There is no group `{group}`.',
  'problem.timetable_unknown': 'The timetable `{timetable}` is not modelled.',
  'problem.fault_text_wrong':
    '`{text}` is not a fault. A fault reads like `t=120 kill worker-2` or `t=60 slow database call_s=2`.',
  'problem.version_unknown':
    'No contents of the DAG files are called `{to}`; there are: {known}. Give them under `versions`.',
  'problem.version_name_taken':
    'Contents cannot be called `{name}`: that is what the files have at the start.',
  'problem.version_dag_unknown':
    'Later contents have the DAG `{dag_id}`, which the files at the start have not: {known}.',
  'problem.fault_part_unknown': 'This scenario has no part called `{part}`.',
  'problem.fault_unknown': 'Nothing called `{what}` can happen to {part}. Possible: {known}.',
  'problem.fault_not_here':
    '`{what} {part}` does not exist in Airflow {airflow} with the {executor} executor.',
  'problem.fault_argument_unknown': 'This fault has no value `{name}`. Possible: {known}.',
  'problem.fault_argument_wrong': 'The value `{name}` of this fault needs {needs}, not {value}.',
  'problem.arrivals_one_way': 'Arrivals need exactly one of `per_hour`, `every_s` and `at_s`.',
  'problem.arrivals_what': 'Arrivals name either a `dag_id` or an `asset`.',
  'problem.arrivals_too_many':
    'These arrivals would be more than {limit}. Lower the rate or shorten the time.',
  'problem.arrivals_dag_unknown': 'The arrivals name a DAG that is not here: `{dag_id}`.',
  'problem.price_unknown': 'Nothing called `{name}` has a price. Possible: {known}.',
  'problem.price_wrong': 'The price of `{name}` needs a number from 0 on, not `{value}`.',
  'problem.behaviour_value': 'A value of the tasks’ behaviour cannot be used.',
  'problem.latency_unknown': 'There is no latency called `{name}`.',
  'problem.distribution_parameter': 'The distribution `{kind}` cannot have this `{name}`.',

  'problem.dag_files_none': 'There is no file to read.',
  'problem.dag_files_too_many': '{count} files are too many: at most {limit} are read at once.',
  'problem.dag_file_too_large': 'This file is too large: at most {limit} bytes are read.',
  'problem.dag_file_name': '`{name}` cannot be the name of a DAG file.',
  'problem.dag_file_skipped':
    'Airflow skips this file: it does not contain the words `dag` and `airflow`.',
  'problem.dag_file_without_dag': 'The file was read, and **no DAG was in it**.',
  'problem.dag_function_not_called': '**`{name}` is never called**, so its DAG does not exist.',
  'problem.dag_count_too_large': '{count} DAGs are too many: at most {limit} are taken over.',
  'problem.dag_tasks_too_many': '`{dag_id}` has {count} tasks: at most {limit} are taken over.',
  'problem.dag_syntax_error': '**This is not Python yet**: {message}',
  'problem.dag_import_timeout': '**Reading the file took too long** and was stopped.',
  'problem.dag_module_gone': '**The module `{module}` is gone** in this Airflow.',
  'problem.dag_module_newer': '**The module `{module}` came with Airflow {version}**.',
  'problem.dag_module_unknown': '**Airflow has no module `{module}`.**',
  'problem.dag_library_missing': '**The library `{module}` is not installed here.**',
  'problem.dag_missing_in_files': 'No DAG was found in the files.',
  'problem.dag_name_gone': '**`{name}` is no longer in `{module}`.**',
  'problem.dag_name_unknown': '**`{module}` has no `{name}`.**',
  'problem.dag_argument_gone': '**The argument `{argument}` is gone** in this Airflow.',
  'problem.dag_argument_unknown': '**The argument `{argument}` is not known here.**',
  'problem.dag_argument_missing': '**The argument `{argument}` is missing.**',
  'problem.dag_list_to_list': '**Two lists cannot be joined with `>>`.**',
  'problem.dag_context_default':
    '**`{argument}` belongs to the context** and cannot have a default of its own.',
  'problem.dag_trigger_rule_unknown': '**`{rule}` is not a trigger rule.**',
  'problem.dag_id_character': '**This id has a character that Airflow does not allow.** {message}',
  'problem.dag_cycle': '**The tasks wait for each other in a ring.** {message}',
  'problem.dag_duplicate_id': '**Two tasks have the same id.** {message}',
  'problem.dag_duplicate_dag': '**Two DAGs have the same id.** {message}',
  'problem.dag_schedule_invalid': '**The schedule cannot be read.** {message}',
  'problem.dag_executor_unknown': '**A task asks for an executor that is not there.** {message}',
  'problem.dag_not_serializable':
    '**The DAG cannot be stored**: a value in it is not plain data. {message}',
  'problem.dag_connection_missing':
    '**A connection is asked for while the file is read**, and it is not there. {message}',
  'problem.dag_exits': '**The file ends the program** (`sys.exit`) while it is read.',
  'problem.dag_import_error': '**{class}**: {message}',
  'problem.provider_not_recorded':
    'The provider `{provider}` is not recorded: its operators are taken as they are written.',
  'problem.executor_config_not_read':
    '`executor_config` of `{task_id}` says `{what}`, which is not simulated here; the rest of it is.',
  'problem.executor_config_refused':
    '`executor_config` of `{task_id}`: KubernetesExecutor takes `pod_override` as a `kubernetes.client.models.V1Pod` only. With {what} its task instances fail at once (`Invalid executor_config passed`); other executors do not look at it.',
  'problem.library_stand_in':
    '`{library}` is a stand-in here: it can be imported and does nothing.',
  'problem.name_not_modelled': '`{name}` of `{module}` is accepted and has no effect here.',

  'fix.python_failed':
    'Look at the connection, then run it again. The editor works without Python.',
  'fix.python_not_started': 'Reload the page, then run it again.',
  'fix.python_silent': 'Look for a loop that never ends or for a wait outside of the tasks.',
  'fix.python_crashed':
    'Run it again. If it stops at the same place, take out what the file does beside defining DAGs. Its last words: `{message}`',
  'fix.python_out_of_memory':
    'A DAG file has 512 MB here. Look for large lists or data that are made outside of the tasks.',
  'fix.python_answer_too_large':
    'Open fewer files at once, or make fewer DAGs and tasks in one file.',
  'fix.executor_gone': 'Choose Local for this lane, or Airflow 2.11.2.',
  'fix.option_unknown': 'The nearest name is `{near}`.',
  'fix.dag_file_too_large':
    'A DAG file holds code. Move data into a file of its own, outside of it.',
  'fix.dag_file_skipped': 'Import from `airflow` in this file if it shall hold a DAG.',
  'fix.dag_file_without_dag':
    'Make a `DAG` at the top level of the file, or call the function with `@dag`.',
  'fix.dag_function_not_called': 'Call it in the last line: `{name}()`.',
  'fix.dag_syntax_error': 'Look at this line and the one before it.',
  'fix.dag_import_timeout': 'Move the slow work into a task: a DAG file is read again and again.',
  'fix.dag_module_gone': 'Its form of today: `{instead}`.',
  'fix.dag_module_newer':
    'Use the import path of the older version, or choose Airflow 3.3.2 for the lanes.',
  'fix.dag_module_unknown': 'Check the spelling of the path.',
  'fix.dag_library_missing': 'Import it inside of the task that needs it.',
  'fix.dag_missing_in_files':
    'A file needs a DAG at module level: `with DAG(...)`, or `@dag` and a call of that function.',
  'fix.dag_name_gone': 'Its form of today: `{instead}`.',
  'fix.dag_name_unknown': 'Check the spelling. The nearest name is `{instead}`.',
  'fix.dag_argument_gone': 'Its form of today: `{instead}`.',
  'fix.dag_argument_unknown': 'Check the spelling, or take it away.',
  'fix.dag_argument_missing': 'Give `{argument}` where the task or the DAG is made.',
  'fix.dag_list_to_list': 'Use `chain` or `cross_downstream`, or put one task between them.',
  'fix.dag_context_default': 'Write it as `{instead}`.',
  'fix.dag_trigger_rule_unknown': 'Did you mean `{instead}`?',
  'fix.dag_id_character': 'Use letters, digits, dashes, dots and underscores.',
  'fix.dag_cycle': 'Take away one of the arrows of the ring.',
  'fix.dag_duplicate_id': 'Give one of them another `task_id`.',
  'fix.dag_duplicate_dag': 'Give one of them another `dag_id`.',
  'fix.dag_schedule_invalid':
    'Use a preset such as `@daily`, a cron expression of five fields, or a `timedelta`.',
  'fix.dag_executor_unknown':
    'Use the name of an executor of this Airflow, or take `executor` away.',
  'fix.dag_not_serializable': 'Give plain values: text, numbers, lists, dictionaries, dates.',
  'fix.dag_connection_missing': 'Ask for it inside of a task instead.',
  'fix.dag_exits': 'Take `sys.exit` out of the top level.',

  'setting.parallelism': 'Slots of the scheduler',
  'setting.local_parallelism': 'Worker processes',
  'setting.scheduler_idle_sleep_time': 'Pause between loops',
  'setting.max_tis_per_query': 'Task instances per loop',
  'setting.max_active_tasks': 'Active tasks per run',
  'setting.worker_prefetch_multiplier': 'Messages taken ahead, per slot',
  'setting.task_acks_late': 'Acknowledge after the task',
  'setting.worker_pods_creation_batch_size': 'Pods created per loop',
  'setting.pod_places': 'Pods that fit at once',
  'setting.pod_start_s': 'Start of a pod, seconds',
} as const;
