/** Differences of operators and sensors (specification 8, 9.9, 10). */
import { flags } from './flag.ts';

export const OPERATOR_FLAGS = flags({
  triggerConflictIsFinal: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'TriggerDagRunOperator on a run that exists fails at once; 2.x raises, which retries.',
    source: 'sdk/execution_time/task_runner.py',
  },
  sensorChecksExistence: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'check_existence of ExternalTaskSensor looks for the DAG and its tasks in 2.x only.',
    source: 'providers/standard/sensors/external_task.py',
  },
  externalGroupIsAllOrNothing: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A group counts when all its task instances are in the states; 2.x takes the share.',
    source: 'providers/standard/utils/sensor_helper.py',
  },
  deferralTimeoutIsFinal: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The time-out of a deferred sensor is a sensor time-out; 2.x raises TaskDeferralError, which retries.',
    source: 'sdk/bases/sensor.py; sensors/base.py',
  },
  neverFailHoldsAtResume: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'never_fail skips a sensor that fails when it resumes; 2.x asks soft_fail only.',
    source: 'sdk/bases/sensor.py; sensors/base.py',
  },
});
