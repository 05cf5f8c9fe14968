/** Where logs go in a lane: Airflow's options, and what the installation around it is like. */
import { booleanOption, makeConfig, numberOption, textOption } from '../../airflow/config/index.ts';
import { machineOfPart } from '../../airflow/fleet/placement.ts';
import { inContainer, type PlacedKind } from '../../airflow/fleet/placement.ts';
import { resolveLatencies } from '../../airflow/latencies/index.ts';
import { samplerOf } from '../../airflow/latencies/sampler.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import { must } from '../../base/assert.ts';

export interface LogSettings {
  /** `logging.remote_base_log_folder`, null: logs stay where they are written. */
  readonly remote: string | null;
  /** Elasticsearch reads the index only; microseconds from a line to the index, null: none. */
  readonly shipper: number | null;
  /** The local file is removed (S3: emptied) after its upload. */
  readonly deletes: boolean;
  readonly uploadFails: boolean;
  readonly shared: boolean;
  readonly port: number;
  readonly podLines: number;
}

export function logSettings(scenario: Scenario): LogSettings {
  const read = makeConfig(scenario.airflow, scenario.config);
  const config = must(read.ok ? read.value : undefined, 'a scenario that runs has good options');
  const { logs = {} } = scenario;
  const folder = textOption(config, 'logging.remote_base_log_folder');
  const remote = booleanOption(config, 'logging.remote_logging');
  const index = remote && logs.elasticsearch === true;
  return {
    remote: remote && !index ? folder || 's3://logs' : null,
    shipper: index ? shipperOf(scenario) : null,
    deletes: booleanOption(config, 'logging.delete_local_logs') || folder.startsWith('s3:'),
    uploadFails: logs.upload_fails ?? false,
    shared: logs.shared_volume ?? false,
    port: numberOption(config, 'logging.worker_log_server_port'),
    podLines: numberOption(config, 'kubernetes_executor.running_pod_log_lines'),
  };
}

/** The longest that a line can take: what has been there for so long is in the index. */
function shipperOf({ airflow, executor, latencies }: Scenario): number {
  const table = resolveLatencies(airflow, executor, latencies);
  const value = table.ok ? table.value.get('log.shipper')?.value : undefined;
  const sampler = samplerOf(value ?? 0);
  return sampler.constant >= 0 ? sampler.constant : sampler.draw(0.5);
}

/** The files of a part are gone with it: a container without a volume, a worker of an autoscaler. */
export function losesFiles(scenario: Scenario, kind: PlacedKind, index: number): boolean {
  const { disk } = scenario.logs ?? {};
  if (disk !== undefined) return disk === 'lost';
  return inContainer(scenario, kind, index);
}

/** The API server (2.x: web server) sees the file system that the part writes to. */
export function sharesFiles(scenario: Scenario, kind: PlacedKind, index: number): boolean {
  const { machine, placement = [] } = scenario.fleet;
  if (scenario.logs?.shared_volume === true) return true;
  const pages = scenario.airflow === '2.11.2' ? 'web-server' : 'api-server';
  if (placement.length === 0) return kind === 'scheduler' || machine !== undefined;
  const here = machineOfPart(scenario, kind, index);
  if (here < 0 || here !== machineOfPart(scenario, pages, 0)) return false;
  return placement[here]?.containers !== true;
}
