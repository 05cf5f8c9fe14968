/**
 * The import table: which layer of src may import which, and which npm packages. An arrow is added
 * here and nowhere else, with a reason in src/decisions.
 */

/** `types`: only what vanishes at run time. `files`: only these (prefixes inside the layer). */
export interface Arrow {
  readonly types?: boolean;
  readonly files?: readonly string[];
}

export interface Layer {
  readonly own: Readonly<Record<string, Arrow>>;
  /** Package names; a trailing `*` admits a family, `node:*` the modules of Node. */
  readonly npm: readonly string[];
}

const any: Arrow = {};
const types: Arrow = { types: true };
/** What a run is made from, and nothing that runs it. */
const input: Arrow = { files: ['airflow/spec', 'airflow/config', 'airflow/scenario'] };
/** And the short form of faults, which scenario files and links have too. */
const scenarioInput: Arrow = {
  files: [...(input.files ?? []), 'airflow/faults/text', 'airflow/executorList'],
};
const spec: Arrow = { files: ['airflow/spec'] };
/** The main thread's side of the workers. */
const threadEnds: Arrow = { files: ['host/protocol', 'host/remotes'] };

const upToStore = {
  base: any,
  kernel: any,
  machines: any,
  airflow: any,
  explain: any,
  interchange: any,
  lesson: any,
  authoring: any,
  store: any,
};

export const layers: Readonly<Record<string, Layer>> = {
  base: { own: {}, npm: [] },
  kernel: { own: { base: any }, npm: [] },
  machines: { own: { base: any, kernel: types }, npm: ['xstate'] },
  airflow: { own: { base: any, kernel: any, machines: any }, npm: [] },
  explain: { own: { base: any, kernel: types, airflow: any }, npm: [] },
  interchange: { own: { base: any, airflow: scenarioInput }, npm: ['yaml'] },
  lesson: { own: { base: any, explain: any, airflow: any }, npm: ['yaml'] },
  authoring: {
    own: { base: any, airflow: spec },
    npm: ['pyodide', 'virtual:python-*', 'yaml'],
  },
  store: { own: { base: any, airflow: types, kernel: types }, npm: ['idb'] },
  conformance: {
    own: { base: any, kernel: any, machines: any, airflow: any, explain: any },
    npm: [],
  },
  host: { own: upToStore, npm: ['comlink'] },
  cli: { own: { ...upToStore, conformance: any, i18n: any }, npm: ['node:*'] },
  app: {
    own: {
      base: any,
      host: threadEnds,
      airflow: types,
      explain: types,
      interchange: any,
      lesson: any,
    },
    npm: ['xstate', '@xstate/react', 'react'],
  },
  render: {
    own: {
      base: any,
      kernel: types,
      explain: any,
      host: { files: ['host/protocol'] },
      app: types,
      views: { files: ['views/scene/'] },
    },
    npm: ['comlink'],
  },
  i18n: { own: { base: any }, npm: ['@lingui/*'] },
  views: {
    own: { app: any, i18n: any, base: any, explain: types, airflow: types, machines: any },
    npm: ['react', 'react-dom', 'd3-*', '@codemirror/*', '@lezer/*', '@astral-sh/ruff-wasm-web'],
  },
  'main.tsx': {
    own: { views: any, app: any, i18n: any, render: any, host: threadEnds },
    npm: ['react', 'react-dom'],
  },
};

/** Compiled without browser and Node: tsconfig.pure.json names the same folders. */
export const pure = [
  'base',
  'kernel',
  'machines',
  'airflow',
  'explain',
  'conformance',
  'interchange',
  'lesson',
];
