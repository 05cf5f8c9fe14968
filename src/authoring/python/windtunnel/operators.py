"""What an operator's own arguments say about its run: BehaviourSpec beside kind and results."""

import datetime

from . import describe_task
from .describe_values import iso, seconds
from .dryrun import small_json


def add_to(found, task):
    """Adds `target`, rules of skipping and triggers to a behaviour."""
    target = _target(task)
    if target is not None:
        found["target"] = target
    get = describe_task.get
    if get(task, "ignore_downstream_trigger_rules", True) is False:
        found["ignore_downstream_trigger_rules"] = False
    _triggers(found, task)
    policy = get(task, "retry_policy")
    form = policy.form() if hasattr(policy, "form") else None
    if form is not None:
        found["retry_policy"] = form
    question = _question(task)
    if question is not None:
        found["hitl"] = question
        # An approval leaves the rules alone unless it is told otherwise.
        if get(task, "ignore_downstream_trigger_rules", False) is not True:
            found["ignore_downstream_trigger_rules"] = False


def _question(task):
    """HITLOperator and its kinds; None for others."""
    names = {c.__name__ for c in task.operator_class.__mro__}
    options = describe_task.get(task, "options")
    if "HITLOperator" not in names or not isinstance(options, (list, tuple)):
        return None
    get = describe_task.get
    defaults = get(task, "defaults")
    if isinstance(defaults, str):
        defaults = [defaults]
    timeout = get(task, "response_timeout") or get(task, "execution_timeout")
    found = {
        "options": [str(o) for o in options],
        "defaults": [str(d) for d in defaults] if isinstance(defaults, (list, tuple)) else None,
        "multiple": bool(get(task, "multiple", False)), "response_timeout_s": _span(timeout),
    }
    if "ApprovalOperator" in names:
        found["approval"] = {"fail_on_reject": bool(get(task, "fail_on_reject", False))}
    if "HITLBranchOperator" in names:
        mapping = get(task, "options_mapping")
        found["options_mapping"] = dict(mapping) if isinstance(mapping, dict) else {}
    return found


def _target(task):
    names = {c.__name__ for c in task.operator_class.__mro__}
    if "TriggerDagRunOperator" in names:
        return _kept(_triggered(task))
    if "ExternalTaskSensor" in names:
        return _kept(_awaited(task))
    return None


def _kept(fields):
    """Without what was not said; None when the DAG id is not known."""
    if not isinstance(fields.get("dag_id"), str):
        return None
    return {name: value for name, value in fields.items() if value is not None}


def _triggered(task):
    get = describe_task.get
    fields = {
        "dag_id": get(task, "trigger_dag_id"), "run_id": _text(get(task, "trigger_run_id")),
        "conf": _plain_conf(get(task, "conf")), "note": _text(get(task, "note")),
        "poke_interval_s": _span(get(task, "poke_interval")),
        "allowed_states": _states(get(task, "allowed_states")),
        "failed_states": _states(get(task, "failed_states")),
    }
    for name in ("wait_for_completion", "reset_dag_run", "skip_when_already_exists",
                 "fail_when_dag_is_paused"):
        fields[name] = bool(get(task, name, False))
    return {**fields, **_dates(task)}


def _dates(task):
    """logical_date and run_after as written; absent when they were not given."""
    found = {}
    for name, older in (("logical_date", "execution_date"), ("run_after", None)):
        value = describe_task.get(task, name, _UNSAID)
        if older and (value is _UNSAID or not _is_date(value)):
            value = describe_task.get(task, older, value)
        if _is_date(value):
            found[name] = value if isinstance(value, str) else iso(value)
    return found


_UNSAID = object()


def _is_date(value):
    return isinstance(value, (str, datetime.datetime))


def _awaited(task):
    get = describe_task.get
    ids = get(task, "external_task_ids")
    one = get(task, "external_task_id")
    if not isinstance(ids, (list, tuple, set)):
        ids = [one] if isinstance(one, str) else None
    delta = get(task, "execution_delta")
    return {
        "dag_id": get(task, "external_dag_id"),
        "task_ids": [str(i) for i in ids] if ids else None,
        "task_group_id": _text(get(task, "external_task_group_id")),
        "allowed_states": _states(get(task, "allowed_states")),
        "failed_states": _states(get(task, "failed_states")),
        "skipped_states": _states(get(task, "skipped_states")),
        "execution_delta_s": _span(delta),
        "check_existence": bool(get(task, "check_existence", False)) or None,
    }


def _span(value):
    known = isinstance(value, (int, float, datetime.timedelta)) and not isinstance(value, bool)
    return seconds(value) if known else None


def _states(values):
    if not isinstance(values, (list, tuple, set)) or not values:
        return None
    return [str(getattr(v, "value", v)) for v in values]


def _text(value):
    return value if isinstance(value, str) else None


def _plain_conf(conf):
    if not isinstance(conf, dict) or not conf:
        return None
    return small_json(conf)


_ASYNC = {"DateTimeSensorAsync", "TimeSensorAsync", "TimeDeltaSensorAsync"}


def _triggers(found, task):
    cls = task.operator_class
    if any(c.__name__ in _ASYNC for c in cls.__mro__):
        found["defers"] = True
    get = describe_task.get
    if get(task, "start_from_trigger", getattr(cls, "start_from_trigger", False)) is True:
        arguments = get(task, "start_trigger_args", getattr(cls, "start_trigger_args", None))
        if arguments is not None:
            timeout = getattr(arguments, "timeout", None)
            known = isinstance(timeout, datetime.timedelta)
            found["start_trigger"] = {"timeout_s": seconds(timeout) if known else None}
    if get(task, "end_from_trigger", getattr(cls, "end_from_trigger", False)) is True:
        found["end_from_trigger"] = True


__all__ = ["add_to"]
