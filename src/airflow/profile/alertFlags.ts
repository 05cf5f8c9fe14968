/** Differences of alerts (specification 17). */
import { flags } from './flag.ts';

export const ALERT_FLAGS = flags({
  hasDeadlineAlerts: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'DeadlineAlert came with 3.1.',
    source: 'models/deadline.py',
  },
  hasSla: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'sla of a task is looked at by the DAG processor of 2.x; 3.x ignores it with a warning.',
    source: 'dag_processing/processor.py',
  },
});
