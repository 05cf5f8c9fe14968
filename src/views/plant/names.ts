/** Parts, verbs and actions in words. */
import type { UserAction } from '../../airflow/scenario.ts';
import type { Translator } from '../../i18n/index.ts';
import { ownName, partKindOf, partNumber } from './edits.ts';

export function partName(words: Translator, name: string): string {
  return words.family('part', partKindOf(name), { n: partNumber(name) || '', name: ownName(name) });
}

export function verbName(words: Translator, what: string): string {
  const key = `verb.${what}`;
  return words.has(key) ? words.t(key) : what;
}

/** One line that says what is done; names stay as Airflow has them. */
export function actionLine(words: Translator, action: UserAction): string {
  const key = `action.${action.action}`;
  if (!words.has(key)) return action.action;
  const values = {
    dag_id: 'dag_id' in action ? action.dag_id : '',
    run_id: 'run_id' in action ? (action.run_id ?? '') : '',
    task: taskOf(action),
    state: 'state' in action ? action.state : '',
    pool: 'pool' in action ? action.pool : '',
    slots: 'slots' in action ? (action.slots ?? null) : null,
    asset: 'asset' in action ? action.asset : '',
    from: 'from_date' in action ? action.from_date : '',
    to: 'to_date' in action ? action.to_date : '',
  };
  return [words.rich(key, values), ...reachOf(words, action)].join(' · ');
}

function taskOf(action: UserAction): string {
  const index = 'map_index' in action && action.map_index !== undefined ? action.map_index : null;
  const of = index === null ? '' : ` [${index}]`;
  if ('task_ids' in action) return `${action.task_ids?.join(', ') ?? '*'}${of}`;
  return 'task_id' in action ? `${action.task_id}${of}` : '';
}

const REACH = ['upstream', 'downstream', 'past', 'future', 'only_failed', 'only_running'] as const;

function reachOf(words: Translator, action: UserAction): string[] {
  const said = new Map<string, unknown>(Object.entries(action));
  return REACH.filter((name) => said.get(name) === true).map((name) => words.t(`reach.${name}`));
}
