import type { Page } from '../route.ts';
import { useModel } from '../useApp.ts';

/** Tabs of the pages that can be used now: no link leads nowhere. */
export function usePages(): readonly Page[] {
  const lessons = useModel((model) => model.can.lessons);
  const machines = useModel((model) => model.can.machines);
  return [
    'compare',
    'code',
    ...(lessons ? (['lessons'] as const) : []),
    ...(machines ? (['machines'] as const) : []),
  ];
}
