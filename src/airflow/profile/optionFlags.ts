/** Options that changed their name between the versions (specification 5.10). */
import { flags } from './flag.ts';

const MOVED = 'Files are parsed by a processor of its own in 3.x; its options moved there.';
const SOURCE = 'specification 5.10; recorded set configuration';

export const OPTION_FLAGS = flags({
  heartbeatTimeoutOption: {
    '2.11.2': 'scheduler.scheduler_zombie_task_threshold',
    '3.3.2': 'scheduler.task_instance_heartbeat_timeout',
    why: 'A task without heartbeat was called a zombie in 2.x.',
    source: SOURCE,
  },
  heartbeatCheckOption: {
    '2.11.2': 'scheduler.zombie_detection_interval',
    '3.3.2': 'scheduler.task_instance_heartbeat_timeout_detection_interval',
    why: 'A task without heartbeat was called a zombie in 2.x.',
    source: SOURCE,
  },
  refreshIntervalOption: {
    '2.11.2': 'scheduler.dag_dir_list_interval',
    '3.3.2': 'dag_processor.refresh_interval',
    why: MOVED,
    source: SOURCE,
  },
  minFileProcessIntervalOption: {
    '2.11.2': 'scheduler.min_file_process_interval',
    '3.3.2': 'dag_processor.min_file_process_interval',
    why: MOVED,
    source: SOURCE,
  },
  parsingProcessesOption: {
    '2.11.2': 'scheduler.parsing_processes',
    '3.3.2': 'dag_processor.parsing_processes',
    why: MOVED,
    source: SOURCE,
  },
  fileProcessorTimeoutOption: {
    '2.11.2': 'core.dag_file_processor_timeout',
    '3.3.2': 'dag_processor.dag_file_processor_timeout',
    why: MOVED,
    source: SOURCE,
  },
  staleDagThresholdOption: {
    '2.11.2': 'scheduler.stale_dag_threshold',
    '3.3.2': 'dag_processor.stale_dag_threshold',
    why: MOVED,
    source: SOURCE,
  },
  fileParsingSortModeOption: {
    '2.11.2': 'scheduler.file_parsing_sort_mode',
    '3.3.2': 'dag_processor.file_parsing_sort_mode',
    why: MOVED,
    source: SOURCE,
  },
  maxCallbacksPerLoopOption: {
    '2.11.2': 'scheduler.max_callbacks_per_loop',
    '3.3.2': 'dag_processor.max_callbacks_per_loop',
    why: MOVED,
    source: SOURCE,
  },
  triggererCapacityOption: {
    '2.11.2': 'triggerer.default_capacity',
    '3.3.2': 'triggerer.capacity',
    why: 'Renamed in 3.0.',
    source: SOURCE,
  },
});
