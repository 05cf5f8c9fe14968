/** Where in the file a problem of a lane's Scenario comes from. */
import type { Problem, Where } from '../../base/result.ts';
import type { Item } from './items.ts';
import type { ScenarioFile } from './scenarioFile.ts';

/** The lists of a Scenario that were put together of several in the file. */
export interface Lists {
  readonly actions: readonly Item[];
  readonly faults: readonly Item[];
}

/** Problems with the places that a person can look up. */
export function located(
  problems: readonly Problem[],
  file: ScenarioFile,
  lane: number,
  lists: Lists,
): Problem[] {
  return problems.map((each) => {
    const field = each.where?.field ?? '';
    return { ...each, where: whereInItem(field, file, lists) ?? whereIn(field, file, lane) };
  });
}

/** `faults[3].at_s` of the whole list: the item that it lies in knows its own place. */
function whereInItem(field: string, file: ScenarioFile, lists: Lists): Where | null {
  const [all = '', list, index] = /^(actions|faults)\[(\d+)\]/.exec(field) ?? [];
  if (list !== 'actions' && list !== 'faults') return null;
  const item = lists[list][Number(index)];
  if (!item) return null;
  const place = item.field + field.slice(all.length);
  return file.has(item.field) ? file.where(place) : { field: place };
}

/** The lane's own field, else the common one; an option stands under `config`. */
function whereIn(field: string, file: ScenarioFile, lane: number): Where {
  if (field === '') return file.where('');
  const own = `lanes[${lane}].`;
  const places = [own + field, field, `${own}config.${field}`, `config.${field}`];
  return file.where(places.find((place) => file.has(place)) ?? field);
}
