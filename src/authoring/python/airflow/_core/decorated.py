"""Operator classes behind the decorators: a decorated function on top of an operator."""

from .profile import IS3
from .sensors import BaseSensorOperator
from .taskflow import DecoratedOperator, unique_task_id

#: 2.x decorates its own operators, 3.x those of the standard provider.
_STD = "airflow.providers.standard." if IS3 else "airflow."
#: kind -> (class, module, operator it stands on, fields it drops)
KINDS = {
    "python": ("_PythonDecoratedOperator", "python", _STD + "operators.python.PythonOperator", ()),
    "virtualenv": ("_PythonVirtualenvDecoratedOperator", "python_virtualenv",
                   _STD + "operators.python.PythonVirtualenvOperator", ()),
    "external_python": ("_PythonExternalDecoratedOperator", "external_python",
                        _STD + "operators.python.ExternalPythonOperator", ()),
    "branch": ("_BranchPythonDecoratedOperator", "branch_python",
               _STD + "operators.python.BranchPythonOperator", ()),
    "branch_virtualenv": ("_BranchPythonVirtualenvDecoratedOperator", "branch_virtualenv",
                          _STD + "operators.python.BranchPythonVirtualenvOperator", ()),
    "branch_external_python": ("_BranchExternalPythonDecoratedOperator", "branch_external_python",
                               _STD + "operators.python.BranchExternalPythonOperator", ()),
    "short_circuit": ("_ShortCircuitDecoratedOperator", "short_circuit",
                      _STD + "operators.python.ShortCircuitOperator", ()),
    "bash": ("_BashDecoratedOperator", "bash", _STD + "operators.bash.BashOperator", ()),
    "sensor": ("DecoratedSensorOperator", "sensor", _STD + "sensors.python.PythonSensor",
               ("templates_dict",)),
    "stub": ("_StubOperator", "stub", None, ()),
    "docker": ("_DockerDecoratedOperator", "docker",
               "airflow.providers.docker.operators.docker.DockerOperator", ()),
    "kubernetes": ("_KubernetesDecoratedOperator", "kubernetes",
                   "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
                   ("cmds", "arguments")),
    "kubernetes_cmd": ("_KubernetesCmdDecoratedOperator", "kubernetes_cmd",
                       "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator", ()),
    "pyspark": ("_PySparkDecoratedOperator", "pyspark", _STD + "operators.python.PythonOperator",
                ("templates_dict",)),
    "sql": ("_SQLDecoratedOperator", "sql",
            "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator", ()),
    "analytics": ("_AnalyticsDecoratedOperator", "analytics",
                  "airflow.providers.common.sql.operators.analytics.AnalyticsOperator", ()),
    "sftp_sensor": ("_DecoratedSFTPSensor", "sftp",
                    "airflow.providers.sftp.sensors.sftp.SFTPSensor", ()),
}
#: Arguments of the decorator itself, which the operator below does not take.
_OWN = {
    "docker": ("python_command", "expect_airflow", "serializer", "use_dill", "multiple_outputs"),
    "kubernetes": ("use_dill", "expect_airflow", "serializer"),
    "kubernetes_cmd": ("args_only",),
    "pyspark": ("conn_id", "config_kwargs"),
}
#: Required by the operator, but set by the decorator.
_SUPPLIED = {"bash": {"bash_command": None}, "sql": {"sql": None},
             "docker": {"command": "placeholder command"},
             "analytics": {"queries": ()}, "sftp_sensor": {"path": ""}}
_made = {}


def known_kinds():
    return KINDS


def decorated_class(kind):
    """The class for `@task.kind`, made once."""
    if kind not in _made:
        _made[kind] = _sensor(kind) if kind in ("sensor", "sftp_sensor") else _plain(kind)
    return _made[kind]


def _module(kind):
    if kind == "python" or not IS3 or kind in ("sensor", "bash"):
        return f"airflow.decorators.{KINDS[kind][1]}"
    return f"airflow.providers.standard.decorators.{KINDS[kind][1]}"


def _fields(base, drop):
    fields = [f for f in getattr(base, "template_fields", ()) if f not in drop]
    return tuple(dict.fromkeys([*fields, "op_args", "op_kwargs"]))


def _plain(kind):
    from airflow._paths.classes import resolve

    name, _, path, drop = KINDS[kind]
    base = resolve(path) if path else None
    own, supplied = _OWN.get(kind, ()), _SUPPLIED.get(kind, {})

    def __init__(self, *, python_callable, op_args=None, op_kwargs=None, **kwargs):
        for each in own:
            setattr(self, f"decorator_{each}", kwargs.pop(each, None))
        up = dict(supplied)
        if kind in _PYTHON_KINDS:
            up = {"python_callable": python_callable, "op_args": op_args, "op_kwargs": op_kwargs}
        DecoratedOperator.__init__(self, python_callable=python_callable, op_args=op_args,
                                   op_kwargs=op_kwargs, kwargs_to_upstream=up, **kwargs)

    bases = (DecoratedOperator, base) if base else (DecoratedOperator,)
    body = {"__init__": __init__, "template_fields": _fields(base, drop), "kind": kind,
            "custom_operator_name": "@task" if kind == "python" else f"@task.{kind}",
            "__module__": _module(kind)}
    return type(base or DecoratedOperator)(name, bases, body)


_PYTHON_KINDS = ("python", "branch", "short_circuit", "virtualenv", "external_python",
                 "branch_virtualenv", "branch_external_python", "pyspark")


def _sensor(kind):
    from airflow._paths.classes import resolve

    name, _, path, drop = KINDS[kind]
    base = resolve(path)
    supplied = _SUPPLIED.get(kind, {})

    def __init__(self, *, task_id, python_callable, op_args=None, op_kwargs=None, **kwargs):
        kwargs.pop("multiple_outputs", None)
        task_id = unique_task_id(task_id, kwargs.get("dag"), kwargs.get("task_group"))
        if kind == "sensor":
            kwargs.update(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs)
        else:
            self.python_callable = python_callable
            self.op_args, self.op_kwargs = op_args or [], op_kwargs or {}
            kwargs = {**supplied, **kwargs}
        super(_made[kind], self).__init__(task_id=task_id, **kwargs)

    body = {"__init__": __init__, "template_fields": _fields(base, drop), "kind": kind,
            "custom_operator_name": f"@task.{kind}", "__module__": _module(kind)}
    return type(BaseSensorOperator)(name, (base,), body)
