/** Airflow's configuration as data: options, defaults, units, lists of names. */
export * from './config.ts';
export * from './lists.ts';
export * from './options.ts';
