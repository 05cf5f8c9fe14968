/** Entry of the simulation worker. */
import { expose } from 'comlink';
import { laneCatalog, laneCodes, makeLaneEngine } from './airflowEngine.ts';
import { SimulationService } from './service.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  new SimulationService({
    make: makeLaneEngine,
    codes: laneCodes(),
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
