/** A simulation service with the real engine, in the same thread. */
import {
  laneCatalog,
  laneCodes,
  machinesOf,
  makeLaneEngine,
} from '../../src/host/simulation/airflowEngine.ts';
import { SimulationService } from '../../src/host/simulation/service.ts';
import type { RunKeeper } from '../../src/host/simulation/service.ts';

export function simulationService(keeper?: RunKeeper): SimulationService {
  return new SimulationService({
    make: makeLaneEngine,
    codes: laneCodes(),
    machines: machinesOf,
    catalog: laneCatalog(),
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    ...(keeper ? { keeper } : {}),
  });
}
