/** What the CeleryExecutors of all schedulers share: broker, messages, workers, and their parts. */
import { group, type Saveable } from '../../../kernel/index.ts';
import { Broker } from '../../fleet/broker.ts';
import { CeleryWorkers } from '../../fleet/celeryWorkers.ts';
import type { PlantEnv } from '../../runner/env.ts';
import type { Supervisor } from '../../runner/supervisor.ts';
import type { FleetSpec } from '../../scenario.ts';
import { CeleryClocks } from './clocks.ts';
import { Keda } from './keda.ts';
import { Messages } from './messages.ts';
import { CeleryParts } from './parts.ts';

export class CelerySite {
  readonly state: Saveable;
  readonly broker: Broker;
  readonly workers: CeleryWorkers;
  readonly messages: Messages;
  readonly parts: CeleryParts;
  readonly clocks: CeleryClocks;
  readonly keda: Keda;
  /** By number of the scheduler; each enters itself. */
  readonly executors: { storeResult(w: number): void }[] = [];

  constructor(env: PlantEnv, fleet: FleetSpec, queueNames: readonly string[]) {
    this.broker = new Broker(queueNames, fleet.broker);
    this.workers = new CeleryWorkers(env, this.broker, fleet.workers);
    this.messages = new Messages(env, this.broker);
    this.parts = new CeleryParts(env, this);
    this.clocks = new CeleryClocks(env, this);
    this.keda = new Keda(env, this, fleet.workers);
    this.state = group({
      messages: this.messages.state,
      parts: this.parts.state,
      keda: this.keda.state,
      broker: this.broker.state,
      workers: this.workers.state,
    });
  }

  /** Events of no message in particular; false when the kind is none of them. */
  handle(kind: number, subject: number): boolean {
    if (this.parts.handle(kind, subject) || this.clocks.handle(kind)) return true;
    return this.keda.handle(kind, subject);
  }

  get supervisor(): Supervisor {
    return this.workers.supervisor;
  }

  /** To the executor that waits for it; any, when none does. */
  storeResult(w: number): void {
    const owner = this.executors[this.messages.ownerOf(w)] ?? this.executors[0];
    owner?.storeResult(w);
  }
}
