/** What a lane is called where it stands without its header. */
import type { AppModel, LaneModel, Verdict } from '../../app/model.ts';
import type { Translator } from '../../i18n/index.ts';
import { minor } from '../frame/LaneChips.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

type Named = Pick<LaneModel, 'id' | 'executor' | 'airflow' | 'label'>;

/**
 * The name that its scenario gives it, else its executor; where two lanes have the same one, with
 * the version or the number that tells them apart.
 */
export function laneName(
  words: Translator,
  lanes: readonly Named[],
  lane: Named,
  form: 'long' | 'short' = 'long',
): string {
  if (lane.label) return lane.label;
  const key = form === 'short' ? (`executor.short.${lane.executor}` as const) : null;
  const name = words.t(key ?? `executor.${lane.executor}`);
  const alike = lanes.filter((one) => one.executor === lane.executor && !one.label);
  if (alike.length < 2) return name;
  const versions = new Set(alike.map((one) => one.airflow));
  if (versions.size === alike.length) return `${name} ${minor(lane.airflow)}`;
  return `${name} ${lanes.findIndex((one) => one.id === lane.id) + 1}`;
}

export function useLaneName(form: 'long' | 'short' = 'long'): (lane: Named) => string {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  return (lane) => laneName(words, lanes, lane, form);
}

/** The engine names lanes by their ids; people read their names. */
export function namedLanes(
  words: Translator,
  lanes: AppModel['lanes'],
  params: Verdict['params'],
): Verdict['params'] {
  const named = { ...params };
  for (const key of ['lane', 'other']) {
    const lane = lanes.find((one) => one.id === params[key]);
    if (lane) named[key] = laneName(words, lanes, lane);
  }
  return named;
}
