import type { taskLog as en } from '../en/taskLog.ts';
import type { Words } from '../words.ts';

export const taskLog: Words<typeof en> = {
  'log_why.page_away':
    '페이지가 응답하지 않습니다. API 서버(2.x: 웹 서버)가 사라져 어떤 로그도 볼 수 없습니다.',
  'log_why.database_away': '메타데이터 데이터베이스가 사라져 페이지를 만들 수 없습니다.',
  'log_why.skipped': '실행된 적이 없어 로그가 없습니다.',
  'log_why.not_started': '이 시도는 아직 실행되지 않아 로그가 없습니다.',
  'log_why.growing': '태스크가 실행 중입니다. 지금까지 쓴 내용이 보입니다.',
  'log_why.pod_tail':
    '태스크가 실행 중입니다. 페이지는 Kubernetes API에서 파드의 마지막 줄들(`kubernetes_executor.running_pod_log_lines`, 100)을 읽습니다.',
  'log_why.whole': '모든 줄이 있습니다.',
  'log_why.part':
    '빠진 줄이 있습니다. 쓰던 프로세스가 죽었거나, 시도가 다른 호스트에서 이어져 그 호스트의 로그만 읽힙니다.',
  'log_why.not_shipped':
    'Elasticsearch에 아직 한 줄도 없습니다. 수집기는 몇 초 늦게 파일을 읽습니다. 디스크를 잃을 때까지 읽지 못한 줄은 끝내 오지 않습니다.',
  'log_why.kube_away': 'Kubernetes API가 응답하지 않고, 다른 곳에는 그 줄들이 없습니다.',
  'log_why.pod_gone':
    'Airflow는 태스크가 running인 동안에만 워커 파드에 로그를 묻습니다. 파일은 파드 안에 있었고 업로드된 것이 없습니다. 원격 로깅(`logging.remote_logging`)이나 공용 볼륨이 없으면 이 로그는 더 읽을 수 없습니다.',
  'log_why.upload_failed':
    '원격 저장소에 업로드하지 못했습니다. Airflow는 그 사실을 로그 자체에만 적고, 그 로그는 파드와 함께 사라졌습니다.',
  'log_why.not_uploaded':
    '슈퍼바이저는 맨 마지막에 로그를 업로드합니다. 그때까지 원격 저장소에는 아무것도 없습니다.',
  'log_why.with_triggerer':
    '태스크가 deferred인 동안 페이지는 트리거의 로그를 보여 줍니다. 워커가 썼던 내용은 태스크가 이어질 때 다시 보입니다.',
  'log_why.other_worker':
    '페이지는 가장 새로운 시도의 호스트에 묻는데(2.x) 파일은 다른 워커에 있습니다.',
  'log_why.host_away': '파일이 있는 호스트가 사라졌습니다. 호스트가 돌아오면 읽을 수 있습니다.',
  'log_why.host_lost': '파일이 있던 디스크를 호스트나 컨테이너와 함께 잃었습니다.',
};
