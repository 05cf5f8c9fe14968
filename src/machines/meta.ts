/**
 * Design tokens a state may use, without the leading `--`. The colours of task instances (`st-*`)
 * are theirs and the DAG runs' alone; the instrument is ink, degrees of it, and faults.
 */
export const inkColours = ['ink', 'ink-2', 'ink-3', 'goal', 'caution', 'fault'] as const;

export type Colour = (typeof inkColours)[number] | `st-${string}`;

/** What every state of every machine says about itself, for charts, reference pages and words. */
export interface StateMeta {
  /** Module (below the package root) and version it was read from, for example `x/y.py 3.3.2`. */
  readonly airflow: string;
  /** Key of the state's name and explanation in the dictionaries: `machine.state`. */
  readonly i18n: string;
  readonly colour: Colour;
}
