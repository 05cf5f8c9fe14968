"""Merging of default_args, and the types that operator arguments must have."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
import copy

from .params import ParamsDict
from .profile import IS3

EXPECTED_TYPES = {
    "task_id": str, "email": (str, Sequence), "email_on_retry": bool, "email_on_failure": bool,
    "retries": int, "retry_exponential_backoff": (int, float) if IS3 else bool,
    "depends_on_past": bool,
    "ignore_first_depends_on_past": bool, "wait_for_past_depends_before_skipping": bool,
    "wait_for_downstream": bool, "priority_weight": int, "queue": str, "pool": str,
    "pool_slots": int, "trigger_rule": str, "run_as_user": str, "task_concurrency": int,
    "map_index_template": str, "max_active_tis_per_dag": int, "max_active_tis_per_dagrun": int,
    "executor": str, "do_xcom_push": bool, "multiple_outputs": bool, "doc": str, "doc_md": str,
    "doc_json": str, "doc_yaml": str, "doc_rst": str, "task_display_name": str,
    "logger_name": str, "allow_nested_operators": bool,
}


def check_types(task):
    """Raises TypeError for the first attribute of a wrong type."""
    for name, expected in EXPECTED_TYPES.items():
        value = getattr(task, name, None)
        if value is not None and not isinstance(value, expected):
            raise TypeError(
                f"'{name}' has an invalid type {type(value)} with value {value}, expected type is "
                f"{expected}"
            )


def parent_defaults(dag, group):
    """Default arguments of the DAG, overlaid by those of the group, and the DAG's params."""
    if dag is None:
        return {}, ParamsDict()
    args = copy.copy(dag.default_args)
    params = ParamsDict(dag.params)
    if group is not None:
        if group.default_args and not isinstance(group.default_args, Mapping):
            raise TypeError("default_args must be a mapping")
        args.update(group.default_args)
    return args, params


def merged_defaults(dag, group, task_params, task_default_args):
    """(default_args, params) that apply to one task."""
    args, params = parent_defaults(dag, group)
    if task_params:
        if not isinstance(task_params, Mapping):
            raise TypeError(f"params must be a mapping, got {type(task_params)}")
        params.update(task_params)
    if task_default_args:
        if not isinstance(task_default_args, Mapping):
            raise TypeError(f"default_args must be a mapping, got {type(task_default_args)}")
        args.update(task_default_args)
        if task_default_args.get("params"):
            params.update(task_default_args["params"])
    return args, params


def to_list(one_or_many):
    """Callbacks, inlets and outlets: nothing, one or several, always as a list."""
    if not one_or_many:
        return []
    if isinstance(one_or_many, Collection) and not isinstance(one_or_many, (str, Mapping)):
        return list(one_or_many)
    return [one_or_many]


def to_retries(retries):
    if retries is None:
        return 0
    if type(retries) is int:
        return retries
    from .profile import PROFILE
    from .errors import AirflowException

    try:
        return int(retries)
    except (TypeError, ValueError):
        raise PROFILE.pick(TypeError, AirflowException)(
            f"'retries' type must be int, not {type(retries).__name__}"
        ) from None


def to_timedelta(value):
    if value is None or isinstance(value, timedelta):
        return value
    return timedelta(seconds=value)
