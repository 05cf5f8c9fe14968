/** What people did to a lane (faults, actions), and which of its parts are broken at a moment. */
import type { Broken, Edit, LaneFault } from './frame.ts';
import type { Timeline } from './timeline.ts';

/** All of them so far, in order; a fault that found nothing and a refused action are one entry. */
export function editsOf({ edits }: Timeline): Edit[] {
  const told: Edit[] = [];
  for (const { t, kind, index, outcome, refusal } of edits) {
    const edit: Edit = { t, kind, index, outcome, refusal };
    const before = told.at(-1);
    const corrects = outcome === 'nothing_there' || outcome === 'refused';
    if (corrects && before?.kind === kind && before.index === index) told.pop();
    told.push(edit);
  }
  return told;
}

export function brokenAt(timeline: Timeline, faults: readonly LaneFault[], t: number): Broken[] {
  const broken = new Map<string, Broken>();
  for (const edit of timeline.edits) {
    if (edit.t > t) break;
    const fault = edit.kind === 'fault' ? faults[edit.index] : undefined;
    if (!fault) continue;
    const { part, what, lasting } = fault;
    const breaks = edit.outcome === 'done' && lasting && what !== 'restore';
    if (breaks) broken.set(part, { part, what, since: edit.t, index: fault.index });
    else if (what === 'restore' || edit.outcome !== 'done') broken.delete(part);
  }
  return [...broken.values()];
}
