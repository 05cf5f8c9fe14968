/** What every state of every machine says about itself, for charts, reference pages and words. */
export interface StateMeta {
  /** Module (below the package root) and version it was read from, for example `x/y.py 3.3.2`. */
  readonly airflow: string;
  /** Key of the state's name and explanation in the dictionaries. */
  readonly i18n: string;
  /** Design token without the leading `--`; task-instance states own `st-*`, the rest is ink. */
  readonly colour: string;
}
