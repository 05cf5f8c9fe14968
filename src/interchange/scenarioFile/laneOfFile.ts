/** One lane of a scenario file: `celery`, `celery@2.11.2`, or fields. */
import { readExecutorList, type ExecutorList } from '../../airflow/executorList.ts';
import type { ExecutorName } from '../../airflow/scenario.ts';
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import { err, fail, ok } from '../../base/result.ts';
import type { Problem, Result, Where } from '../../base/result.ts';
import { readActions, readFaults } from './lines.ts';
import { isFields } from '../../base/plain.ts';
import type { PlainFields } from '../../base/plain.ts';

export interface LaneOfFile {
  readonly id: string;
  readonly executor: ExecutorName;
  readonly airflow: AirflowVersion;
  /** What it has of its own: config, pools, fleet, latencies, seed, behaviour, actions, faults. */
  readonly own: PlainFields;
  /** DAGs that run in it, `nightly_*` for many; null: all. */
  readonly dagIds: readonly string[] | null;
}

export function readLane(
  one: unknown,
  index: number,
  airflow: AirflowVersion,
  where: (field: string) => Where,
): Result<LaneOfFile> {
  const said: PlainFields = isFields(one) ? one : {};
  const [name, version] =
    typeof one === 'string' ? one.split('@') : [textOf(said['executor']), textOf(said['airflow'])];
  const asked = version ?? airflow;
  const chosen = AIRFLOW_VERSIONS.find((each) => each === asked);
  const at = where(`lanes[${index}]`);
  if (!chosen) return fail('airflow_unknown', { text: asked, known: AIRFLOW_VERSIONS }, at);
  const list = readExecutorList(name ?? '', chosen);
  if (!list.ok) return err(list.error.map((each) => ({ ...each, where: at })));
  const own = readOwn(said, `lanes[${index}].`, where);
  if (!own.ok) return own;
  const id = textOf(said['id']) ?? `lane-${index + 1}`;
  const ids: unknown = said['dag_ids'];
  const dagIds = Array.isArray(ids) ? ids.map(String) : null;
  const { executor } = list.value;
  return ok({
    id,
    executor,
    airflow: chosen,
    own: { ...besides(list.value), ...own.value },
    dagIds,
  });
}

/** What a list of several says of the lane. */
export function besides({ beside, executor_aliases }: ExecutorList): PlainFields {
  return {
    ...(beside.length > 0 ? { beside } : {}),
    ...(Object.keys(executor_aliases).length > 0 ? { executor_aliases } : {}),
  };
}

const OF_THE_LANE_ITSELF = ['id', 'executor', 'airflow', 'dag_ids'];

function readOwn(
  said: PlainFields,
  prefix: string,
  where: (field: string) => Where,
): Result<PlainFields> {
  const actions = readActions(said, prefix, where);
  const faults = readFaults(said, prefix, where);
  if (!actions.ok || !faults.ok) {
    return err([actions, faults].flatMap((one): readonly Problem[] => (one.ok ? [] : one.error)));
  }
  const rest = Object.entries(said).filter(([name]) => !OF_THE_LANE_ITSELF.includes(name));
  return ok({ ...Object.fromEntries(rest), actions: actions.value, faults: faults.value });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
