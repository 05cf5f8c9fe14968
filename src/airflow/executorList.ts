/** Names of executors, and lists of them as Airflow's option `core.executor` has them (6.1.7). */
import { fail, ok, type Result } from '../base/result.ts';
import { EXECUTORS, type ExecutorName } from './scenario.ts';
import type { AirflowVersion } from './spec.ts';

export const EXECUTOR_CLASS: Readonly<Record<ExecutorName, string>> = {
  sequential: 'SequentialExecutor',
  local: 'LocalExecutor',
  celery: 'CeleryExecutor',
  kubernetes: 'KubernetesExecutor',
};

/** The executors of a lane as `core.executor` names them. */
export interface ExecutorList {
  readonly executor: ExecutorName;
  readonly beside: ExecutorName[];
  readonly executor_aliases: Record<string, ExecutorName>;
}

/**
 * A list as `core.executor` has it, the default first: `Name`, `module.Class`, `alias:Name` (2.x:
 * `alias:module.Class` only), or our own short names. `+` stands for the comma where that divides
 * lanes.
 */
export function readExecutorList(text: string, airflow: AirflowVersion): Result<ExecutorList> {
  const names: ExecutorName[] = [];
  const executor_aliases: Record<string, ExecutorName> = {};
  for (const entry of text.split(/[,+]/).map((word) => word.trim())) {
    const [alias, named] = entry.includes(':') ? entry.split(':', 2) : ['', entry];
    const name = executorNamed(named ?? '');
    if (name === null) return fail('lane_executor_unknown', { text: entry, known: [...EXECUTORS] });
    if (alias !== '' && airflow === '2.11.2' && !named?.includes('.')) {
      return fail('executor_alias_of_name', { text: entry, airflow });
    }
    if (alias) executor_aliases[alias] = name;
    names.push(name);
  }
  const [executor, ...beside] = names;
  if (executor === undefined) return fail('lane_executor_unknown', { text, known: [...EXECUTORS] });
  return ok({ executor, beside, executor_aliases });
}

/** `celery`, `CeleryExecutor`, or the path of the class. */
function executorNamed(text: string): ExecutorName | null {
  const last = text.slice(text.lastIndexOf('.') + 1);
  const found = EXECUTORS.find((name) => name === last || EXECUTOR_CLASS[name] === last);
  return found ?? null;
}
