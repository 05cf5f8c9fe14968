/** 사람의 동작이 거절된 까닭(`refused.<code>`, src/airflow/actions/refusals.ts). */
export const actions = {
  'refused.run_unknown': '이 id를 가진 실행이 없습니다.',
  'refused.run_exists': '이 id를 가진 실행이 이미 있습니다.',
  'refused.date_exists': '이 logical date를 가진 실행이 이미 있습니다.',
  'refused.run_active': '실행 중인 실행입니다. 대기 중이거나 끝난 실행만 지울 수 있습니다.',
  'refused.no_logical_date': 'logical date가 없는 실행이라 앞뒤 실행을 정할 수 없습니다.',
  'refused.task_instance_unknown': '그 실행에는 이런 태스크 인스턴스가 없습니다.',
  'refused.task_running': '실행 중인 태스크 인스턴스가 있는데, 요청이 이를 허용하지 않습니다.',
  'refused.state_already_set': '태스크 인스턴스가 이미 그 상태입니다.',
  'refused.pool_unknown': '이런 풀이 없습니다.',
  'refused.pool_default': '`default_pool`은 지울 수 없습니다.',
  'refused.asset_unknown': '이런 애셋이 없습니다.',
  'refused.asset_no_producer': '이 애셋을 쓰는 DAG가 없습니다.',
  'refused.asset_producers_differ': '이 애셋을 쓰는 DAG가 둘 이상입니다.',
  'refused.backfill_not_periodic': '주기가 없는 스케줄이라 채울 구간이 없습니다.',
  'refused.backfill_active': '이 DAG의 다른 백필이 아직 끝나지 않았습니다.',
  'refused.backfill_depends_on_past':
    '과거에 의존하는 태스크가 있습니다. 다시 처리하도록 하고, 오래된 것부터 실행해야 합니다.',
  'refused.backfill_empty': '이 구간에는 실행이 없습니다.',
  'refused.backfill_unknown': '이 DAG에는 끝나지 않은 백필이 없습니다.',
  'refused.answer_not_asked': '이 태스크 인스턴스는 답을 기다리지 않습니다.',
  'refused.answer_given': '이 태스크 인스턴스는 이미 답을 받았습니다.',
  'refused.answer_option_unknown': '선택지에 없는 답입니다.',
  'refused.dag_unknown': '이런 DAG가 없습니다.',
  'refused.partition_not_taken': '파티션을 쓰지 않는 DAG라 파티션 키를 받지 않습니다.',
  'refused.database_down':
    '메타데이터 데이터베이스가 응답하지 않습니다. Airflow의 화면도 명령도 되지 않습니다.',
} as const;
