"""Turns DAG objects into plain data of the recorded form (dag-files README, `dags[]`)."""

import json

from . import describe_task as tasks
from .describe_values import iso, plain, ref_tree, seconds
from .settings import version as _version  # noqa: F401 - read again at call time


class SerializeError(Exception):
    """The DAG cannot be turned into JSON; holds the classes that Airflow would show."""

    def __init__(self, message, cause):
        super().__init__(message)
        self.cause_name = cause


def describe(dag, module_name):
    """One DAG. Raises SerializeError where Airflow's serialisation fails."""
    return {
        "dag_id": dag.dag_id, "display_name": dag.dag_display_name, "description": dag.description,
        "schedule": schedule(dag), "start_date": iso(dag.start_date), "end_date": iso(dag.end_date),
        "timezone": zone_name(dag), "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs, "max_active_tasks": dag.max_active_tasks,
        "max_consecutive_failed_dag_runs": dag.max_consecutive_failed_dag_runs,
        "dagrun_timeout_s": seconds(dag.dagrun_timeout), "tags": sorted(str(plain(t)) for t in dag.tags),
        "owner": ", ".join(sorted({t.owner for t in dag.tasks})), "params": params(dag.params),
        "is_paused_upon_creation": dag.is_paused_upon_creation, "fail_fast": dag.fail_fast,
        "render_template_as_native_obj": dag.render_template_as_native_obj,
        "docs": bool(dag.doc_md), "user_defined_macros": sorted(dag.user_defined_macros or {}),
        "user_defined_filters": _filter_names(dag.user_defined_filters),
        "has_on_success_callback": dag.has_on_success_callback,
        "has_on_failure_callback": dag.has_on_failure_callback, "deadlines": len(dag.deadline), **_deadlines(dag),
        "dag_dependencies": dependencies(dag), "is_subdag": dag.is_subdag,
        "tasks": [tasks.describe(t, dag, module_name) for t in dag.tasks],
        "groups": groups(dag), "edge_labels": edge_labels(dag),
        "fileloc": dag.fileloc, "line": dag.created_at[1],
    }


def _deadlines(dag):
    """Deadline alerts as data; those whose reference or interval is not known are left out."""
    found = [form for form in (_deadline(alert) for alert in dag.deadline) if form is not None]
    return {"deadline_alerts": found} if found else {}


def _deadline(alert):
    reference, interval = getattr(alert, "reference", None), getattr(alert, "interval", None)
    name = getattr(reference, "name", None)
    if name not in _REFERENCES or not hasattr(interval, "total_seconds"):
        return None
    form = {"reference": name, "interval_s": seconds(interval)}
    if name == "FIXED_DATETIME":
        form["datetime"] = iso(reference.datetime)
    if name == "AVERAGE_RUNTIME":
        form["max_runs"] = reference.max_runs
        form["min_runs"] = reference.max_runs if reference.min_runs is None else reference.min_runs
    title = getattr(alert, "name", None)
    return {**form, "name": title} if isinstance(title, str) else form


_REFERENCES = ("DAGRUN_QUEUED_AT", "DAGRUN_LOGICAL_DATE", "FIXED_DATETIME", "AVERAGE_RUNTIME")


def _filter_names(filters):
    pairs = filters.items() if hasattr(filters, "items") else filters or ()
    return sorted(name for name, _ in pairs)


def zone_name(dag):
    from airflow._core.timetables import zone_data

    return getattr(dag.timezone, "name", None) or str(zone_data(dag.timezone))


def schedule(dag):
    """Class, column text and serialised data of the timetable."""
    from airflow._core import timetables as t

    table = dag.timetable
    if t.serial_name(table) is None:
        name = "TimetableNotRegistered" if _is3() else "_TimetableNotRegistered"
        raise SerializeError(
            f"Failed to serialize DAG {dag.dag_id!r}: Timetable class "
            f"'{type(table).__module__}.{type(table).__qualname__}' is not registered or you have "
            "a top level database access that disrupted the session.", name)
    try:
        data = table.serialize()
    except KeyError as error:
        raise SerializeError(f"Failed to serialize DAG {dag.dag_id!r}: {error}", "KeyError") from None
    return {
        "timetable": type(table).__name__, "summary": table.summary, "data": data,
        "asset_condition": condition(table), "can_be_scheduled": table.can_be_scheduled,
        "periodic": table.periodic,
    }


def _is3():
    from . import settings

    return settings.version.startswith("3.")


def condition(table):
    return table.asset_condition.tree() if table.asset_condition is not None else None


def params(found):
    """name -> default, has_default, schema, description."""
    from airflow._core.params import NOTSET

    described = {}
    for name, param in found.items():
        given = param.value is not NOTSET
        described[name] = {"default": plain(param.value) if given else None, "has_default": given,
                           "schema": plain(param.schema), "description": bool(param.description)}
    return described


def groups(dag):
    """All groups but the root, sorted by id."""
    described = []
    for group_id, group in dag.task_group.get_task_group_dict().items():
        if group_id is None:
            continue
        parent = group.parent_group
        described.append({
            "group_id": group_id, "parent": parent.group_id if parent is not None else None,
            "prefix_group_id": group.prefix_group_id, "tooltip": bool(group.tooltip),
            "is_mapped": group.is_mapped,
            "expand": group.expand_input.form() if group.is_mapped else None,
            "children": sorted(group.children),
            "upstream_group_ids": sorted(i for i in group.upstream_group_ids if i),
            "downstream_group_ids": sorted(i for i in group.downstream_group_ids if i),
            "upstream_task_ids": sorted(group.upstream_task_ids),
            "downstream_task_ids": sorted(group.downstream_task_ids),
            "line": group.created_at[1],
        })
    return sorted(described, key=lambda g: g["group_id"])


def edge_labels(dag):
    return sorted([up, down, info.get("label")] for up, downs in dag.edge_info.items()
                  for down, info in downs.items())


def dependencies(dag):
    """Edges to other DAGs, assets and aliases."""
    found = []
    if dag.timetable.asset_condition is not None:
        for leaf in dag.timetable.asset_condition.leaves():
            kind, key, label = leaf.edge()
            found.append(_edge(kind, dag.dag_id, kind, key, label))
    seen = set()
    for task in dag.tasks:
        for edge in tasks.dependencies(task, dag):
            found.append(_edge(*edge))
    kept = []
    for edge in found:
        mark = json.dumps(edge, sort_keys=True)
        if mark in seen and edge["dependency_type"].startswith("dataset"):
            continue
        seen.add(mark)
        kept.append(edge)
    return sorted(kept, key=lambda e: (e["dependency_id"], e["dependency_type"], e["source"],
                                       e["target"]))


def _edge(source, target, kind, key, label):
    edge = {"source": source, "target": target, "dependency_type": kind, "dependency_id": key}
    return {**edge, "label": label} if _is3() else edge


__all__ = ["describe", "ref_tree"]
