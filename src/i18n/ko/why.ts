import type { why as en } from '../en/why.ts';
import type { Words } from '../words.ts';

export const why: Words<typeof en> = {
  'why.q.waiting': '왜 기다리나요?',
  'why.q.running': '무엇을 하고 있나요?',
  'why.q.retrying': '왜 나중에 다시 하나요?',
  'why.q.failed': '왜 실패했나요?',
  'why.q.skipped': '왜 건너뛰었나요?',
  'why.q.succeeded': '어떻게 끝났나요?',
  'why.label': '이유',
  'why.empty': '네모를 선택하면 거쳐 온 상태와 기다리는 이유가 나옵니다.',
  'why.emptyTitle': '선택한 것이 없습니다',
  'why.life': '지금까지의 상태',
  'why.gates': '관문, 확인하는 순서대로',
  'why.chain': '여기까지 온 과정',
  'why.rootCause': '첫 원인',
  'why.try': '시도 {n}',
  'why.ofLimit': '{actual} / {limit}',
  'why.since': '{since_us}부터',
  'why.passed': '통과',
  'why.holds': '여기서 막힘',
  'why.later': '아직 확인 전',
  'why.close': '닫기',
  'why.goLog': '이 순간으로 가기',

  'calm.none': '다음 스케줄러 루프에서 확인합니다.',
  'calm.scheduled': '막는 것이 없습니다. 다음 임계 구역에서 큐에 들어갑니다.',
  'calm.queued': '슬롯으로 가는 중입니다.',
  'calm.running': '코드가 돌고 있습니다.',
  'calm.success': '성공했습니다.',
  'calm.failed': '실패했습니다.',
  'calm.upstream_failed': '앞의 태스크가 실패해서 실행하지 않습니다.',
  'calm.skipped': '건너뛰었습니다.',
  'calm.up_for_retry': '실패했고 다시 시도합니다.',
  'calm.up_for_reschedule': '슬롯을 돌려주고 나중에 다시 확인합니다.',
  'calm.deferred': '트리거러에서 기다리며 슬롯을 쓰지 않습니다.',
  'calm.restarting': '실행 중에 지워져서 다시 시작합니다.',
  'calm.removed': '이 태스크는 이제 DAG에 없습니다.',
  'calm.awaiting_input': '사람의 답을 기다립니다.',

  'reason.no_run': '아직 이 DAG의 실행이 없습니다.',
  'reason.dag_missing': 'DAG 파일을 아직 읽지 않았거나 읽을 수 없습니다. **실행이 멈춰 있습니다.**',
  'reason.dag_paused': '**DAG가 일시 중지되어 있습니다.** 풀 때까지 새로 예약하지 않습니다.',
  'reason.run_waits_runs':
    '실행이 아직 대기 중입니다. 이 DAG의 실행 **{limit}개 중 {actual}개**가 이미 활성입니다(`max_active_runs`).',
  'reason.run_waits_time': '실행은 **{until_us}**에 시작할 수 있습니다.',
  'reason.future_logical_date': '실행의 논리 날짜가 아직 오지 않았습니다. **{until_us}**에 옵니다.',
  'reason.upstream_wait':
    '트리거 규칙 `{rule}`의 조건이 아직 맞지 않습니다. 앞의 태스크 **{limit}개 중 {actual}개**만 조건에 맞습니다. 기다리는 것: `{waiting}`.',
  'reason.setup_wait': '준비(setup)가 끝나지 않았습니다. 기다리는 것: `{waiting}`.',
  'reason.past_wait': '`{option}` 설정 때문에 **앞선 실행의 같은 태스크**가 먼저 끝나야 합니다.',
  'reason.map_wait': '**몇 개로 매핑될지** 아직 모릅니다. 먼저 끝나야 할 것: `{waiting}`.',
  'reason.retry_wait':
    '{try}번째 시도가 실패했습니다. **다음 시도는 {until_us}에 시작할 수 있습니다.**',
  'reason.poke_wait': '센서가 슬롯을 돌려주었고 **{until_us}에 다시 확인합니다.**',
  'reason.trigger_wait': '연기되었습니다. **트리거가 아직 울리지 않았습니다.**',
  'reason.no_triggerer': '연기되었는데 **트리거러가 하나도 돌고 있지 않습니다.**',
  'reason.triggerer_lost':
    '트리거러가 죽었습니다. 마지막 하트비트가 30초 지나면 **다른 트리거러가 트리거를 가져갑니다.**',
  'reason.triggerer_full':
    '연기되었는데 트리거러가 가득 찼습니다. 트리거 **{limit}개 중 {actual}개**입니다.',
  'reason.input_wait': '**사람의 답을 기다립니다.**',
  'reason.pool_wait':
    '풀 `{pool}`에 빈 슬롯이 없습니다. **슬롯 {limit}개 중 {actual}개**를 쓰는 중입니다.',
  'reason.pool_missing':
    '**이런 이름의 풀이 없습니다: `{pool}`.** 풀을 만들거나 태스크를 바꿔 주세요.',
  'reason.pool_too_small':
    '슬롯 {needs}개가 필요한데 풀 `{pool}`에는 **모두 {limit}개**뿐입니다. 시작하지 못합니다.',
  'reason.dagrun_tasks_wait':
    '`max_active_tasks` 한도에 닿았습니다. 이 실행의 태스크 **{limit}개 중 {actual}개**가 활성입니다.',
  'reason.dag_tasks_wait':
    '`max_active_tasks` 한도에 닿았습니다. 이 DAG의 태스크 **{limit}개 중 {actual}개**가 활성입니다.',
  'reason.task_limit_wait':
    '`{option}` 한도에 닿았습니다. 이 태스크 **{limit}개 중 {actual}개**가 활성입니다.',
  'reason.parallelism_wait':
    '스케줄러의 슬롯을 다 썼습니다. **{limit}개 중 {actual}개**가 대기 중이거나 실행 중입니다(`core.parallelism`).',
  'reason.order_wait':
    '순서에서 **앞에 {ahead}개**가 있고, 루프 하나는 많아야 {limit}개를 가져갑니다.',
  'reason.run_order_wait':
    '이 DAG 실행은 살펴보지 않습니다. **앞에 {actual}개의 실행**이 있고 루프 하나는 {limit}개만 봅니다(`{option}`). 백필 실행은 맨 뒤입니다.',
  'reason.run_turn_wait':
    'DAG 실행이 차례를 기다립니다. **앞에 {actual}개의 실행**이 있고 루프 하나는 {limit}개만 봅니다(`{option}`).',
  'reason.run_ended': '**DAG 실행이 끝났습니다.** 스케줄러가 더 이상 보지 않습니다.',
  'reason.orphan_wait':
    '**어느 실행기에도 없습니다.** 맡은 스케줄러가 죽었습니다. 다음 고아 검사(`{option}`)가 넘겨받거나 초기화합니다.',
  'reason.process_lost':
    '**실행할 프로세스가 죽었습니다.** LocalExecutor는 되돌리지 못하므로 스케줄러가 다시 시작할 때까지 queued로 남습니다.',
  'reason.restarting_lost':
    '**clear되었는데, 프로세스가 그것을 알아채기 전에 사라졌습니다.** Airflow 2.11.2는 running인 태스크 인스턴스에서만 사라진 프로세스를 찾으므로, 다시 clear하거나 상태를 바꿀 때까지 restarting으로 남습니다.',
  'reason.running_lost':
    '**프로세스가 사라졌고, 어느 스케줄러의 것도 아닙니다.** 초기화된 뒤에 이전 프로세스가 그래도 시작했습니다. 하트비트 검사도 고아 검사도 보지 않으므로, clear하거나 상태를 바꿀 때까지 running으로 남습니다.',
  'reason.heartbeat_wait':
    '**프로세스가 사라져 하트비트가 오지 않습니다.** 스케줄러는 **{until_us}** 뒤에 포기합니다(`{option}`).',
  'reason.queued_wait':
    '**어느 실행기에도 없습니다.** 워커가 시작하지 않고 끝났습니다. 스케줄러는 **{until_us}** 뒤에 다시 큐에 넣습니다(`{option}`).',
  'reason.no_local_worker':
    '**남은 워커 프로세스가 없습니다.** LocalExecutor의 {limit}개가 모두 죽었고 Airflow 2.11.2는 다시 만들지 않습니다. 스케줄러가 새로 시작해야 합니다.',
  'reason.orphan_unseen':
    '**어느 실행기에도 없고, DAG 실행은 queued입니다.** 고아 검사는 running인 실행만 보므로 실행이 먼저 시작해야 합니다.',
  'reason.processor_down':
    '**프로세스가 사라졌습니다.** 그것을 기록하는 DAG 프로세서가 돌지 않습니다.',
  'reason.slots_lost':
    '**슬롯 {limit}개 중 {actual}개를 잃었습니다.** 실행기는 아무도 실행하지 않을 태스크의 결과를 기다립니다. 스케줄러가 새로 시작해야 잊습니다(`{option}`).',
  'reason.upstream_removed':
    '**{waiting}이(가) 끝났지만 `{rule}`은(는) 더 이상 성립할 수 없습니다.** 앞의 태스크 인스턴스가 DAG 실행에서 제거되었습니다. 이런 실행은 교착으로 끝나거나, clear하거나 상태를 바꿔야 끝납니다.',
  'reason.starved_wait':
    '**같은 DAG 실행의 {ahead}개가 앞에 있습니다.** 루프는 실행 하나에서 {limit}개만 읽습니다(`{option}`). 막혀 있는 것도 셉니다.',
  'reason.scheduler_down':
    '**도는 스케줄러가 없습니다.** 시작할 때까지 아무것도 움직이지 않습니다.',
  'reason.scheduler_busy':
    '스케줄러 루프가 **{busy_us}** 동안 막혀 있습니다. SequentialExecutor는 태스크를 루프 안에서 실행합니다.',
  'reason.scheduler_loop': '다음 스케줄러 루프를 기다립니다.',
  'reason.no_worker':
    '**빈 워커가 없습니다.** 슬롯 {limit}개 중 {actual}개가 차 있고 앞에 {ahead}개가 있습니다.',
  'reason.no_worker_for_queue': '**큐 `{queue}`에서 받는 워커가 없습니다.** 시작하지 못합니다.',
  'reason.broker': '**브로커가 응답하지 않습니다.** 메시지가 전달되지 않습니다.',
  'reason.broker_wait':
    '메시지가 브로커에 있습니다. **워커 슬롯 {limit}개가 모두 차 있고** 앞에 {ahead}개가 있습니다.',
  'reason.prefetched':
    '`{worker}` 워커가 메시지를 미리 가져갔는데 **그곳의 슬롯이 모두 차 있습니다.**',
  'reason.pod_creation':
    '파드를 아직 만들지 않았습니다. 실행기는 **스케줄러 루프마다 파드 {limit}개**를 만들고, 앞에 {ahead}개가 있습니다.',
  'reason.pod_pending':
    '파드가 대기 중입니다. **자리가 있는 노드가 없습니다**(Unschedulable). 노드 {nodes}개 중 cpu 부족 {cpu}개, 메모리 부족 {memory}개, 자리 부족 {pods}개, 파드를 받지 않음 {away}개이고, 기다리는 파드는 {pending}개입니다.',
  'reason.pod_creation_paused':
    '파드를 아직 만들지 않았습니다. Kubernetes API가 기다리라고 해서(`Retry-After`) **실행기가** {until_us}까지 **파드를 만들지 않습니다.**',
  'reason.pod_quota':
    '파드가 거절되었습니다. **네임스페이스 할당량을 다 썼습니다**({resource}: {limit} 중 {actual}). 실행기가 `kubernetes_executor.task_publish_max_retries`번 다시 시도합니다.',
  'reason.pod_refused':
    'Kubernetes API가 **파드 만들기를 거절합니다.** {actual}번 실패했습니다. `kubernetes_executor.task_publish_max_retries`({limit})번이 지나면 태스크 인스턴스가 실패하거나 다시 시도됩니다.',
  'reason.pod_stuck':
    '{node}의 파드가 시작하지 못합니다. **{cause}**. kubelet이 다시 시도하고, `scheduler.task_queued_timeout`이 지나면 파드를 지우고 새로 만듭니다.',
  'reason.pod_gone':
    '**시작하기 전에 파드가 삭제되었습니다.** 실행기는 로그만 남깁니다. `scheduler.task_queued_timeout`이 지나면 다시 대기열에 들어갑니다.',
  'reason.pod_starting':
    '파드를 시작하는 중입니다. **이미지와 Python에 시간이 걸립니다.** 약 {until_us}에 실행됩니다.',
  'reason.local_busy': '**워커 프로세스 {limit}개가 모두 바쁘고** 앞에 {ahead}개가 있습니다.',
  'reason.process_starting': '프로세스를 시작하는 중입니다. 약 {until_us}에 실행됩니다.',
  'reason.one_at_a_time':
    'SequentialExecutor는 **한 번에 하나만** 실행합니다. 앞에 {ahead}개가 있습니다.',
  'reason.start_date_wait': '시작 날짜가 아직 오지 않았습니다. **{until_us}**에 옵니다.',
  'reason.why_not_run':
    '`{waiting}`의 결과: **{cause_state}**. 트리거 규칙 `{rule}`에서는 실행할 수 없습니다.',
  'reason.skipped_by_branch': '분기 `{waiting}`에서 **이 태스크를 고르지 않았습니다.**',
  'reason.skipped_itself': '태스크의 코드가 **스스로 건너뛰었습니다.**',
  'reason.failed_code':
    '{try}번째 시도에서 코드가 실패했고 **남은 재시도가 없습니다**(허용 {limit}번).',
  'reason.killed': '**프로세스가 밖에서 중단되었습니다.**',
  'reason.worker_lost':
    '워커 `{worker}`에서 연결이 끊겼습니다. **{busy_us} 동안 하트비트가 없었습니다.**',
  'reason.timeout': '`execution_timeout`에 정한 **{limit_us}**보다 오래 걸렸습니다.',
  'reason.unknown': '기다리는 중입니다: `{code}`{option, select, none {} other { (`{option}`)}}.',

  'gate.no_run': '실행 있음',
  'gate.dag_missing': 'DAG를 읽을 수 있음',
  'gate.dag_paused': 'DAG 일시 중지 아님',
  'gate.run_waits_runs': '`max_active_runs`',
  'gate.run_waits_time': '실행 시작 시각',
  'gate.future_logical_date': '논리 날짜 도달',
  'gate.upstream_wait': '트리거 규칙 `{rule}`',
  'gate.setup_wait': '준비(setup) 완료',
  'gate.past_wait': '`{option}`',
  'gate.map_wait': '매핑 길이 확정',
  'gate.retry_wait': '재시도 대기 끝',
  'gate.poke_wait': '다음 확인 시각',
  'gate.trigger_wait': '트리거 울림',
  'gate.no_triggerer': '트리거러 동작',
  'gate.triggerer_lost': '트리거러 살아 있음',
  'gate.triggerer_full': '트리거러 자리',
  'gate.input_wait': '사람의 답',
  'gate.pool_wait': '풀 `{pool}`',
  'gate.pool_missing': '풀 `{pool}` 있음',
  'gate.pool_too_small': '풀 `{pool}` 크기',
  'gate.dagrun_tasks_wait': '`max_active_tasks`',
  'gate.dag_tasks_wait': '`max_active_tasks`',
  'gate.task_limit_wait': '`{option}`',
  'gate.parallelism_wait': '`parallelism`',
  'gate.order_wait': '루프 안의 순서',
  'gate.run_order_wait': '실행의 순서',
  'gate.run_turn_wait': '실행의 차례',
  'gate.run_ended': '실행 중인 DAG 실행',
  'gate.orphan_wait': '고아 검사',
  'gate.process_lost': '프로세스',
  'gate.restarting_lost': '프로세스',
  'gate.running_lost': '프로세스',
  'gate.heartbeat_wait': '하트비트',
  'gate.queued_wait': 'queued에 있는 시간',
  'gate.no_local_worker': '워커 프로세스',
  'gate.orphan_unseen': '고아 검사',
  'gate.processor_down': 'DAG 프로세서 실행',
  'gate.slots_lost': '`parallelism`',
  'gate.upstream_removed': '트리거 규칙 `{rule}`',
  'gate.starved_wait': '루프에서 차례가 옴',
  'gate.scheduler_down': '스케줄러 동작',
  'gate.scheduler_busy': '스케줄러 루프',
  'gate.scheduler_loop': '다음 스케줄러 루프',
  'gate.no_worker': '빈 워커',
  'gate.no_worker_for_queue': '큐 `{queue}`의 워커',
  'gate.broker': '브로커 응답',
  'gate.broker_wait': '워커 슬롯',
  'gate.prefetched': '`{worker}`의 슬롯',
  'gate.pod_creation': '파드 만들기',
  'gate.pod_pending': '노드의 자리',
  'gate.pod_creation_paused': '파드 만들기 허용',
  'gate.pod_quota': '네임스페이스 할당량',
  'gate.pod_refused': 'Kubernetes API 응답',
  'gate.pod_stuck': '컨테이너 시작',
  'gate.pod_gone': '파드 있음',
  'gate.pod_starting': '파드 시작',
  'gate.local_busy': '빈 워커 프로세스',
  'gate.process_starting': '프로세스 시작',
  'gate.one_at_a_time': '스케줄러 안의 차례',
  'gate.start_date_wait': '시작 날짜 도달',
  'gate.unknown': '`{code}`',
};
