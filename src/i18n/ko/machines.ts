/** 상태 기계 화면. */
export const machines = {
  'machines.inside': '상태도와 테이블',
  'machines.list': '상태 기계 목록',
  'machines.help':
    '이 순간까지 레인의 로그에 적힌 수입니다. 수가 없는 기계는 로그에 움직임을 남기지 않습니다.',
  'machines.chart': '{machine} 상태도',
  'machines.count': '{time} {lane}에 {n}개. 지나간 길은 진하게 그립니다',
  'machines.notInLog': '{time}까지 {lane}의 로그에 없습니다',
  'machines.selected': '{task}: {state}',
  'machines.last': '마지막 전이',
  'machines.tables': '테이블',
  'machines.noRows': '지금은 행이 없습니다.',
  'machines.newest': '{total}행 중 최근 {shown}행입니다.',
};
