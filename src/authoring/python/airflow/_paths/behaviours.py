"""Checks and derived attributes of single operators, by class name.

A mixin stands behind the class made from facts; `_before_init` may change the arguments,
`_after_init` runs when all parameters are set.
"""

from collections.abc import Iterable

from airflow._core.errors import AirflowException
from airflow._core.profile import IS3, PROFILE

Refused = PROFILE.pick(ValueError, AirflowException)


class EmptyOperator:
    is_airflow_empty = True

    def execute(self, context):
        """Does nothing."""


class PythonOperator:
    def _after_init(self, values):
        if not callable(self.python_callable):
            raise AirflowException("`python_callable` param must be callable")
        self.op_args = self.op_args or ()
        self.op_kwargs = self.op_kwargs or {}


class BashOperator:
    def _after_init(self, values):
        code = self.skip_on_exit_code
        self.skip_on_exit_code = [code] if isinstance(code, int) else list(code or [])


class PythonSensor:
    def _after_init(self, values):
        self.op_args = self.op_args or []
        self.op_kwargs = self.op_kwargs or {}


class ExternalTaskSensor:
    """One way to say which tasks, and one way to say which run."""

    def _after_init(self, values):
        ids, one, group = self.external_task_ids, self.external_task_id, self.external_task_group_id
        if one is not None and ids is not None:
            raise ValueError(
                "Only one of `external_task_id` or `external_task_ids` may be provided to "
                "ExternalTaskSensor; use external_task_id or external_task_ids or "
                "external_task_group_id."
            )
        if group is not None and (one is not None or ids is not None):
            raise ValueError("Only one of `external_task_group_id` or `external_task_id(s)` may be "
                             "provided to ExternalTaskSensor.")
        if one is not None:
            self.external_task_ids = [one]
        if self.execution_delta is not None and self.execution_date_fn is not None:
            raise ValueError("Only one of `execution_delta` or `execution_date_fn` may be provided "
                             "to ExternalTaskSensor; not both.")
        states = [*(self.allowed_states or ()), *(self.failed_states or ()),
                  *(self.skipped_states or ())]
        if len(states) != len(set(states)):
            raise AirflowException("Duplicate values provided across allowed_states, "
                                   "skipped_states and failed_states.")
        if group is None and self.external_task_ids and len(self.external_task_ids) > len(
                set(self.external_task_ids)):
            raise ValueError("Duplicate task_ids passed in external_task_ids parameter")


class ExternalTaskMarker(EmptyOperator):
    def _after_init(self, values):
        when = values.get("logical_date" if "logical_date" in values else "execution_date")
        if hasattr(when, "isoformat"):
            when = when.isoformat()
        if not isinstance(when, str):
            raise TypeError("Expected str or datetime.datetime type for logical_date.")
        for name in ("logical_date", "execution_date"):
            if name in self.template_fields:
                setattr(self, name, when)
        if self.recursion_depth <= 0:
            raise ValueError("recursion_depth should be a positive integer")


class TriggerDagRunOperator:
    def _after_init(self, values):
        when = values.get("logical_date")
        if hasattr(when, "isoformat"):
            self.logical_date = when.isoformat()


class DateTimeSensor:
    def _after_init(self, values):
        if hasattr(self.target_time, "isoformat"):
            self.target_time = self.target_time.isoformat()
        elif not isinstance(self.target_time, str):
            raise TypeError("Expected str or datetime.datetime type for target_time. "
                            f"Got {type(self.target_time)}")


class BranchDateTimeOperator:
    def _after_init(self, values):
        if self.target_lower is None and self.target_upper is None:
            raise AirflowException("Both target_upper and target_lower are None. At least one must "
                                   "be defined to be compared to the current datetime")


class SQLIntervalCheckOperator:
    """Builds its two statements from table, metrics and days."""

    def _after_init(self, values):
        metrics = values.get("metrics_thresholds")
        if not isinstance(metrics, dict):
            return
        days = -abs(values.get("days_back") or -7)
        column = values.get("date_filter_column") or "ds"
        expression = ", ".join(sorted(metrics))
        text = f"SELECT {expression} FROM {values['table']} WHERE {column}="
        self.sql1 = text + "'{{ ds }}'"
        self.sql2 = text + "'{{ macros.ds_add(ds, " + str(days) + ") }}'"
        self.days_back = days


class BigQueryIntervalCheckOperator(SQLIntervalCheckOperator):
    pass


class DbtCloudJobRunSensor:
    """Deferrable ones look every 5 seconds."""

    @staticmethod
    def _before_init(kwargs):
        if kwargs.get("deferrable"):
            kwargs.setdefault("poke_interval", 5)


class SQLColumnCheckOperator:
    """Its statement is built from the column mapping."""

    def _after_init(self, values):
        self.sql = ""


class HITLOperator:
    def _after_init(self, values):
        options = self.options if isinstance(self.options, Iterable) else []
        if not list(options):
            raise ValueError('"options" cannot be empty.')


class HITLEntryOperator:
    """A form with one button."""

    @staticmethod
    def _before_init(kwargs):
        if not kwargs.get("options"):
            kwargs["options"] = ["OK"]
            kwargs.setdefault("defaults", ["OK"])


class ApprovalOperator:
    """Two answers, always the same."""

    @staticmethod
    def _before_init(kwargs):
        for name in ("options", "multiple"):
            if name in kwargs:
                raise ValueError(f"Passing {name} to ApprovalOperator is not allowed.")
        kwargs["options"] = ["Approve", "Reject"]


_TABLE = {name: value for name, value in globals().items()
          if isinstance(value, type) and value.__module__ == __name__}


def mixin_for(name):
    """The mixin for a class name, or None."""
    return _TABLE.get(name)


__all__ = ["mixin_for", "IS3"]
