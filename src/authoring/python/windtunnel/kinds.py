"""What kind of work a task is, and how its callable is called in a dry run."""

import inspect

_STD = ("airflow.providers.standard.", "airflow.operators.", "airflow.sensors.",
        "airflow.decorators.", "airflow.sdk.")
_SQL_WORDS = ("sql", "Query", "SQL", "BigQuery", "Athena", "Snowflake", "Redshift", "Database")
_CONTAINER = ("KubernetesPod", "Docker", "EksPod", "GKEStartPod", "KubernetesJob", "EcsRunTask",
              "BatchOperator", "CloudRun", "_Kubernetes")
_NOTIFY = ("Slack", "Email", "Notif", "Sns", "Sqs", "Discord", "Telegram", "Teams", "Pagerduty")


def kind_of(task):
    """One of the closed list of BehaviourSpec kinds."""
    from airflow._core.sensors import BaseSensorOperator

    cls = task.operator_class
    names = [c.__name__ for c in cls.__mro__]
    if task.inherits_from_empty_operator:
        return "empty"
    for name, kind in _BY_BASE:
        if name in names:
            return kind
    if issubclass(cls, BaseSensorOperator):
        return "sensor"
    module = cls.__module__
    if ".transfers." in module or "GenericTransfer" in names:
        return "transfer"
    if any(any(w in n for w in _CONTAINER) for n in names):
        return "container"
    if any(n.startswith(_NOTIFY) or n.endswith(("EmailOperator",)) for n in names):
        return "notify"
    if "HttpOperator" in names:
        return "http"
    if any(any(w in n for w in _SQL_WORDS) for n in names[:-1] if "airflow" not in n):
        return "sql"
    return "python" if _own_execute(cls) else "unknown"


_BY_BASE = (
    ("HITLOperator", "hitl"),
    ("ExternalTaskSensor", "external_task_sensor"), ("TriggerDagRunOperator", "trigger_dag_run"),
    ("LatestOnlyOperator", "latest_only"), ("ShortCircuitOperator", "short_circuit"),
    ("BranchMixIn", "branch"), ("BranchSQLOperator", "branch"), ("BashOperator", "bash"),
    ("PythonOperator", "python"), ("SubDagOperator", "unknown"),
)


def _own_execute(cls):
    """Whether the person wrote `execute` (or `poke`) themselves, on top of Airflow's base only."""
    for base in cls.__mro__:
        if base.__module__.startswith("unusual_prefix_"):
            for name in ("execute", "poke", "choose_branch"):
                if name in vars(base):
                    return name
        elif base.__module__.startswith("airflow.providers."):
            return None
    return None


#: Callables of these run in another interpreter.
_ELSEWHERE = ("PythonVirtualenvOperator", "ExternalPythonOperator", "DockerOperator",
              "KubernetesPodOperator")


class Plan:
    """How one task is tried. `callable` and `command` are None when it cannot be."""

    def __init__(self, task):
        self.kind = kind_of(task)
        cls = task.operator_class
        get = _reader(task)
        self.decorated = getattr(cls, "kind", None) is not None
        self.callable, self.command, self.note = None, None, None
        self.op_args = get("op_args") or ()
        self.op_kwargs = dict(get("op_kwargs") or {})
        self.pushes = bool(get("do_xcom_push", True))
        self.pre_execute = get("pre_execute") if task.is_mapped else task._pre_execute_hook
        self.multiple_outputs = bool(getattr(task, "multiple_outputs", False)) if \
            not task.is_mapped else bool(getattr(task, "multiple_outputs_of_function", False))
        self._name = cls.__name__
        self._choose(task, cls, get)

    def _choose(self, task, cls, get):
        names = [c.__name__ for c in cls.__mro__]
        own = _own_execute(cls)
        function = task.python_callable if task.is_mapped and self.decorated else get(
            "python_callable")
        if any(n in names for n in _ELSEWHERE):
            self.note = "other_interpreter"
        elif callable(function) and (self.kind in _CALLED or self.decorated):
            self.callable = function
        elif self.kind == "bash":
            self.command = get("bash_command", "")
        elif own and not task.is_mapped:
            self.callable, self.decorated = getattr(task, own), False
            self.op_args, self.op_kwargs = (), {}
            self._name = "own"

    def call_arguments(self, args, kwargs, context):
        """(args, kwargs) of the call: the function gets the context names that it asks for."""
        if self._name == "own":
            return (context,), {}
        if self._name == "_AssetMainOperator":
            return (), _asset_arguments(self.callable, context)
        params = inspect.signature(self.callable).parameters
        merged = {**context, **kwargs}
        if any(p.kind is p.VAR_KEYWORD for p in params.values()):
            taken = list(params)[: len(args)]
            return args, {k: v for k, v in merged.items() if k not in taken}
        taken = list(params)[: len(args)]
        return args, {k: merged[k] for k in params if k in merged and k not in taken
                      and params[k].kind is not inspect.Parameter.VAR_POSITIONAL}

    def result(self, value, trial):
        """What is pushed; notes branches, conditions and sensors on the way."""
        from airflow._core.extras import PokeReturnValue

        if self.kind == "branch":
            ids = [value] if isinstance(value, str) else list(value or [])
            trial.branch = [str(getattr(i, "task_id", i)) for i in ids]
            return None
        if self.kind == "short_circuit":
            trial.condition = bool(value)
            return value
        if isinstance(value, PokeReturnValue):
            trial.condition = bool(value.is_done)
            return value.xcom_value
        if self.kind in ("sensor",):
            trial.condition = bool(value)
            return None
        return value


_CALLED = ("python", "branch", "short_circuit", "sensor")


def _asset_arguments(function, context):
    from airflow._core.assets import Asset

    found = {}
    for name, param in inspect.signature(function).parameters.items():
        if param.default is not param.empty:
            continue
        if name == "context":
            found[name] = context
        elif name == "outlet_events":
            found[name] = context["outlet_events"]
        elif name == "self":
            found[name] = context["task"].outlets[0]
        else:
            found[name] = Asset(name)
    return found


def _reader(task):
    def get(name, default=None):
        if task.is_mapped:
            return task.partial_kwargs.get(name, default)
        return getattr(task, name, default)

    return get
