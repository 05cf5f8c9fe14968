"""Airflow's exceptions: name, bases, and in which version they exist.

`airflow.exceptions` and `airflow.sdk.exceptions` both serve these classes; which module offers
which name is decided by the table of import paths.
"""

from .profile import IS3


class AirflowException(Exception):
    """Base of Airflow's own errors."""

    status_code = 500


def _make(name, *bases):
    """One exception class of the given bases, placed into this module."""
    made = type(name, bases or (AirflowException,), {"__module__": __name__, "__doc__": name})
    globals()[name] = made
    return made


for _name in (
    "AirflowBadRequest", "AirflowNotFoundException", "AirflowSensorTimeout", "AirflowSkipException",
    "AirflowFailException", "AirflowDagCycleException", "AirflowDagDuplicatedIdException",
    "AirflowTimetableInvalid", "DuplicateTaskIdFound", "SerializationError", "TaskDeferralError",
    "AirflowOptionalProviderFeatureException", "AirflowClusterPolicyViolation",
    "AirflowClusterPolicySkipDag", "AirflowClusterPolicyError", "AirflowFileParseException",
    "AirflowWebServerTimeout", "AirflowDagInconsistent", "AirflowInternalRuntimeError",
    "BackfillUnfinished", "ConnectionNotUnique", "VariableNotUnique", "XComNotFound",
    "InvalidStatsNameException", "NoAvailablePoolSlot", "PodMutationHookException",
    "PodReconciliationError", "TaskAlreadyRunningError", "TaskConcurrencyLimitReached",
    "DagConcurrencyLimitReached", "TaskDeferralTimeout", "UnmappableOperator",
    "UnmappableXComLengthPushed", "AirflowUnsupportedFileTypeException", "DagRunTypeNotAllowed",
    "AirflowClearRunningTaskException",
):
    _make(_name)

for _name in ("DagNotFound", "DagCodeNotFound", "DagRunNotFound", "PoolNotFound",
              "TaskInstanceNotFound"):
    _make(_name, globals()["AirflowNotFoundException"])
for _name in ("DagRunAlreadyExists", "DagFileExists"):
    _make(_name, globals()["AirflowBadRequest"])
for _name in ("AirflowTaskTimeout", "AirflowTaskTerminated", "TaskAwaitingInput"):
    _make(_name, BaseException)
for _name in ("NotMapped", "DeserializationError"):
    _make(_name, Exception)
for _name in ("DagNotPartitionedError", "DeserializingResultError", "InvalidPartitionKeyError",
              "UnknownExecutorException"):
    _make(_name, ValueError)

AirflowConfigException = _make("AirflowConfigException", Exception if IS3 else AirflowException)
ParamValidationError = _make(
    "ParamValidationError", *((AirflowException, ValueError) if IS3 else (AirflowException,))
)
TaskNotFound = _make(
    "TaskNotFound", AirflowException if IS3 else globals()["AirflowNotFoundException"]
)
NodeNotFound = _make("NodeNotFound", TaskNotFound, KeyError)
UnmappableXComTypePushed = _make(
    "UnmappableXComTypePushed", TypeError if IS3 else AirflowException
)
XComForMappingNotPushed = _make("XComForMappingNotPushed", TypeError if IS3 else AirflowException)
TimetableNotRegistered = _make("TimetableNotRegistered", ValueError)
_TimetableNotRegistered = type("_TimetableNotRegistered", (ValueError,), {})

for _name in ("RemovedInAirflow3Warning", "RemovedInAirflow4Warning",
              "AirflowProviderDeprecationWarning"):
    _make(_name, DeprecationWarning)


class AirflowRuntimeError(Exception):
    """An answer of the execution API that is an error (3.x)."""

    def __init__(self, error="runtime error"):
        super().__init__(str(error))
        self.error = error


class AirflowSecretsBackendAccessDenied(PermissionError):
    """A secrets backend refused."""


class AirflowRescheduleException(AirflowException):
    """Asks to be run again at `reschedule_date`."""

    def __init__(self, reschedule_date=None):
        super().__init__(reschedule_date)
        self.reschedule_date = reschedule_date


class TaskAlreadyInTaskGroup(AirflowException):
    """A task cannot be in two groups."""

    def __init__(self, task_id, existing_group_id, new_group_id):
        super().__init__(task_id, existing_group_id, new_group_id)

    def __str__(self):
        task, old, new = self.args
        there = f"TaskGroup {old!r}" if old else "the root of the DAG"
        return f"cannot add {task!r} to {new!r} (already in {there})"


class _WrongRule(AirflowException):
    """A fail-fast DAG takes the rule all_success only."""

    @classmethod
    def check(cls, *, fail_fast, trigger_rule):
        """Raises when the rule is neither all_success nor that of a teardown."""
        if fail_fast and trigger_rule not in ("all_success", "all_done_setup_success"):
            raise cls("A 'fail_fast' DAG can only have the trigger rule all_success")


class FailFastDagInvalidTriggerRule(_WrongRule):
    """3.x name."""


class FailStopDagInvalidTriggerRule(_WrongRule):
    """2.x name."""


class TaskDeferred(BaseException):
    """An operator gives its work to a trigger."""

    def __init__(self, *, trigger=None, method_name="execute_complete", kwargs=None, timeout=None):
        super().__init__()
        self.trigger, self.method_name = trigger, method_name
        self.kwargs, self.timeout = kwargs, timeout


class DownstreamTasksSkipped(AirflowException):
    """A branch or short circuit skipped what follows."""

    def __init__(self, *, tasks):
        super().__init__()
        self.tasks = tasks


class DagRunTriggerException(AirflowException):
    """TriggerDagRunOperator asks for a run."""

    def __init__(self, **fields):
        super().__init__()
        vars(self).update(fields)


def find(name):
    """The class of that name; an unknown name becomes a plain AirflowException subclass."""
    found = globals().get(name)
    return found if found is not None else _make(name)
