/**
 * One executor of a lane with its fleet, its latencies and its supervisors. Most lanes have one;
 * with several, each workload belongs to one of them (`rows.part`).
 */
import { allSpecs } from '../dagVersions.ts';
import { must } from '../../base/assert.ts';
import { group, type Saveable } from '../../kernel/index.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { SlotLines } from '../fleet/slotLines.ts';
import { resolveLatencies } from '../latencies/index.ts';
import type { PlantEnv } from '../runner/env.ts';
import { Supervisor, type ProcessEnded } from '../runner/supervisor.ts';
import { TaskBook } from '../runner/taskBook.ts';
import { TaskCode } from '../runner/taskCode.ts';
import { timingsOf } from '../runner/timings.ts';
import type { Triggerer } from '../runner/triggerer.ts';
import { STAGE } from '../runner/workloads.ts';
import type { ExecutorName, Scenario } from '../scenario.ts';
import type { SchedulerExecutor } from './executor.ts';
import { executorsOf } from './executorChoice.ts';
import { KubernetesExecutor } from './kubernetesExecutor.ts';
import { memoryOf } from './memoryPlaces.ts';
import { ManyExecutors } from './manyExecutors.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { fleetOf } from './plantFleet.ts';

interface PartInput {
  readonly scenario: Scenario;
  readonly queueNames: readonly string[];
}

export class PlantPart {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly supervisor: Supervisor;
  readonly code: TaskCode;
  /** That of the first scheduler. */
  readonly executor: PlantExecutor;
  readonly executors: readonly PlantExecutor[];
  private readonly env: PlantEnv;

  constructor(
    env: PlantEnv,
    name: ExecutorName,
    { scenario, queueNames }: PartInput,
    triggerer: Triggerer,
    ended: ProcessEnded,
  ) {
    this.env = env;
    const fleet = fleetOf(env, name, scenario, queueNames);
    const count = Math.max(1, scenario.fleet.schedulers);
    this.executors = Array.from({ length: count }, (_, owner) => fleet.executor(owner));
    env.executors.push(...this.executors);
    this.executor = must(this.executors[0], 'a plant has an executor');
    this.lines = this.executor.lines;
    this.code = new TaskCode(env, new TaskBook(allSpecs(scenario)), triggerer);
    this.supervisor = new Supervisor(env, this.code, ended);
    for (const each of this.executors) each.supervisor = this.supervisor;
    env.memory = memoryOf(env, scenario, name, this.supervisor, clusterOf(this.executor));
    this.state = group({
      fleet: fleet.state,
      ...(env.memory === null ? {} : { memory: env.memory.state }),
      ...Object.fromEntries(this.executors.map((each, i) => [`executor${i}`, each.state])),
    });
  }

  /** User code begins; it may be one process too many for the memory of its machine. */
  onBody(w: number): void {
    this.supervisor.onBody(w);
    const { memory, workloads } = this.env;
    if (memory === null || workloads.rows.stage[w] !== STAGE.working) return;
    memory.begin(w, this.code.memoryOf(w));
  }

  /** The executor of the scheduler that has the workload; the first, where nobody has it. */
  ownerOf(w: number): PlantExecutor {
    const { executors } = this;
    const { rows } = this.env.workloads;
    if (executors.length === 1 || w < 0 || w >= rows.rows) return this.executor;
    return executors[rows.owner[w]!] ?? this.executor;
  }
}

function clusterOf(executor: PlantExecutor): Cluster | null {
  return executor instanceof KubernetesExecutor ? executor.cluster : null;
}

/** The parts of a lane; `env`: that of the first, which the others share in all but latencies. */
export function partsOf(
  env: PlantEnv,
  input: PartInput,
  triggerer: Triggerer,
  ended: ProcessEnded,
): PlantPart[] {
  const { scenario } = input;
  const parts: PlantPart[] = [];
  let firstLine = 0;
  for (const name of executorsOf(scenario)) {
    const part = parts.length;
    const own = part === 0 ? env : { ...env, part, firstLine, ...latenciesOf(name, scenario) };
    parts.push(new PlantPart(own, name, input, triggerer, ended));
    firstLine += parts[part]!.lines.total;
  }
  return parts;
}

function latenciesOf(
  name: ExecutorName,
  scenario: Scenario,
): Pick<PlantEnv, 'timings' | 'executors'> {
  const table = resolveLatencies(scenario.airflow, name, scenario.latencies);
  return { timings: timingsOf(table.ok ? table.value : new Map()), executors: [] };
}

/** What each scheduler sees: its executor, or all of them behind one face. */
export function schedulerExecutors(
  parts: readonly PlantPart[],
  { hybrid = false }: Scenario,
  routeOf: (ti: number) => number,
): readonly SchedulerExecutor[] {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first?.executors ?? [];
  return first.executors.map((_, scheduler) => {
    const own = parts.map(({ executors }) => executors[scheduler]!);
    return new ManyExecutors(own, routeOf, hybrid);
  });
}
