/**
 * Random faults of every kind that the catalogue has (reliability 5): a kind is off in most seeds;
 * where it is on, each opportunity strikes with one in four. At the end of the trouble all that can
 * be restored is restored, in random order, so that liveness can be asked for.
 */
import { executorsOf } from '../../airflow/executors/executorChoice.ts';
import { FAULTS } from '../../airflow/faults/index.ts';
import { existsIn } from '../../airflow/faults/catalogue.ts';
import type { ArgShape, FaultKind } from '../../airflow/faults/kinds.ts';
import type { Fault, Scenario } from '../../airflow/scenario.ts';
import type { Draws } from './draws.ts';
import { QUEUES } from './tasks.ts';

/** Seconds: trouble until the one, everything healed by the other. */
const TROUBLE_S = 200;
const HEALED_S = 230;

/** Chances in percent: a kind is on; it strikes at one of its opportunities. */
const KIND_ON = 25;
const STRIKES = 25;
const OPPORTUNITIES = 4;

type Given = Pick<
  Scenario,
  'airflow' | 'executor' | 'beside' | 'hybrid' | 'fleet' | 'dags' | 'pools'
>;

export function drawFaults(draws: Draws, scenario: Given): Fault[] {
  // A share of the seeds has no fault at all, as the calm is worth a look, too.
  if (draws.chance(40)) return [];
  const kinds = FAULTS.filter(
    (kind) =>
      kind.what !== 'restore' &&
      !changesContents(kind) &&
      existsIn(kind, scenario.airflow, executorsOf(scenario)),
  );
  // Each kind has draws of its own, so that a new one leaves all else as it is.
  const faults = kinds.flatMap((kind) => {
    const own = draws.keyed(`${kind.what} ${kind.part}`);
    return own.chance(KIND_ON) ? strikes(own, kind, scenario) : [];
  });
  return [...faults, ...heal(draws.keyed('heal'), faults, scenario)].sort(
    (a, b) => a.at_s - b.at_s,
  );
}

/** A file can only become what the scenario says, and a drawn one has no other contents. */
function changesContents({ what, part }: FaultKind): boolean {
  return what === 'change' && part === 'file';
}

function strikes(draws: Draws, kind: FaultKind, scenario: Given): Fault[] {
  const parts = partsOf(kind, scenario);
  if (parts.length === 0) return [];
  const faults: Fault[] = [];
  for (let i = 0; i < OPPORTUNITIES; i++) {
    if (!draws.chance(STRIKES)) continue;
    const args = drawArgs(draws, kind);
    faults.push({
      at_s: draws.between(1, TROUBLE_S),
      what: kind.what,
      part: draws.pick(parts),
      ...(Object.keys(args).length > 0 ? { args } : {}),
    });
  }
  return faults;
}

function drawArgs(draws: Draws, kind: FaultKind): Record<string, number | string> {
  const args: Record<string, number | string> = {};
  for (const [name, shape] of Object.entries(kind.args)) {
    if (shape.default === undefined || draws.chance(50)) args[name] = drawArg(draws, shape);
  }
  if (kind.undone && draws.chance(60)) args['for_s'] = draws.between(1, 60);
  return args;
}

function drawArg(draws: Draws, shape: ArgShape): number | string {
  if (shape.type === 'seconds') return draws.between(1, 60);
  if (shape.type === 'number') return draws.between(1, 3);
  if (shape.type === 'integer') return shape.min + draws.below(4);
  return draws.pick(shape.type === 'word' ? shape.of : QUEUES);
}

/** Names of the parts of that kind that the lane has. */
function partsOf(kind: FaultKind, { fleet, dags, pools }: Given): string[] {
  const numbered = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${kind.part}-${i + 1}`);
  const sum = (groups: readonly { count: number }[]): number =>
    groups.reduce((total, { count }) => total + count, 0);
  switch (kind.part) {
    case 'scheduler':
      return numbered(fleet.schedulers);
    case 'triggerer':
      return numbered(fleet.triggerers);
    case 'worker':
      return numbered(sum(fleet.workers));
    case 'node':
      return numbered(sum(fleet.nodes));
    case 'local-worker':
      return numbered(1);
    case 'task':
    case 'pod':
      return dags.flatMap((dag) =>
        dag.tasks.map((task) => `${kind.part}:${dag.dag_id}/*/${task.task_id}`),
      );
    case 'image':
      return ['image:worker'];
    case 'file':
      return dags.map((dag) => `file:${dag.dag_id}`);
    case 'machine':
      return (fleet.placement ?? []).map(({ name }) => `machine:${name}`);
    case 'pool':
      return ['default_pool', ...Object.keys(pools)].map((name) => `pool:${name}`);
    default:
      return [kind.part];
  }
}

/** Schedulers die of other parts' faults, too: all of them are started where they do not run. */
function heal(draws: Draws, faults: readonly Fault[], { fleet }: Given): Fault[] {
  if (faults.length === 0) return [];
  const broken = new Set(
    faults.filter(({ what, part }) => isUndone(what, part)).map(({ part }) => part),
  );
  for (let i = 1; i <= fleet.schedulers; i++) broken.add(`scheduler-${i}`);
  return [...broken].flatMap((part) => {
    const at = draws.between(TROUBLE_S + 1, HEALED_S);
    // A clean stop takes its time: who has not ended yet cannot be started anew.
    const again = part.startsWith('scheduler') ? [0, 60, 180] : [0];
    return again.map((s) => ({ at_s: at + s, what: 'restore', part }));
  });
}

function isUndone(what: string, part: string): boolean {
  return FAULTS.some((kind) => kind.undone && kind.what === what && part.startsWith(kind.part));
}
