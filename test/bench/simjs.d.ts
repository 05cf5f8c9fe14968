/** What the benchmark uses of simjs 2.0.3, which sets `window.Sim` and exports nothing. */
declare module 'simjs';

interface SimJsRequest {
  done(callback: (argument: number) => void, context: unknown, argument: number): SimJsRequest;
}

interface SimJsEntity {
  time(): number;
  setTimer(delay: number): SimJsRequest;
}

interface SimJsSim {
  addEntity<E>(entity: new (...parameters: never[]) => E): E;
  simulate(endTime: number): boolean;
}

interface SimJs {
  readonly Sim: new () => SimJsSim;
  readonly Entity: new (sim: SimJsSim, name?: string) => SimJsEntity;
}
