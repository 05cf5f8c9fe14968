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
  'part.kubernetes-api': 'Kubernetes API',
  'part.task': '태스크 {name}',
  'part.pod': '{name}의 파드',
  'part.file': 'DAG 파일 {name}',
  'part.pool': '풀 {name}',

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
  'fault.evict.node':
    '노드의 모든 파드가 Failed로 끝납니다. 3.x에서는 다음 루프에서 실패하거나 다시 시도하고, 2.x에서는 하트비트가 300초 끊긴 뒤에야 그렇게 됩니다.',
  'fault.evict.pod':
    '파드가 이유와 함께 Failed로 끝납니다. 3.x에서는 다음 루프에서 실패하거나 다시 시도하고, 2.x에서는 하트비트가 300초 끊긴 뒤에야 그렇게 됩니다.',
};
