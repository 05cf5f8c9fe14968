"""DAG: arguments, checks in the order in which Airflow makes them, edges and tasks."""

import copy
import datetime as dt
from collections.abc import Collection

from . import dates
from .assets import AssetAll, BaseAsset, check_schedule
from .errors import AirflowException, ParamValidationError, find
from .groups import TaskGroup
from .ids import check_key
from .params import DagParam, NOTSET, ParamsDict
from .profile import IS3, PROFILE
from .scopes import DagScope
from .timetables import (AssetTriggeredTimetable, DatasetTriggeredTimetable, Timetable,
                         from_schedule)

_BOTH = {
    "description": None, "schedule": NOTSET, "start_date": None, "end_date": None,
    "template_searchpath": None, "template_undefined": None, "user_defined_macros": None,
    "user_defined_filters": None, "default_args": None, "max_active_tasks": None,
    "max_active_runs": None, "max_consecutive_failed_dag_runs": None, "dagrun_timeout": None,
    "sla_miss_callback": None, "catchup": PROFILE.catchup, "on_success_callback": None,
    "on_failure_callback": None, "doc_md": None, "params": None, "access_control": None,
    "is_paused_upon_creation": None, "jinja_environment_kwargs": None,
    "render_template_as_native_obj": False, "tags": None, "owner_links": None,
    "auto_register": True, "dag_display_name": None,
}
_ONLY_3 = {"deadline": None, "fail_fast": False, "allowed_run_types": None, "task_group": None,
           "disable_bundle_versioning": False, "rerun_with_latest_version": None}
_ONLY_2 = {"schedule_interval": NOTSET, "timetable": None, "full_filepath": None,
           "concurrency": None, "default_view": "grid", "orientation": "LR", "fail_stop": False}
#: 2.x takes its arguments by position too, in this order.
_ORDER_2 = ("description", "schedule", "schedule_interval", "timetable", "start_date", "end_date")
ARGUMENTS = {**_BOTH, **(_ONLY_3 if IS3 else _ONLY_2)}

_TYPES = {"description": str, "max_active_tasks": int, "max_active_runs": int,
          "max_consecutive_failed_dag_runs": int, "dagrun_timeout": dt.timedelta,
          "dag_display_name": str}
_TYPES_2 = {"default_view": str, "orientation": str, "catchup": bool, "doc_md": str,
            "is_paused_upon_creation": bool, "render_template_as_native_obj": bool, "tags": list,
            "auto_register": bool, "fail_stop": bool}
Refused = PROFILE.pick(ValueError, AirflowException)


