/** Entry of the simulation worker. */
import { expose } from 'comlink';
import { laneCatalog, laneCodes, machinesOf, makeLaneEngine } from './airflowEngine.ts';
import { keepRuns } from './runKeeper.ts';
import { SimulationService } from './service.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  new SimulationService({
    make: makeLaneEngine,
    codes: laneCodes(),
    machines: machinesOf,
    // The address of this very file changes with every change of the code, but not in development.
    ...(import.meta.env.PROD ? { keeper: keepRuns(import.meta.url) } : {}),
    catalog: laneCatalog(),
    now: () => performance.now(),
    // A message to oneself lets the messages that came before it in; timers would wait 4 ms.
    pause: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
  }),
);
