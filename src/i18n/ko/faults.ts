import type { faults as en } from '../en/faults.ts';
import type { Words } from '../words.ts';

export const faults: Words<typeof en> = {
  'part.scheduler': '스케줄러 {n}',
  'part.dag-processor': 'DAG 프로세서',
  'part.api-server': 'API 서버',
  'part.web-server': '웹 서버',
  'part.database': '메타데이터 데이터베이스',
  'part.triggerer': '트리거러 {n}',
  'part.broker': '브로커',
  'part.result-backend': '결과 백엔드',
  'part.worker': '워커 {n}',
  'part.local-worker': 'LocalExecutor 워커 프로세스 {n}',
  'part.node': '노드 {n}',
  'part.machine': '머신 {name}',
  'part.kubernetes-api': 'Kubernetes API',
  'part.task': '태스크 {name}',
  'part.pod': '{name}의 파드',
  'part.image': '이미지 {name}',
  'part.file': 'DAG 파일 {name}',
  'part.pool': '풀 {name}',

  'fault.kill.scheduler':
    '새로 예약되는 것이 없습니다. 다음 스케줄러가 Celery와 Kubernetes의 태스크는 넘겨받고 Local의 태스크는 초기화합니다. 단, 옛 하트비트가 `scheduler.scheduler_health_check_threshold`(30초)보다 오래되어야 하며, 시작할 때와 `scheduler.orphaned_tasks_check_interval`(300초)마다 확인합니다.',
  'fault.stop.scheduler':
    '루프가 곧바로 끝납니다. Celery와 Kubernetes는 태스크를 놓아 두고, Local은 실행 중이거나 파이프에 있는 것을 모두 기다립니다. 그다음 작업은 끝난 것으로 여겨져, 30초를 기다리지 않고 넘겨받거나 초기화합니다.',
  'fault.stall.scheduler':
    '`scheduler.scheduler_health_check_threshold`(30초)보다 오래 조용한 스케줄러는 다른 스케줄러가 죽은 것으로 보고 태스크를 넘겨받거나 초기화합니다. 깨어나면 자기 하트비트로 다시 실행 중이 됩니다.',
  'fault.restore.scheduler':
    '스케줄러가 시작하거나 이어서 움직입니다. 시작할 때, 그리고 `scheduler.orphaned_tasks_check_interval`(300초)마다 죽은 스케줄러의 태스크 인스턴스를 찾습니다.',
  'fault.kill.triggerer':
    '마지막 하트비트가 `triggerer.triggerer_health_check_threshold`(30초)보다 오래될 때까지 트리거는 그대로 묶여 있습니다. 그 뒤 다른 트리거러가 가져가고, 트리거는 처음부터 다시 시작합니다. 남은 트리거러가 없으면 태스크 인스턴스는 deferred로 남습니다.',
  'fault.stop.triggerer':
    '정상 종료는 트리거를 곧바로 놓아 줍니다. 다른 트리거러가 다음 라운드에 가져가고, 트리거는 처음부터 다시 시작합니다.',
  'fault.stall.triggerer':
    '이벤트 루프를 막는 코드는 그 프로세스의 모든 트리거를 멈춥니다. 3.x는 `triggerer.runner_health_check_threshold`(30초) 뒤 하트비트를 멈추므로 30초 뒤 다른 트리거러가 넘겨받습니다. 2.x에서는 아무도 알아채지 못합니다.',
  'fault.restore.triggerer':
    '트리거러가 시작하거나 이어서 움직이며, 살아 있는 트리거러에 속하지 않은 트리거를 용량만큼 가져갑니다.',
  'fault.raise.task':
    '트리거가 예외를 냅니다. 태스크 인스턴스는 다시 예약되어 슬롯을 얻고, 워커에서 트리거의 오류로 실패합니다. `retries`는 보통 실패처럼 셉니다.',
  'fault.kill.database':
    '스케줄러는 세 번 시도하고(`max_db_retries`) 종료하며 트리거러도 그렇습니다. 3.x에서는 API 서버가 오류로 답해 실행 중인 태스크가 `workers.max_failed_heartbeats`(3)번 뒤 종료되고 끝을 저장하지 못합니다. 2.x의 태스크는 하트비트 없이 300초까지 갑니다.',
  'fault.slow.database':
    '스케줄러의 모든 단계가 길어집니다. 하트비트가 30초 넘게 늦으면 다른 스케줄러가 죽은 것으로 봅니다. 3.x에서는 `workers.execution_api_timeout`(5초)보다 긴 호출이 실패로 셉니다.',
  'fault.restore.database':
    '데이터베이스가 다시 응답합니다. 종료된 스케줄러와 트리거러가 다시 시작하고, 돌보는 이가 없던 태스크는 넘겨받거나 초기화되거나 하트비트 없음으로 발견됩니다.',
  'fault.kill.api-server':
    '실행 중인 태스크는 `workers.execution_api_retries`(5)번씩 시도하는 하트비트가 `workers.max_failed_heartbeats`(3)번 실패하면, 22~60초 뒤 종료됩니다. 시작은 4~15초 뒤 실패해 시도를 하나 쓰고, 스케줄러는 계속 큐에 넣습니다.',
  'fault.silent.api-server':
    '시도마다 `workers.execution_api_timeout`(5초)을 기다립니다. 실행 중인 태스크는 97~135초 뒤 종료되고, 시작은 29~40초 뒤 실패해 시도를 하나 씁니다.',
  'fault.restore.api-server': 'API 서버가 다시 응답합니다. 아직 시도 중인 호출은 통과합니다.',
  'fault.kill.web-server': '2.x의 태스크와 스케줄러는 데이터베이스에 직접 씁니다. 화면만 멈춥니다.',
  'fault.restore.web-server': '화면이 다시 보입니다.',
  'fault.partition.worker':
    '그 워커의 태스크 소식이 끊깁니다. 3.x에서는 자기 수퍼바이저가 97~135초(연결이 거절되면 22~60초) 뒤 종료시키고, 2.x에서는 300초 뒤입니다. 그곳의 시작은 실패해 시도를 하나 씁니다. 브로커에서만 끊기면 새 메시지를 받지 못하고 돌던 것은 끝냅니다. RabbitMQ는 그 메시지를 바로 다른 워커에 주고, Redis는 `visibility_timeout` 뒤에 줍니다.',
  'fault.partition.scheduler':
    '이 스케줄러만 끊깁니다. 실행기 쪽이 끊기면 브로커나 Kubernetes API로 보내는 일이 실패하고(거절이면 바로, 무응답이면 시간 제한 뒤) 시도를 하나씩 씁니다. 이미 도는 일과 다른 스케줄러는 그대로이고, 자기 파드의 끝은 길이 다시 열리면 보입니다. 결과 저장소가 끊기면 다음 읽기에서 종료합니다. 데이터베이스가 끊기면 세 번(`max_db_retries`) 시도하고 종료하며, `scheduler.scheduler_health_check_threshold`(30초) 뒤 다른 스케줄러가 그 태스크를 넘겨받습니다.',
  'fault.break.file':
    '임포트 오류가 저장됩니다. 3.x에서는 DAG가 곧바로 stale이 되어, 파일을 다시 읽을 수 있을 때까지 새 실행이 없고 진행 중인 실행도 검사하지 않습니다. 2.x에서는 오래된 DAG를 찾는 검사(`stale_dag_threshold` 50초, 60초마다) 때 그렇게 됩니다. 실행 중인 태스크는 끝까지 갑니다.',
  'fault.slow.file':
    '`core.dagbag_import_timeout`(30초)보다 오래 걸리는 임포트는 임포트 오류가 되고, 깨진 파일과 같은 결과가 됩니다.',
  'fault.hang.file':
    '파서는 `dag_file_processor_timeout`(50초) 뒤 강제로 끝나고 임포트 오류를 남기지 않습니다. DAG는 다음 검사(`stale_dag_threshold` 50초, 60초마다) 때 stale이 됩니다.',
  'fault.change.file':
    '파일이 다른 내용으로 저장됩니다. DAG 프로세서가 다음 루프에서 읽고, 마지막 저장에서 `core.min_serialized_dag_update_interval`(30초)이 지났으면 DAG를 저장합니다. 진행 중인 실행은 다음 검사부터 새 DAG를 따릅니다. 없어진 태스크는 removed가 되고(돌고 있던 것은 멈춤) 새 태스크에는 태스크 인스턴스가 생기며, pool·queue·weight는 저장된 값 그대로입니다. git 버전에 묶인 실행(3.x)은 자기 버전을 지킵니다.',
  'fault.restore.file':
    '다음에 파일을 읽을 때(`min_file_process_interval`, 30초) DAG를 다시 찾고 실행이 이어집니다.',
  'fault.kill.dag-processor':
    '파일을 읽지 않고 콜백은 기다립니다. 3.x에서는 상태에 영향이 없습니다. 2.x에서는 하트비트가 없는 태스크 인스턴스와 콜백이 있는 실패한 태스크가 돌아올 때까지 그대로 남습니다.',
  'fault.restore.dag-processor': '파일을 다시 읽고, 기다리던 요청을 처리합니다.',
  'fault.skew.scheduler':
    '`api_auth.jwt_leeway`(10초)보다 앞서면 토큰이 아직 유효하지 않아 시작이 거절됩니다(3.x). 30초 차이에서는 스케줄러들이 서로 죽은 것으로 보이고, 300초 차이에서는 태스크의 하트비트가 없는 것으로 보입니다.',
  'fault.skew.api-server':
    '`api_auth.jwt_leeway`(10초)를 넘으면 토큰이 너무 오래되었거나 아직 유효하지 않은 것으로 보입니다. 스케줄러보다 300초 늦으면 하트비트가 없는 것으로 보입니다.',
  'fault.change.pool':
    '풀을 쓰는 중인 슬롯보다 작게 줄여도 멈추는 태스크는 없습니다. 슬롯이 충분히 빌 때까지 새로 들어가지 못하고, 풀 전체보다 많은 슬롯을 바라는 태스크는 끝없이 기다립니다.',
  'fault.refuse.broker':
    '브로커가 연결을 거절하면 메시지 보내기가 1초 안에 실패합니다. 태스크 인스턴스는 곧바로 실패하거나 `retries`에 따라 다시 시도하고, 실행 중인 태스크는 계속됩니다.',
  'fault.silent.broker':
    '메시지 보내기가 `celery.operation_timeout`(1초)만큼 기다리고, 다음 루프들에서 `celery.task_publish_max_retries`(3)번 다시 시도합니다. 그래도 안 되면 실패하거나 재시도합니다.',
  'fault.restore.broker': '브로커가 다시 응답하고, 가지고 있던 메시지를 나눠 줍니다.',
  'fault.kill.worker':
    '그 워커의 태스크에서 하트비트가 끊깁니다. `scheduler.task_instance_heartbeat_timeout`(2.x: `scheduler.scheduler_zombie_task_threshold`) 300초가 지나면 실패하거나 다시 시도합니다.',
  'fault.restore.worker': '워커가 다시 시작해 자기 큐의 메시지를 가져옵니다.',
  'fault.stop.broker':
    '연결이 끊깁니다. 워커는 시작한 일을 마치지만 새 메시지는 보낼 수 없습니다. 다시 켜지면 RabbitMQ는 확인되지 않은 메시지를 곧바로 다시 나눠 주고, Redis는 `visibility_timeout`(86400초) 뒤에야 나눠 줍니다. 아무것도 저장하지 않은 브로커(`keeps=no`)는 기다리던 메시지를 잃습니다.',
  'fault.lose.broker':
    '기다리던 메시지가 사라집니다. 태스크 인스턴스는 `scheduler.task_queued_timeout`(600초, 120초마다 확인)까지 queued로 남고, 두 번 다시 보내진 뒤 재시도 없이 실패합니다.',
  'fault.redeliver.broker':
    '확인되지 않은 메시지가 모두 한 번 더 나갑니다. 3.x에서는 사본이 실행 중인 태스크 인스턴스를 보고 무시된 채 끝나고, 2.x에서는 곧바로 성공으로 끝나 태스크가 도는 동안 실행기의 슬롯을 풀어 버립니다.',
  'fault.lose.result-backend':
    '잃어버린 결과는 Celery에서 영원히 PENDING입니다. 태스크 인스턴스는 맞게 끝나지만, 그 키가 스케줄러를 다시 시작할 때까지 실행기의 `core.parallelism` 슬롯 하나를 차지합니다.',
  'fault.refuse.result-backend':
    '스케줄러가 결과를 읽다가 오류로 끝납니다. 프로세스 관리자가 거듭 다시 시작하고, 실행 중인 태스크는 계속되며, 백엔드가 응답할 때까지 결과는 사라집니다.',
  'fault.restore.result-backend':
    '결과가 다시 저장됩니다. 잃어버린 결과가 차지한 슬롯은 스케줄러를 다시 시작할 때까지 그대로입니다.',
  'fault.stop.worker':
    '따뜻한 종료입니다. 워커는 메시지를 더 받지 않고, 플랫폼이 허락하는 동안(Helm 차트 600초) 실행 중인 태스크를 기다린 뒤 강제로 종료됩니다.',
  'fault.cold_stop.worker':
    '차가운 종료입니다. 메시지는 곧바로 브로커로 돌아가고 태스크는 보고 없이 끝납니다. 태스크 인스턴스가 실행 중으로 남아 있어 사본은 거절되고, 하트비트가 없다는 것(300초)만이 그것을 끝냅니다.',
  'fault.stall.worker':
    '워커는 Flower에서 온라인이지만 메시지를 받지 않습니다. 그 큐로 보낸 일은 기다리다가 `scheduler.task_queued_timeout`(600초) 뒤 다시 보내지고, 끝내 재시도 없이 실패합니다.',
  'fault.kill.task':
    '강제로 죽은 태스크 프로세스(메모리 부족)는 아무것도 보고하지 않습니다. 3.x는 0초 또는 5초 뒤(`workers.min_heartbeat_interval`) 불일치로, 2.x는 10초마다 하는 좀비 검사로 알아냅니다. 수퍼바이저까지 죽으면 하트비트가 없다는 것, 또는 자식 프로세스가 없어진 것을 본 Celery가 알려 줍니다.',
  'fault.hang.task':
    'Python으로 돌아오지 않는 코드는 `execution_timeout`을 넘기고 SIGTERM에도 멈추지 않습니다. 표시나 clear 뒤 SIGKILL이 5초 뒤에, 2.x에서는 `core.killed_task_cleanup_time`(60초) 뒤에 옵니다.',
  'fault.restore.task':
    '코드가 Python으로 돌아옵니다. 그사이 지난 시간 제한이 있으면 지금 끝납니다.',
  'fault.kill.local-worker':
    '3.x에서는 아무 보고가 없어 하트비트가 없다는 것(300초)이 태스크 인스턴스를 끝내고, 기다리는 일이 있을 때 새 프로세스가 생깁니다. 2.x에서는 태스크는 정상으로 끝나지만 그 슬롯은 스케줄러를 다시 시작할 때까지 없습니다.',
  'fault.cordon.node':
    '노드에 새 파드가 오지 않습니다. 다른 곳에도 맞지 않는 파드는 Pending(Unschedulable)에 머물고, `scheduler.task_queued_timeout`(600초)이 지나면 실행기가 지우고 태스크 인스턴스를 최대 두 번 다시 대기열에 넣습니다.',
  'fault.kill.machine':
    '머신에 있는 모든 것이 한꺼번에 멈춥니다. 스케줄러는 그 프로세스와, 워커는 그 태스크와 함께 멈추고, 트리거러와 거기 있는 데이터베이스, 브로커, API 서버도 멈춥니다. 각각이 혼자 사라졌을 때와 똑같이 알려집니다.',
  'fault.restore.machine':
    '머신이 돌아와 부품들이 다시 시작합니다. 다른 부품에 필요한 것이 먼저입니다. 거기서 실행되던 태스크는 하트비트가 없다는 것이 드러날 때까지 잃은 채로 남습니다.',
  'fault.kill.node':
    '파드의 단계가 Running으로 남아 실행기는 아무것도 보지 못합니다. 하트비트가 300초(`scheduler.task_instance_heartbeat_timeout`, 2.x: `scheduler.scheduler_zombie_task_threshold`) 동안 없으면 태스크 인스턴스가 실패하거나 다시 시도됩니다.',
  'fault.restore.node':
    '노드가 다시 파드를 받습니다. 전에 있던 컨테이너는 죽었고 그 파드는 Failed로 끝납니다.',
  'fault.oom.pod':
    '컨테이너가 메모리 때문에 죽습니다(OOMKilled). 3.x에서는 다음 루프에서 태스크 인스턴스가 실패하거나 다시 시도되고, 2.x에서는 하트비트가 300초 동안 없어야 그렇게 됩니다.',
  'fault.delete.pod':
    '대기 중인 파드를 지우면 `scheduler.task_queued_timeout`까지 아무도 모릅니다. 실행 중이면 태스크가 SIGTERM을 받습니다. 2.x는 바로 실패하고, 3.x는 유예 시간이 끝날 때까지 계속한 뒤 실패하거나 다시 시도됩니다.',
  'fault.miss.pod':
    '워처가 보지 않는 사이에 파드가 끝납니다. 태스크 인스턴스의 상태는 맞지만, 그 키가 스케줄러를 다시 시작할 때까지 `core.parallelism` 슬롯 하나를 차지합니다.',
  'fault.break.image':
    '이미지를 받을 수 없습니다. 이유가 `kubernetes_executor.worker_pod_pending_fatal_container_state_reasons`에 있으면 파드가 실패하고, 실행기가 한 번 더 만든 뒤(`pod_launch_failure_retries`) 태스크 인스턴스가 실패하거나 다시 시도됩니다.',
  'fault.restore.image': '이미지가 다시 있습니다. kubelet이 아직 시도하는 파드는 계속됩니다.',
  'fault.fail.kubernetes-api':
    '파드 만들기가 실패합니다. `kubernetes_executor.task_publish_max_retries`(0)면 태스크 인스턴스가 바로 실패하거나 다시 시도되고, 아니면 실행기가 나중에 다시 시도합니다. 429나 `Retry-After`는 그동안 모든 파드 만들기를 멈춥니다.',
  'fault.refuse.kubernetes-api':
    '파드를 만들 수 없어 `kubernetes_executor.task_publish_max_retries`(0)번 뒤에 태스크 인스턴스가 실패하고, 파드의 끝을 늦게 봅니다. 실행 중인 파드는 계속됩니다.',
  'fault.silent.kubernetes-api':
    '파드를 만드는 호출마다 실패하기까지 스케줄러 루프가 60초 멈추고, 파드의 끝을 늦게 봅니다. 실행 중인 파드는 계속됩니다.',
  'fault.restore.kubernetes-api':
    '파드를 다시 만들고, 워처가 아직 있는 파드가 어떻게 끝났는지 봅니다.',
  'fault.evict.node':
    '노드의 모든 파드가 Failed로 끝납니다. 3.x에서는 다음 루프에서 실패하거나 다시 시도하고, 2.x에서는 하트비트가 300초 끊긴 뒤에야 그렇게 됩니다.',
  'fault.evict.pod':
    '파드가 이유와 함께 Failed로 끝납니다. 3.x에서는 다음 루프에서 실패하거나 다시 시도하고, 2.x에서는 하트비트가 300초 끊긴 뒤에야 그렇게 됩니다.',
};
