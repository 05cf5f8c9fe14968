"""Names that lead to behaviour of `_core`, whatever module offers them."""

import enum
import importlib
import types

from airflow._core.profile import IS3

_MODULES = {
    "dag": "DAG", "operator": "BaseOperator AbstractOperator BaseOperatorLink",
    "nodes": "DAGNode DependencyMixin", "groups": "TaskGroup MappedTaskGroup",
    "edges": "EdgeModifier Label chain chain_linear cross_downstream",
    "xcom_arg": "XComArg PlainXComArg MapXComArg ZipXComArg ConcatXComArg",
    "mapping": "MappedOperator OperatorPartial", "params": "Param ParamsDict DagParam",
    "assets": "Asset BaseAsset AssetAlias AssetAll AssetAny AssetWatcher Dataset Metadata Model "
              "AssetNameRef AssetUriRef AssetRef AssetAccessControl",
    "asset_decorator": "asset",
    "timetables": "Timetable DataInterval DagRunInfo TimeRestriction NullTimetable OnceTimetable "
                  "ContinuousTimetable CronDataIntervalTimetable CronTriggerTimetable "
                  "MultipleCronTriggerTimetable DeltaDataIntervalTimetable DeltaTriggerTimetable "
                  "EventsTimetable AssetTriggeredTimetable DatasetTriggeredTimetable "
                  "AssetOrTimeSchedule DatasetOrTimeSchedule",
    "partitions": "PartitionMapper IdentityMapper FixedKeyMapper AllowedKeyMapper ChainMapper "
                  "ProductMapper RollupMapper FanOutMapper StartOfHourMapper StartOfDayMapper "
                  "StartOfWeekMapper StartOfMonthMapper StartOfQuarterMapper StartOfYearMapper "
                  "Window HourWindow DayWindow WeekWindow MonthWindow QuarterWindow YearWindow "
                  "SegmentWindow WaitForAll MinimumCount CronPartitionTimetable "
                  "PartitionedAssetTimetable PartitionedAtRuntime",
    "rules": "TriggerRule WeightRule PriorityWeightStrategy", "sensors": "BaseSensorOperator poke_mode_only",
    "skips": "SkipMixin BranchMixIn BaseBranchOperator",
    "taskflow": "DecoratedOperator task_decorator_factory", "dag_decorator": "dag",
    "group_decorator": "task_group", "task_collection": "task result",
    "stores": "Connection", "retry_policies": "RetryPolicy RetryRule ExceptionRetryPolicy",
    "extras": "LoggingMixin BaseHook BaseTrigger BaseEventTrigger TriggerEvent StartTriggerArgs "
              "Templater BaseNotifier Callback AsyncCallback SyncCallback DeadlineAlert "
              "DeadlineReference PokeReturnValue conf ds_add ds_format datetime_diff_for_humans "
              "get_parsing_context provide_session apply_defaults ObjectStoragePath",
    "setup_teardown": "SetupTeardownContext", "subdag": "SubDagOperator",
    "dates": "days_ago",
}
_RENAMED = {
    "setup": ("task_collection", "setup_task"), "teardown": ("task_collection", "teardown_task"),
    "DatasetAlias": ("assets", "AssetAlias"), "DatasetAll": ("assets", "AssetAll"),
    "DatasetAny": ("assets", "AssetAny"), "BaseDataset": ("assets", "BaseAsset"),
    "BaseTimetable": ("timetables", "Timetable"), "context_wrapper": ("setup_teardown", "ContextWrapper"),
    "DummyOperator": None, "TaskGroupContext": ("groups", "TaskGroupContextShim"),
    "BaseAsyncOperator": ("operator", "BaseOperator"), "python_task": ("task_collection", "task"),
    "_TaskDecorator": ("taskflow", "TaskDecorator"), "teardown_task": ("task_collection", "teardown_task"),
    "setup_task": ("task_collection", "setup_task"),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names.split()}


def find(name, path):
    """The behaviour behind a name, or None. `path` is where Airflow defines it."""
    if name == "Variable":
        store = "Variable" if path.startswith("airflow.sdk") else "ModelVariable"
        return getattr(_module("stores"), store)
    if name == "Dataset" and IS3:
        return _module("assets").Asset
    if name in _RENAMED and _RENAMED[name]:
        module, name = _RENAMED[name]
        return getattr(_module(module), name)
    if name in _WHERE:
        return getattr(_module(_WHERE[name]), name)
    if name in _ENUMS:
        return _enum(name)
    if name in ("timezone", "macros"):
        return _namespace(name)
    return None


def _module(name):
    return importlib.import_module(f"airflow._core.{name}")


_TASK_STATES = ("removed scheduled queued running success restarting failed up_for_retry "
                "up_for_reschedule upstream_failed skipped deferred").split()
_ENUMS = {
    "State": [*_TASK_STATES, "shutdown"], "TaskInstanceState": _TASK_STATES,
    "DagRunState": ["queued", "running", "success", "failed"],
    "DagRunType": ["backfill", "scheduled", "manual", "asset_triggered" if IS3 else "dataset_triggered"],
    "WeekDay": None,
}
_built = {}


def _enum(name):
    if name not in _built:
        if name == "WeekDay":
            _built[name] = _week_day()
        elif name == "State":
            _built[name] = _state()
        else:
            _built[name] = enum.StrEnum(name, {v.upper(): v for v in _ENUMS[name]})
    return _built[name]


def _state():
    made = types.SimpleNamespace(**{v.upper(): v for v in _ENUMS["State"]})
    made.NONE = None
    made.finished = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})
    made.success_states = frozenset({"success", "skipped"})
    made.failed_states = frozenset({"failed", "upstream_failed"})
    return made


def _week_day():
    days = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY".split()
    return enum.IntEnum("WeekDay", {d: i + 1 for i, d in enumerate(days)})


def _namespace(name):
    if name == "timezone":
        return _module("dates")
    import datetime
    import json
    import random
    import time
    import uuid

    extras = _module("extras")
    return types.SimpleNamespace(
        ds_add=extras.ds_add, ds_format=extras.ds_format, datetime=datetime.datetime,
        timedelta=datetime.timedelta, dateutil=importlib.import_module("dateutil"), json=json,
        random=random.random, time=time, uuid=uuid,
        datetime_diff_for_humans=extras.datetime_diff_for_humans,
    )
