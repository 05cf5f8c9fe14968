import { isNotice } from '../../base/notice.ts';
import type { Problem } from '../../base/result.ts';

export function severityOf(problem: Problem): 'error' | 'warning' {
  return isNotice(problem) ? 'warning' : 'error';
}
