/** The demonstration: its DAG as our own importer read it, and how its tasks behave. */
import type { BehaviourRules } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import behaviour from '../../../lessons/examples/nightly_orders.behaviour.json' with { type: 'json' };
import dags from '../../../lessons/examples/nightly_orders.json' with { type: 'json' };

export interface Demo {
  dags: DagSpec[];
  behaviour: BehaviourRules;
}

/** Both files are checked against their types by tests. */
export function demo(): Demo {
  return { dags: dags as unknown as DagSpec[], behaviour: behaviour as BehaviourRules };
}
