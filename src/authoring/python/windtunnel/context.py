"""The context that a tried task sees."""

import datetime as dt
import types

from . import clock, settings
from .events import InletEvents, OutletEvents
from .xcoms import RETURN, Unknown


class TaskInstance:
    """`ti`: ids, tries and XCom."""

    def __init__(self, task, xcoms, index, try_number, run):
        self.task, self.task_id, self.dag_id = task, task.task_id, run.dag_id
        self.run_id, self.map_index, self.try_number = run.run_id, index, try_number
        self.max_tries, self.state = getattr(task, "retries", 0), "running"
        self.dag_run, self.hostname, self.duration = run, "localhost", None
        self.start_date = run.start_date
        self._xcoms = xcoms
        self.pulled_unknown = False

    @property
    def key(self):
        return (self.dag_id, self.task_id, self.run_id, self.try_number, self.map_index)

    def xcom_push(self, key, value, **_options):
        self._xcoms.push(self.task_id, key, value, self.map_index)

    def xcom_pull(self, task_ids=None, dag_id=None, key=RETURN, include_prior_dates=False,
                  map_indexes=None, default=None, run_id=None, **_options):
        if dag_id is not None and dag_id != self.dag_id:
            self.pulled_unknown = True
            return default
        if task_ids is None:
            task_ids = self.task_id if settings.version.startswith("3.") else self._any(key)
        if isinstance(task_ids, str):
            return self._one(task_ids, key, map_indexes, default)
        return [self._one(t, key, map_indexes, default) for t in task_ids or ()]

    def _any(self, key):
        found = [t for t in self.task.dag.task_ids if self._xcoms.has(t, key)]
        return found[-1] if found else self.task_id

    def _one(self, task_id, key, index, default):
        try:
            value = self._xcoms.get(task_id, key, index if isinstance(index, int) else None)
        except Unknown:
            self.pulled_unknown = True
            return default
        return default if value is None else value

    def get_dagrun(self, session=None):
        return self.dag_run

    def get_template_context(self):
        return {"ti": self}


class _Var:
    """`var.value.x` and `var.json.x`."""

    def __init__(self, as_json):
        self._json = as_json

    def get(self, name, default=None):
        from airflow._core.stores import ModelVariable

        return ModelVariable.get(name, default_var=default, deserialize_json=self._json)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        from airflow._core.stores import ModelVariable

        return ModelVariable.get(name, deserialize_json=self._json)


def run_of(dag):
    """A scheduled run that starts at the last midnight of the session's clock."""
    import pendulum

    now = pendulum.from_timestamp(clock.now())
    start = now.start_of("day")
    if dag.start_date is not None and dag.start_date > start:
        start = pendulum.instance(dag.start_date)
    end = start.add(days=1)
    return types.SimpleNamespace(
        dag_id=dag.dag_id, run_id=f"scheduled__{start.isoformat()}", run_type="scheduled",
        logical_date=start, execution_date=start, data_interval_start=start,
        data_interval_end=end, run_after=end, start_date=end, end_date=None, conf={},
        state="running", external_trigger=False, dag=dag, queued_at=end,
        get_task_instances=lambda *a, **k: [], get_task_instance=lambda *a, **k: None,
    )


def make(dag, task, ti, run, params):
    """Everything a context holds, for one task instance."""
    from airflow._paths import natives

    start, end = run.data_interval_start, run.data_interval_end
    found = {
        "dag": dag, "task": task, "ti": ti, "task_instance": ti, "dag_run": run,
        "run_id": run.run_id, "params": params, "macros": natives.find("macros", ""),
        "logical_date": start, "data_interval_start": start, "data_interval_end": end,
        "ds": start.strftime("%Y-%m-%d"), "ds_nodash": start.strftime("%Y%m%d"),
        "ts": start.isoformat(), "ts_nodash": start.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": start.isoformat().replace("-", "").replace(":", ""),
        "var": types.SimpleNamespace(value=_Var(False), json=_Var(True)),
        "conn": _Conn(), "inlets": task.inlets if not task.is_mapped else [],
        "outlets": task.outlets if not task.is_mapped else [],
        "inlet_events": InletEvents(), "outlet_events": OutletEvents(), "triggering_asset_events": {},
        "templates_dict": None, "test_mode": False, "try_number": ti.try_number,
        "expanded_ti_count": None, "map_index_template": None, "exception": None, "reason": None,
        "task_instance_key_str": f"{dag.dag_id}__{task.task_id}__{start.strftime('%Y%m%d')}",
        "prev_start_date_success": None, "prev_end_date_success": None,
        "prev_data_interval_start_success": None, "prev_data_interval_end_success": None,
    }
    if settings.version.startswith("2."):
        found.update(_of_2(start, end))
    return found


def _of_2(start, end):
    before, day = start.subtract(days=1), dt.timedelta(days=1)
    names = {
        "execution_date": start, "next_execution_date": end, "prev_execution_date": before,
        "next_ds": end.strftime("%Y-%m-%d"), "prev_ds": before.strftime("%Y-%m-%d"),
        "next_ds_nodash": end.strftime("%Y%m%d"), "prev_ds_nodash": before.strftime("%Y%m%d"),
        "yesterday_ds": (start - day).strftime("%Y-%m-%d"),
        "tomorrow_ds": (start + day).strftime("%Y-%m-%d"),
        "yesterday_ds_nodash": (start - day).strftime("%Y%m%d"),
        "tomorrow_ds_nodash": (start + day).strftime("%Y%m%d"),
        "prev_execution_date_success": None, "triggering_dataset_events": {},
    }
    return names


class _Conn:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        from airflow._core.stores import find_connection

        return find_connection(name)
