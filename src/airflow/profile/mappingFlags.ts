/** Differences of dynamic task mapping (specification 12; set `expansion`). */
import { flags } from './flag.ts';

export const MAPPING_FLAGS = flags({
  looksByTaskId: {
    '2.11.2': false,
    '3.3.2': true,
    why: "A run's task instances are read by task id and map index; in 2.x in the order of rows.",
    source: 'models/dagrun.py, fetch_task_instances',
  },
  partialImpliesPast: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'wait_for_downstream implies depends_on_past; in 3.x only where an operator is made itself.',
    source: 'models/baseoperator.py, sdk/bases/operator.py',
  },
  workerCountsWholeConcat: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'The worker takes a concat in a product for as long as its parts times its length, so that ' +
      'every index from the real length on fails with IndexError; 2.x looks the length up.',
    source: 'expansion/af3-hand-concat-two-product-last',
  },
  serverRefusesLongValues: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A return value longer than core.max_map_length is refused by the API server (400).',
    source: 'expansion/af3-push-length-1025-limit-1024',
  },
  longValueError: {
    '2.11.2': 'UnmappableXComLengthPushed',
    '3.3.2': 'HTTPException',
    why: 'The exception of a return value that is too long to be mapped over.',
    source: 'expansion/af3-push-length-1025-limit-1024',
  },
  unknownKwargError: {
    '2.11.2': 'AirflowException',
    '3.3.2': 'TypeError',
    why: 'An unknown argument from expand_kwargs is refused by another name.',
    source: 'expansion/af2-hand-kwargs-unknown-None',
  },
  unexpandedIsHeld: {
    '2.11.2': true,
    '3.3.2': false,
    why:
      'The test for a deadlock asks MappedTaskIsExpanded too: it shows when a new version maps a ' +
      'task that runs.',
    source: 'dag-versions/plain-running-becomes-mapped',
  },
  expandTakesUnsetArguments: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'Arguments of every operator that partial() does not fill in, such as pool, can be mapped ' +
      'over; 2.x fills in more of them.',
    source: 'expansion/af3-hand-expand-operator-argument-pool',
  },
});
