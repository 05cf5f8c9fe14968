"""One task in the recorded form (dag-files README, `tasks[]`)."""

import functools

from .describe_values import iso, plain, seconds
from .pods import pod_of

CALLBACKS = ("on_execute_callback", "on_failure_callback", "on_success_callback",
             "on_retry_callback", "on_skipped_callback")
DOCS = ("doc", "doc_md", "doc_json", "doc_yaml", "doc_rst")
_MISSING = object()


def get(task, name, default=None):
    """An attribute of a plain task, or what partial() says for a mapped one."""
    if task.is_mapped:
        value = task.partial_kwargs.get(name, _MISSING)
        return default if value is _MISSING else value
    return getattr(task, name, default)


def describe(task, dag, module_name):
    """Everything about one task."""
    return {
        **_names(task, module_name), **_edges(task), **_limits(task), **_retries(task),
        **_roles(task), **_data(task, dag), **_sla(task),
        **pod_of(get(task, "executor_config"), task.task_id), "line": task.created_at[1],
    }


def _sla(task):
    """2.x; nothing where there is none."""
    value = get(task, "sla")
    return {"sla_s": seconds(value)} if hasattr(value, "total_seconds") else {}


def _names(task, module_name):
    owner_module = task.operator_class.__module__
    own = owner_module.startswith("unusual_prefix_") or owner_module == module_name
    return {
        "task_id": task.task_id, "display_name": task.task_display_name, "owner": task.owner,
        "task_type": task.task_type, "operator_name": task.operator_name,
        "module": "<this file>" if own else owner_module.rpartition(".")[2],
    }


def _edges(task):
    group = task.task_group
    return {
        "upstream_task_ids": sorted(task.upstream_task_ids),
        "downstream_task_ids": sorted(task.downstream_task_ids),
        "group": group.group_id if group is not None else None,
        "trigger_rule": str(task.trigger_rule), "weight_rule": str(get(task, "weight_rule", "downstream")),
    }


def _limits(task):
    return {
        "priority_weight": get(task, "priority_weight", 1),
        "pool": get(task, "pool") or "default_pool", "pool_slots": get(task, "pool_slots", 1),
        "queue": get(task, "queue", "default"), "executor": get(task, "executor"),
        "executor_config": sorted(_keys(get(task, "executor_config"))),
        "max_active_tis_per_dag": get(task, "max_active_tis_per_dag"),
        "max_active_tis_per_dagrun": get(task, "max_active_tis_per_dagrun"),
        "start_date": iso(task.start_date), "end_date": iso(task.end_date),
        "map_index_template": get(task, "map_index_template"),
    }


def _keys(config):
    return config if isinstance(config, dict) else {} if not config else {type(config).__name__: 1}


def _retries(task):
    from airflow._core.profile import PROFILE

    return {
        "retries": get(task, "retries", 0), "retry_delay_s": seconds(get(task, "retry_delay")),
        "retry_exponential_backoff": get(task, "retry_exponential_backoff",
                                         PROFILE.retry_exponential_backoff),
        "max_retry_delay_s": seconds(get(task, "max_retry_delay")),
        "execution_timeout_s": seconds(get(task, "execution_timeout")),
        "depends_on_past": bool(get(task, "depends_on_past", False)),
        "wait_for_downstream": bool(get(task, "wait_for_downstream", False)),
        "ignore_first_depends_on_past": bool(get(task, "ignore_first_depends_on_past",
                                                 PROFILE.ignore_first_depends_on_past)),
        "wait_for_past_depends_before_skipping": bool(
            get(task, "wait_for_past_depends_before_skipping", False)),
    }


def _roles(task):
    from airflow._core.sensors import BaseSensorOperator

    cls = task.operator_class
    return {
        "is_setup": bool(task.is_setup), "is_teardown": bool(task.is_teardown),
        "on_failure_fail_dagrun": bool(task.on_failure_fail_dagrun),
        "is_mapped": task.is_mapped,
        "expand": task.expand_input.form() if task.is_mapped else None,
        "in_mapped_group": task.get_closest_mapped_task_group() is not None,
        "deferrable": _deferrable(task),
        "sensor": _sensor(task) if issubclass(cls, BaseSensorOperator) else None,
        "is_empty": task.inherits_from_empty_operator,
        "can_skip_downstream": bool(cls.can_skip_downstream),
    }


