"""Trigger rules and weight rules of the version."""

import enum

from .errors import AirflowException
from .profile import IS3

_RULES = {
    "ALL_SUCCESS": "all_success", "ALL_FAILED": "all_failed", "ALL_DONE": "all_done",
    "ALL_DONE_SETUP_SUCCESS": "all_done_setup_success", "ONE_SUCCESS": "one_success",
    "ONE_FAILED": "one_failed", "ONE_DONE": "one_done", "NONE_FAILED": "none_failed",
    "NONE_SKIPPED": "none_skipped", "ALWAYS": "always",
    "NONE_FAILED_MIN_ONE_SUCCESS": "none_failed_min_one_success", "ALL_SKIPPED": "all_skipped",
}
_ONLY_3 = {"ALL_DONE_MIN_ONE_SUCCESS": "all_done_min_one_success"}
_ONLY_2 = {"NONE_FAILED_OR_SKIPPED": "none_failed_or_skipped", "DUMMY": "dummy"}


class _Text(str, enum.Enum):
    def __str__(self):
        return self.value


TriggerRule = _Text("TriggerRule", {**_RULES, **(_ONLY_3 if IS3 else _ONLY_2)}, module=__name__)
TriggerRule.is_valid = classmethod(lambda cls, rule: rule in cls.all_triggers())
TriggerRule.all_triggers = classmethod(lambda cls: {r.value for r in cls})

#: 2.x still takes these and turns them into today's rules.
_OLD = {"dummy": "always", "none_failed_or_skipped": "none_failed_min_one_success"}


class WeightRule(_Text):
    """How the priority weight adds up."""

    DOWNSTREAM = "downstream"
    UPSTREAM = "upstream"
    ABSOLUTE = "absolute"

    @classmethod
    def is_valid(cls, rule):
        return rule in cls.all_weight_rules()

    @classmethod
    def all_weight_rules(cls):
        return {r.value for r in cls}


class PriorityWeightStrategy:
    """Base of strategies of one's own."""

    def get_weight(self, ti):
        raise NotImplementedError

    def serialize(self):
        return {}

    @classmethod
    def deserialize(cls, data):
        return cls(**data)


def trigger_rule(value, task_id, dag):
    """The rule as TriggerRule; raises ValueError (3.x) or AirflowException (2.x)."""
    if not IS3 and value in _OLD:
        value = _OLD[value]
    try:
        return TriggerRule(value)
    except ValueError:
        text = (
            f"The trigger_rule must be one of {[r.value for r in TriggerRule]},"
            f"'{dag.dag_id if dag else ''}.{task_id}'; received '{value}'."
        )
        if IS3:
            raise ValueError(text)  # noqa: B904 - Airflow leaves the first error as the context
        raise AirflowException(text) from None


def weight_rule(value):
    """Name of the rule, or the class of an own strategy; raises for an unknown name."""
    if isinstance(value, str) and str(value) in WeightRule.all_weight_rules():
        return str(value)
    if IS3 and isinstance(value, str) and "." in value:
        return value  # the path of a strategy of one's own; the scheduler looks for it
    strategy = value if isinstance(value, type) else type(value)
    if issubclass(strategy, PriorityWeightStrategy):
        return f"{strategy.__module__}.{strategy.__qualname__}"
    raise (ValueError if IS3 else AirflowException)(f"Unknown priority strategy {value!r}")
