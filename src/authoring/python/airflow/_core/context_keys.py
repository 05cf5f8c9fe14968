"""Names that the context of a running task holds."""

from .profile import IS3

_BOTH = {
    "conn", "dag", "dag_run", "data_interval_end", "data_interval_start", "ds", "ds_nodash",
    "expanded_ti_count", "exception", "inlet_events", "inlets", "logical_date", "macros",
    "map_index_template", "outlets", "params", "prev_data_interval_end_success",
    "prev_data_interval_start_success", "prev_end_date_success", "prev_start_date_success",
    "reason", "run_id", "task", "task_instance", "task_instance_key_str", "test_mode", "ti",
    "triggering_asset_events", "try_number", "ts", "ts_nodash", "ts_nodash_with_tz", "var",
    "outlet_events", "templates_dict",
}
_ONLY_3 = {"asset_state_store", "partition_date", "partition_key", "task_reschedule_count",
           "task_state_store"}
_ONLY_2 = {
    "conf", "execution_date", "next_ds", "next_ds_nodash", "next_execution_date", "prev_ds",
    "prev_ds_nodash", "prev_execution_date", "prev_execution_date_success",
    "tomorrow_ds", "tomorrow_ds_nodash", "triggering_dataset_events", "yesterday_ds",
    "yesterday_ds_nodash",
}
CONTEXT_KEYS = (_BOTH | _ONLY_3) if IS3 else (_BOTH - {"triggering_asset_events"} | _ONLY_2)