def _deferrable(task):
    if not task.is_mapped:
        value = getattr(task, "deferrable", None)
        return bool(value) if isinstance(value, bool) else None
    if isinstance(getattr(task.expand_input, "value", None), dict) and \
            "deferrable" in task.expand_input.value:
        return {"mapped": True}
    value = task.partial_kwargs.get("deferrable")
    return value if isinstance(value, bool) else None


def _sensor(task):
    fields = {"mode": "mode", "poke_interval_s": "poke_interval", "timeout_s": "timeout",
              "soft_fail": "soft_fail", "exponential_backoff": "exponential_backoff",
              "max_wait_s": "max_wait", "silent_fail": "silent_fail", "never_fail": "never_fail"}
    found = {name: get(task, attribute) for name, attribute in fields.items()}
    for name in ("poke_interval_s", "timeout_s", "max_wait_s"):
        found[name] = seconds(found[name])
    return found


def _data(task, dag):
    return {
        "multiple_outputs": None if task.is_mapped else bool(task.multiple_outputs),
        "do_xcom_push": bool(get(task, "do_xcom_push", True)),
        "inlets": _assets(get(task, "inlets")), "outlets": _assets(get(task, "outlets")),
        "docs": [name for name in DOCS if get(task, name)], "params": _params(task, dag),
        "template_fields": sorted(task.template_fields),
        "templates": list(_templates(task)), "xcom_args": list(_xcom_args(task)),
        "callbacks": _callbacks(task),
    }


def _assets(values):
    from airflow._core.assets import BaseAsset
    from airflow._core.operator_defaults import to_list

    return [v.tree() for v in to_list(values) if isinstance(v, BaseAsset)]


def _params(task, dag):
    from .describe import params

    own = {k: v for k, v in params(task.params).items() if k not in dag.params}
    return own


def _callbacks(task):
    from airflow._core.operator_defaults import to_list

    found = {}
    for name in CALLBACKS:
        values = to_list(get(task, name))
        if values:
            found[name] = [_callback_name(v) for v in values]
    return found


def _callback_name(value):
    if isinstance(value, functools.partial):
        return "partial"
    return getattr(value, "__name__", None) or type(value).__name__


def _fields(task):
    """(path, value) of every template field, mapped values below `expand`."""
    for name in task.template_fields:
        if task.is_mapped:
            if name in task.partial_kwargs:
                yield name, task.partial_kwargs[name]
        elif hasattr(task, name):
            yield name, getattr(task, name)
    if task.is_mapped:
        value = task.expand_input.value
        if isinstance(value, dict):
            for name, each in value.items():
                yield f"expand.{name}", each
        elif not getattr(value, "is_resolvable", False):
            yield "expand", value


def _walk(path, value):
    """(path, leaf) for every string and XComArg in a value."""
    if isinstance(value, str) or getattr(value, "is_resolvable", False):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(f"{path}.{key}", each)
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            yield from _walk(f"{path}[{index}]", each)


def _templates(task):
    for name, value in _fields(task):
        for path, leaf in _walk(name, value):
            if isinstance(leaf, str) and any(mark in leaf for mark in ("{{", "{%", "{#")):
                yield {"field": path, "template": str(leaf)}


def _xcom_args(task):
    from airflow._core.xcom_arg import XComArg

    for name, value in _fields(task):
        for path, leaf in _walk(name, value):
            if isinstance(leaf, XComArg):
                yield {"field": path, "ref": leaf.ref()}


def dependencies(task, dag):
    """(source, target, kind, id, label) of edges to other DAGs and assets."""
    from airflow._core.assets import BaseAsset
    from airflow._core.operator_defaults import to_list
    from airflow._core.profile import IS3

    name = task.operator_class.__name__
    seen = IS3 or not task.operator_class.__module__.startswith("airflow.providers.")
    if not seen:
        name = ""  # 2.x looks for its own classes only
    if name == "TriggerDagRunOperator" and get(task, "trigger_dag_id"):
        target = get(task, "trigger_dag_id")
        yield (dag.dag_id, target, "trigger", task.task_id, task.task_display_name)
    elif name == "ExternalTaskSensor" and get(task, "external_dag_id"):
        source = get(task, "external_dag_id")
        yield (source, dag.dag_id, "sensor", task.task_id, task.task_display_name)
    for outlet in to_list(get(task, "outlets")):
        if isinstance(outlet, BaseAsset):
            for leaf in outlet.leaves():
                kind, key, label = leaf.edge()
                yield (dag.dag_id, kind, kind, key, label)


__all__ = ["describe", "dependencies", "plain"]
