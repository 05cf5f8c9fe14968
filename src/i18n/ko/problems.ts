import type { problems as en } from '../en/problems.ts';
import type { Words } from '../words.ts';

export const problems: Words<typeof en> = {
  'problem.unknown': '`{code}` {detail}',
};