class DAG:
    """A set of tasks with edges and a schedule."""

    def __init__(self, dag_id, *args, **kwargs):
        from .operator_meta import creation_line

        given = self._arguments(args, kwargs)
        self.created_at = creation_line()
        self.fileloc = self.created_at[0] or ""
        self.task_dict, self.edge_info, self.partial = {}, {}, False
        check_key(dag_id)
        self.dag_id = dag_id
        self._set_basics(given)
        self._set_dates(given)
        self._set_limits(given)
        self.task_group = TaskGroup.create_root(self)
        self._set_schedule(given)
        self._check(given)

    @staticmethod
    def _arguments(args, kwargs):
        if args and IS3:
            raise TypeError(
                f"DAG.__init__() takes 2 positional arguments but {2 + len(args)} were given"
            )
        unknown = [k for k in kwargs if k not in ARGUMENTS]
        if unknown:
            raise TypeError(f"DAG.__init__() got an unexpected keyword argument {unknown[0]!r}")
        return {**ARGUMENTS, **dict(zip(_ORDER_2, args)), **kwargs}

    def _set_basics(self, given):
        tags = given["tags"]
        if not IS3:
            self._check_types(given, _TYPES_2)
        if tags and any(len(tag) > 100 for tag in tags):
            raise Refused("tag cannot be longer than 100 characters")
        default_args = given["default_args"]
        if default_args is not None and not isinstance(default_args, dict):
            raise TypeError("default_args must be a dict")
        self.default_args = (copy.copy if IS3 else copy.deepcopy)(default_args or {})
        for name in (
            "description", "user_defined_macros", "user_defined_filters", "dagrun_timeout",
            "on_success_callback", "on_failure_callback", "access_control", "doc_md",
            "is_paused_upon_creation", "jinja_environment_kwargs", "template_searchpath",
            "sla_miss_callback", "template_undefined",
        ):
            setattr(self, name, given[name])
        self.tags = set(tags or ())
        self.owner_links = given["owner_links"] or {}
        self.auto_register = bool(given["auto_register"])
        self.render_template_as_native_obj = bool(given["render_template_as_native_obj"])
        self.fail_fast = self.fail_stop = bool(given["fail_fast" if IS3 else "fail_stop"])
        self.dag_display_name = given["dag_display_name"] or self.dag_id
        self.has_on_success_callback = self.on_success_callback is not None
        self.has_on_failure_callback = self.on_failure_callback is not None
        self.allowed_run_types = given.get("allowed_run_types")
        self.deadline = _deadlines(given.get("deadline"))
        self._set_params(given["params"])

    def _set_params(self, params):
        params = dict(params.items()) if params else {}
        if "params" in self.default_args:
            params.update(self.default_args.pop("params") or {})
        self.params = ParamsDict(params)

    def _set_dates(self, given):
        start = given["start_date"]
        default = self.default_args.get("start_date")
        if default and not isinstance(default, dt.datetime) and (IS3 or not start):
            default = self.default_args["start_date"] = dates.parse(default)
            start = start or default
        if IS3 and not start:
            start = default
        aware = getattr(start, "tzinfo", None) is not None
        self.timezone = dates.zone_of(start if IS3 or aware else default)
        end = self.default_args.get("end_date")
        if isinstance(end, str):
            self.default_args["end_date"] = dates.parse(end, timezone=self.timezone)
        self.start_date, self.end_date = dates.to_utc(start), dates.to_utc(given["end_date"])
        for name in ("start_date", "end_date"):
            if self.default_args.get(name):
                self.default_args[name] = dates.to_utc(self.default_args[name])

    def _set_limits(self, given):
        tasks = given["max_active_tasks"]
        if not IS3 and given["concurrency"]:
            tasks = given["concurrency"]
        runs, failed = given["max_active_runs"], given["max_consecutive_failed_dag_runs"]
        self.max_active_tasks = PROFILE.max_active_tasks if tasks is None else tasks
        self.max_active_runs = PROFILE.max_active_runs if runs is None else runs
        self.max_consecutive_failed_dag_runs = 0 if failed is None else failed
        if self.max_consecutive_failed_dag_runs < 0 and not IS3:
            raise AirflowException("Invalid max_consecutive_failed_dag_runs: it must be >= 0")
        self.catchup = given["catchup"]
        self._check_types(vars(self), _TYPES)

    @staticmethod
    def _check_types(values, types):
        for name, kind in types.items():
            value = values.get(name)
            if value is not None and not isinstance(value, kind):
                raise TypeError(f"'{name}' has an invalid type {type(value)} with value {value}, "
                                f"expected type is {kind}")

    def _set_schedule(self, given):
        schedule = given["schedule"]
        if not IS3:
            named = [given["schedule"], given["schedule_interval"], given["timetable"]]
            count = sum(v is not NOTSET for v in named[:2]) + (named[2] is not None)
            started = self.start_date or "start_date" in self.default_args
            if not started and any(v is not NOTSET and v for v in named):
                raise ValueError("DAG is missing the start_date parameter")
            if count > 1:
                raise ValueError("At most one allowed for args 'schedule_interval', 'timetable', "
                                 "and 'schedule'.")
            if named[2] is not None:
                schedule = named[2]
            elif named[1] is not NOTSET:
                schedule = named[1]
        schedule = PROFILE.default_schedule if schedule is NOTSET else schedule
        self.schedule = self.schedule_interval = schedule
        self.timetable = self._timetable(schedule)

    def _timetable(self, schedule):
        waits = AssetTriggeredTimetable if IS3 else DatasetTriggeredTimetable
        if isinstance(schedule, Timetable):
            return schedule
        if isinstance(schedule, BaseAsset):
            return waits(schedule)
        if isinstance(schedule, Collection) and not isinstance(schedule, str):
            check_schedule(schedule)
            return waits(AssetAll(*schedule))
        return from_schedule(schedule, self.timezone)

    def _check(self, given):
        limit = self.timetable.active_runs_limit
        if limit is not None and limit < self.max_active_runs:
            raise Refused(
                f"Invalid max_active_runs: {type(self.timetable).__name__} requires "
                f"max_active_runs <= {limit}"
            )
        started = self.start_date or "start_date" in self.default_args
        if self.timetable.can_be_scheduled:
            if IS3 and self.catchup and not started:
                raise ValueError("start_date is required when catchup=True")
            self._check_params()
        self.sla_miss_callback = given["sla_miss_callback"]

    def _check_params(self):
        try:
            self.params.validate()
        except ParamValidationError as error:
            raise Refused(
                f"DAG {self.dag_id!r} is not allowed to define a Schedule, as there are required "
                "params without default values, or the default values are not valid."
            ) from error

    def validate(self):
        """What the bag checks: timetable, start dates, setups. Raises Airflow's exceptions."""
        self.timetable.validate()
        for task in self.tasks:
            if task.is_setup and any(
                not d.is_teardown and d.trigger_rule != "all_success" for d in task.downstream_list
            ):
                raise ValueError("Setup tasks must be followed with trigger rule ALL_SUCCESS.")
        for owner, link in (self.owner_links or {}).items():
            if "://" not in link and not link.startswith("mailto:"):
                raise Refused(f"Wrong link format was used for the owner {owner!r}: {link}")

    @property
    def tasks(self):
        return list(self.task_dict.values())

    @property
    def task_ids(self):
        return list(self.task_dict)

    @property
    def task_count(self):
        return len(self.task_dict)

    @property
    def roots(self):
        return [t for t in self.tasks if not t.upstream_task_ids]

    @property
    def leaves(self):
        return [t for t in self.tasks if not t.downstream_task_ids]

    @property
    def owner(self):
        return ", ".join(sorted({t.owner for t in self.tasks}))

    @property
    def folder(self):
        return self.fileloc.rpartition("/")[0]

    @property
    def filepath(self):
        return self.fileloc

    @property
    def concurrency(self):
        return self.max_active_tasks

    @property
    def is_subdag(self):
        return getattr(self, "parent_dag", None) is not None

    @property
    def subdags(self):
        return [t.subdag for t in self.tasks if getattr(t, "subdag", None) is not None]

    def param(self, name, default=NOTSET):
        return DagParam(self, name, default)

    def has_task(self, task_id):
        return task_id in self.task_dict

    def get_task(self, task_id, include_subdags=False):
        if task_id in self.task_dict:
            return self.task_dict[task_id]
        raise find("TaskNotFound")(f"Task {task_id} not found")

    def add_task(self, task):
        """Takes a task in; it starts no sooner and ends no later than the DAG."""
        if not task.start_date:
            task.start_date = self.start_date
        elif self.start_date:
            task.start_date = max(task.start_date, self.start_date)
        if not task.end_date:
            task.end_date = self.end_date
        elif self.end_date:
            task.end_date = min(task.end_date, self.end_date)
        self._enter(task)
        if self.fail_fast:
            name = "FailFastDagInvalidTriggerRule" if IS3 else "FailStopDagInvalidTriggerRule"
            find(name).check(fail_fast=True, trigger_rule=task.trigger_rule)

    def _enter(self, task):
        task_id = task.node_id
        if not task.task_group:
            self.task_group.add(task)
        known = self.task_dict.get(task_id)
        if known is not None and known is not task or task_id in self.task_group.used_group_ids:
            raise find("DuplicateTaskIdFound")(
                f"Task id '{task_id}' has already been added to the DAG"
            )
        self.task_dict[task_id] = task
        task.dag = self
        self.task_group.used_group_ids.add(task_id)

    def add_tasks(self, tasks):
        for task in tasks:
            self.add_task(task)

    def set_dependency(self, upstream_task_id, downstream_task_id):
        self.get_task(upstream_task_id).set_downstream(self.get_task(downstream_task_id))

    def set_edge_info(self, upstream_id, downstream_id, info):
        self.edge_info.setdefault(upstream_id, {})[downstream_id] = info

    def get_edge_info(self, upstream_id, downstream_id):
        return self.edge_info.get(upstream_id, {}).get(downstream_id, {})

    def add_result(self, xcom_arg):
        return xcom_arg

    def __getattr__(self, name):
        if name == "task":
            from .task_collection import bound_to

            return bound_to(self)
        raise AttributeError(f"'DAG' object has no attribute {name!r}")

    def __enter__(self):
        DagScope.push(self)
        return self

    def __exit__(self, _type, _value, _tb):
        DagScope.pop()

    def __repr__(self):
        return f"<DAG: {self.dag_id}>"

    def __lt__(self, other):
        return self.dag_id < other.dag_id

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)

    def test(self, *_args, **_kwargs):
        """`dag.test()` under `if __name__ == "__main__"` is never reached; elsewhere a no-op."""

    def cli(self):
        """As test()."""


def _deadlines(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
