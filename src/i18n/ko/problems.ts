import type { problems as en } from '../en/problems.ts';
import type { Words } from '../words.ts';

export const problems: Words<typeof en> = {
  'problem.unknown': '`{code}` {detail}',

  'problem.engine_failed': '엔진이 멈췄습니다: {message}',
  'problem.lesson_run_failed': '이 레슨을 실행하지 못했습니다: {detail}',
  'problem.python_failed': 'Python을 받지 못했습니다: {message}',
  'problem.python_not_started': 'Python이 시작되지 않았습니다.',
  'problem.python_silent': 'Python이 답하지 않아 중단했습니다.',
  'problem.python_crashed': '파일을 읽는 동안 Python이 멈췄습니다.',
  'problem.python_out_of_memory': '파일을 읽는 동안 Python의 메모리가 모자랐습니다.',
  'problem.python_answer_too_large': '읽은 결과가 너무 커서 가져올 수 없습니다.',
  'problem.python_answer_invalid':
    'Python의 답이 올바르지 않아(`{field}`) 아무것도 쓰지 않았습니다.',
  'problem.too_many_files': '파일은 {limit}개까지 열 수 있습니다.',
  'problem.setting_out_of_range': '{min}부터 {max}까지만 쓸 수 있습니다. 입력한 값: {value}.',
  'problem.option_unknown': 'Airflow {airflow}에는 `{option}` 옵션이 없습니다.',
  'problem.option_renamed': 'Airflow {airflow}에서 `{option}` 옵션의 이름은 `{renamed}`입니다.',
  'problem.option_without_effect': 'Airflow {airflow}에서 `{option}` 옵션은 아무 효과가 없습니다.',
  'problem.option_too_small':
    '`{option}` 값 {value}은(는) 쓸 수 없습니다. 가장 작은 값은 {least}입니다.',
  'problem.option_not_integer': '`{option}`에는 정수가 필요합니다. 지금 값은 `{value}`입니다.',
  'problem.option_not_number': '`{option}`에는 숫자가 필요합니다. 지금 값은 `{value}`입니다.',
  'problem.option_not_boolean':
    '`{option}`에는 True나 False가 필요합니다. 지금 값은 `{value}`입니다.',
  'problem.option_no_value': '값이 없습니다: `{text}`.',
  'problem.invariant_broken':
    '{at_s}초에 **시뮬레이션이 스스로와 맞지 않아 멈췄습니다**: {what} ({invariant}, 행 {row}). DAG가 아니라 Windtunnel의 잘못입니다. 시나리오와 함께 알려 주세요.',
  'problem.simulation_queue_full':
    '**한꺼번에 기다리는 것이 너무 많습니다**(이벤트 {limit}개). 시뮬레이션을 멈췄습니다.',
  'problem.simulation_log_full':
    '**로그가 가득 찼습니다**(기록 {limit}개). 시뮬레이션을 멈췄습니다.',
  'problem.simulation_endless_instant':
    '**시뮬레이션이 나아가지 않습니다**: 한 순간에 이벤트 {limit}개입니다. 멈췄습니다.',
  'problem.executor_gone':
    'Airflow {airflow}에는 {executor} 실행기가 없습니다. 그 자리는 {became}입니다.',
  'problem.hybrid_gone':
    'Airflow {airflow}에는 하이브리드 실행기가 없습니다. 두 실행기를 모두 적고 태스크에 `executor`를 정하세요.',
  'problem.hybrid_of_what':
    '하이브리드는 CeleryExecutor나 LocalExecutor에 KubernetesExecutor를 더한 것입니다. 하이브리드가 없는 실행기: {executor}.',
  'problem.executor_twice':
    '실행기 목록에 두 번 나옵니다: {executor}. Airflow {airflow}에서는 거부됩니다.',
  'problem.executor_alias_of_name':
    '`{text}`: Airflow {airflow}에서 별칭은 `alias:module.Class`처럼 클래스 경로에만 붙일 수 있습니다.',
  'problem.executor_alone': 'SequentialExecutor는 다른 실행기와 함께 쓸 수 없습니다.',
  'problem.task_executor_unknown':
    '`{dag_id}`의 태스크 `{task_id}`: 지정한 실행기는 `{executor}`입니다. {lane}만 있는 Airflow라면 {error} 오류로 이 파일을 거부합니다. 여기서는 레인의 실행기로 실행합니다.',
  'problem.placement_part_unknown':
    '`{part}`: 머신에 둘 수 있는 부품이 아닙니다. 둘 수 있는 것: {known}. 스케줄러, 트리거러, 워커는 번호를 붙이거나 전부를 뜻하는 `-*`를 붙입니다.',
  'problem.placement_part_missing': '`{part}`: 없는 부품입니다. 이 레인에 있는 수: {count}.',
  'problem.placement_part_twice':
    '`{part}`: 머신 두 대(`{other}`, `{machine}`)에 있습니다. 한 대에만 둘 수 있습니다.',
  'problem.placement_machine_twice': '머신 두 대의 이름이 같습니다: `{name}`.',
  'problem.placement_and_machine':
    '`fleet.machine`은 모든 것을 머신 한 대에, `fleet.placement`는 여러 대에 둡니다. 둘 중 하나만 적으세요.',
  'problem.field_wrong':
    '`{field}`: {expected, select, text {문자열이어야 합니다} boolean {true 또는 false여야 합니다} number {숫자여야 합니다} integer {정수여야 합니다} not_negative {0 이상의 숫자여야 합니다} nothing {비워 두어야 합니다} list {목록이어야 합니다} fields {이름이 있는 필드들의 묶음이어야 합니다} choice {다음 중 하나여야 합니다: {words}} known_field {이 묶음에 없는 필드입니다. 있는 필드: {words}} other {여기서 모르는 형태입니다({words})}}.',
  'problem.number_negative': '0보다 작을 수 없는 수가 0보다 작습니다.',
  'problem.date_not_iso': '여기에 쓸 수 있는 날짜가 아닙니다: `{text}`.',
  'problem.action_not_in_version': 'Airflow {airflow}에는 `{action}` 동작이 없습니다.',
  'problem.action_half_interval': '데이터 구간에는 시작과 끝이 모두 있어야 합니다.',
  'problem.action_dag_unknown': '여기에 없는 DAG를 가리키는 동작입니다: `{dag_id}`.',
  'problem.action_task_unknown': '`{dag_id}`에 없는 태스크를 가리키는 동작입니다: `{task_id}`.',
  'problem.operator_not_in_version': '`{task_id}`의 오퍼레이터는 Airflow {airflow}에 없습니다.',
  'problem.dag_id_twice': '같은 이름의 DAG가 둘 있습니다: `{dag_id}`.',
  'problem.task_id_twice': '같은 이름의 태스크가 둘 있습니다: `{task_id}`.',
  'problem.group_unknown': '이런 그룹이 없습니다: `{group}`.',
  'problem.timetable_unknown': '아직 다루지 않는 타임테이블입니다: `{timetable}`.',
  'problem.fault_text_wrong':
    '장애로 읽을 수 없습니다: `{text}`. `t=120 kill worker-2`나 `t=60 slow database call_s=2`처럼 씁니다.',
  'problem.version_unknown':
    'DAG 파일 내용 가운데 `{to}`라는 것은 없습니다. 있는 것: {known}. `versions` 아래에 적으세요.',
  'problem.version_name_taken': '시작할 때의 내용을 뜻하는 이름은 쓸 수 없습니다: `{name}`.',
  'problem.version_dag_unknown':
    '나중 내용에 있는 DAG `{dag_id}`이(가) 시작할 때의 파일에는 없습니다: {known}.',
  'problem.fault_part_unknown': '이 시나리오에 없는 부품입니다: `{part}`.',
  'problem.fault_unknown': '{part}에는 `{what}` 장애가 없습니다. 쓸 수 있는 것: {known}.',
  'problem.fault_not_here':
    'Airflow {airflow}의 {executor} 실행기에는 `{what} {part}` 장애가 없습니다.',
  'problem.fault_argument_unknown': '이 장애에는 `{name}` 값이 없습니다. 쓸 수 있는 것: {known}.',
  'problem.fault_argument_wrong':
    '이 장애의 `{name}`에는 {needs} 값이 필요합니다. 지금 값은 {value}입니다.',
  'problem.arrivals_one_way': '도착에는 `per_hour`, `every_s`, `at_s` 중 정확히 하나가 필요합니다.',
  'problem.arrivals_what': '도착은 `dag_id`나 `asset` 중 하나를 가리킵니다.',
  'problem.arrivals_too_many': '도착이 {limit}개를 넘습니다. 비율을 낮추거나 시간을 줄이세요.',
  'problem.arrivals_dag_unknown': '도착이 여기에 없는 DAG를 가리킵니다: `{dag_id}`.',
  'problem.price_unknown': '`{name}`에는 가격이 없습니다. 가능한 것: {known}.',
  'problem.price_wrong': '`{name}`의 가격은 0 이상의 수여야 합니다. 지금 값: `{value}`.',
  'problem.behaviour_value': '태스크 동작에 쓸 수 없는 값이 있습니다.',
  'problem.latency_unknown': '이런 이름의 지연이 없습니다: `{name}`.',
  'problem.distribution_parameter': '분포 `{kind}`에는 이런 `{name}` 값을 쓸 수 없습니다.',

  'problem.dag_files_none': '읽을 파일이 없습니다.',
  'problem.dag_files_too_many': '파일이 {count}개로 너무 많습니다. 한 번에 {limit}개까지 읽습니다.',
  'problem.dag_file_too_large': '파일이 너무 큽니다. {limit}바이트까지 읽습니다.',
  'problem.dag_file_name': 'DAG 파일 이름으로 쓸 수 없습니다: `{name}`.',
  'problem.dag_file_skipped':
    'Airflow가 이 파일을 건너뜁니다. `dag`와 `airflow`라는 말이 없습니다.',
  'problem.dag_file_without_dag': '파일은 읽었지만 **그 안에 DAG가 없습니다.**',
  'problem.dag_function_not_called':
    '**`{name}` 함수를 부르는 곳이 없어서** DAG가 생기지 않습니다.',
  'problem.dag_count_too_large': 'DAG가 {count}개로 너무 많습니다. {limit}개까지 가져옵니다.',
  'problem.dag_tasks_too_many': '`{dag_id}`의 태스크가 {count}개입니다. {limit}개까지 가져옵니다.',
  'problem.dag_syntax_error': '**아직 올바른 Python이 아닙니다**: {message}',
  'problem.dag_import_timeout': '**파일을 읽는 데 너무 오래 걸려** 중단했습니다.',
  'problem.dag_module_gone': '**이 Airflow에는 `{module}` 모듈이 없어졌습니다.**',
  'problem.dag_module_newer': '**`{module}` 모듈은 Airflow {version}부터 있습니다.**',
  'problem.dag_module_unknown': '**Airflow에 `{module}` 모듈이 없습니다.**',
  'problem.dag_library_missing': '**라이브러리 `{module}` 설치가 여기에는 없습니다.**',
  'problem.dag_missing_in_files': '파일에서 DAG를 찾지 못했습니다.',
  'problem.dag_name_gone': '**`{module}`에서 없어진 이름입니다: `{name}`.**',
  'problem.dag_name_unknown': '**`{module}`에 없는 이름입니다: `{name}`.**',
  'problem.dag_argument_gone': '**이 Airflow에는 `{argument}` 인자가 없어졌습니다.**',
  'problem.dag_argument_unknown': '**여기서는 `{argument}` 인자를 모릅니다.**',
  'problem.dag_argument_missing': '**`{argument}` 인자가 빠졌습니다.**',
  'problem.dag_list_to_list': '**리스트와 리스트는 `>>`로 이을 수 없습니다.**',
  'problem.dag_context_default':
    '**컨텍스트에 속한 이름이라** 기본값을 가질 수 없습니다: `{argument}`.',
  'problem.dag_trigger_rule_unknown': '**이런 트리거 규칙은 없습니다: `{rule}`.**',
  'problem.dag_id_character': '**Airflow에서 쓸 수 없는 글자가 id에 있습니다.** {message}',
  'problem.dag_cycle': '**태스크가 서로를 기다려 고리를 이룹니다.** {message}',
  'problem.dag_duplicate_id': '**두 태스크의 id가 같습니다.** {message}',
  'problem.dag_duplicate_dag': '**두 DAG의 id가 같습니다.** {message}',
  'problem.dag_schedule_invalid': '**스케줄을 읽을 수 없습니다.** {message}',
  'problem.dag_executor_unknown': '**없는 실행기를 쓰려는 태스크가 있습니다.** {message}',
  'problem.dag_not_serializable':
    '**DAG를 저장할 수 없습니다.** 단순한 데이터가 아닌 값이 있습니다. {message}',
  'problem.dag_connection_missing': '**파일을 읽는 동안 커넥션을 찾았지만** 없습니다. {message}',
  'problem.dag_exits': '**파일을 읽는 동안 프로그램이 끝납니다**(`sys.exit`).',
  'problem.dag_import_error': '**{class}**: {message}',
  'problem.provider_not_recorded':
    '기록이 없는 프로바이더입니다: `{provider}`. 오퍼레이터를 적힌 그대로 받아들입니다.',
  'problem.executor_config_not_read':
    '`{task_id}`의 `executor_config`에 있는 `{what}`: 여기서는 시뮬레이션하지 않습니다. 나머지는 읽습니다.',
  'problem.executor_config_refused':
    '`{task_id}`의 `executor_config`: KubernetesExecutor는 `pod_override`에 `kubernetes.client.models.V1Pod`만 받습니다. {what} 때문에 태스크 인스턴스가 곧바로 실패합니다(`Invalid executor_config passed`). 다른 실행기는 이것을 보지 않습니다.',
  'problem.library_stand_in':
    '`{library}` 라이브러리는 여기서 대역입니다. 가져올 수 있지만 아무 일도 하지 않습니다.',
  'problem.name_not_modelled':
    '`{module}`의 `{name}` 이름은 받아들이지만 여기서는 효과가 없습니다.',

  'fix.python_failed': '연결을 확인한 뒤 다시 실행해 주세요. 편집기는 Python 없이도 됩니다.',
  'fix.python_not_started': '새로고침한 뒤 다시 실행해 주세요.',
  'fix.python_silent': '끝나지 않는 반복이나 태스크 밖의 대기가 있는지 살펴보세요.',
  'fix.python_crashed':
    '다시 실행해 보세요. 같은 곳에서 또 멈추면 DAG를 정의하는 것 말고 파일이 하는 일을 빼 보세요. 마지막 말: `{message}`',
  'fix.python_out_of_memory':
    'DAG 파일 하나가 쓸 수 있는 메모리는 512 MB입니다. 태스크 밖에서 큰 목록이나 데이터를 만드는지 살펴보세요.',
  'fix.python_answer_too_large':
    '한 번에 여는 파일을 줄이거나, 파일 하나에서 만드는 DAG와 태스크를 줄이세요.',
  'fix.executor_gone': '이 레인을 Local로 바꾸거나 Airflow 2.11.2를 고르세요.',
  'fix.option_unknown': '가장 가까운 이름: `{near}`.',
  'fix.dag_file_too_large': 'DAG 파일에는 코드만 둡니다. 데이터는 따로 두세요.',
  'fix.dag_file_skipped': 'DAG를 담을 파일이면 `airflow`에서 무언가를 가져오세요.',
  'fix.dag_file_without_dag': '파일 맨 바깥에서 `DAG`를 만들거나 `@dag` 함수를 부르세요.',
  'fix.dag_function_not_called': '마지막 줄에서 부르세요: `{name}()`.',
  'fix.dag_syntax_error': '이 줄과 바로 앞줄을 살펴보세요.',
  'fix.dag_import_timeout': '느린 일은 태스크 안으로 옮기세요. DAG 파일은 계속 다시 읽힙니다.',
  'fix.dag_module_gone': '지금의 형태: `{instead}`.',
  'fix.dag_module_newer': '옛 버전의 경로를 쓰거나 레인을 Airflow 3.3.2로 바꾸세요.',
  'fix.dag_module_unknown': '경로의 철자를 확인하세요.',
  'fix.dag_library_missing': '필요한 태스크 안에서 가져오세요.',
  'fix.dag_missing_in_files':
    '모듈 수준에 DAG가 있어야 합니다. `with DAG(...)`를 쓰거나 `@dag` 함수를 호출해 주세요.',
  'fix.dag_name_gone': '지금의 형태: `{instead}`.',
  'fix.dag_name_unknown': '철자를 확인하세요. 가장 가까운 이름: `{instead}`.',
  'fix.dag_argument_gone': '지금의 형태: `{instead}`.',
  'fix.dag_argument_unknown': '철자를 확인하거나 빼세요.',
  'fix.dag_argument_missing': '태스크나 DAG를 만드는 곳에 `{argument}` 값을 주세요.',
  'fix.dag_list_to_list': '`chain`이나 `cross_downstream`을 쓰거나 사이에 태스크 하나를 두세요.',
  'fix.dag_context_default': '이렇게 적으세요: `{instead}`.',
  'fix.dag_trigger_rule_unknown': '이것을 뜻했나요: `{instead}`?',
  'fix.dag_id_character': '글자, 숫자, 대시, 점, 밑줄을 쓰세요.',
  'fix.dag_cycle': '고리의 화살표 하나를 빼세요.',
  'fix.dag_duplicate_id': '하나의 `task_id`를 바꾸세요.',
  'fix.dag_duplicate_dag': '하나의 `dag_id`를 바꾸세요.',
  'fix.dag_schedule_invalid':
    '`@daily` 같은 프리셋, 다섯 칸짜리 cron, `timedelta` 가운데 하나를 쓰세요.',
  'fix.dag_executor_unknown': '이 Airflow에 있는 실행기 이름을 쓰거나 `executor`를 빼세요.',
  'fix.dag_not_serializable': '단순한 값만 주세요: 글, 숫자, 리스트, 딕셔너리, 날짜.',
  'fix.dag_connection_missing': '태스크 안에서 찾도록 옮기세요.',
  'fix.dag_exits': '맨 바깥의 `sys.exit`를 빼세요.',

  'setting.parallelism': '스케줄러 슬롯',
  'setting.local_parallelism': '워커 프로세스',
  'setting.scheduler_idle_sleep_time': '루프 사이의 쉼',
  'setting.max_tis_per_query': '루프당 태스크 인스턴스',
  'setting.max_active_tasks': '실행당 활성 태스크',
  'setting.worker_prefetch_multiplier': '슬롯당 미리 가져갈 메시지',
  'setting.task_acks_late': '태스크가 끝난 뒤 확인 응답',
  'setting.worker_pods_creation_batch_size': '루프당 만드는 파드',
  'setting.pod_places': '동시에 들어가는 파드',
  'setting.pod_start_s': '파드 시작 시간(초)',
};
