"""The metaclass of operators: it fills arguments from default_args and asks for missing ones."""

import functools
import inspect
import sys

from .errors import AirflowException
from .operator_defaults import merged_defaults
from .profile import PROFILE
from .scopes import DagScope, GroupScope

Wrong = PROFILE.pick(TypeError, AirflowException)


def creation_line():
    """(file, line) of the innermost frame that belongs to the person's own files."""
    from windtunnel import where

    return where.user_frame(sys._getframe(1))


class OperatorMeta(type):
    """Wraps every `__init__` that an operator class defines."""

    def __new__(mcs, name, bases, namespace, **kwargs):
        cls = super().__new__(mcs, name, bases, namespace, **kwargs)
        if "__init__" in namespace:
            cls.__init__ = _with_defaults(namespace["__init__"])
        return cls


def signature_of(init):
    """The signature without self, and the names that must be given."""
    signature = inspect.signature(init)
    named = {
        n: p for n, p in signature.parameters.items()
        if n != "self" and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    }
    needed = {n for n, p in named.items() if p.default is p.empty and n != "task_id"}
    return signature, named, needed


def _with_defaults(init):
    signature, named, needed = signature_of(init)

    @functools.wraps(init)
    def wrapped(self, *args, **kwargs):
        if args:
            raise Wrong("Use keyword arguments when initializing operators")
        from_mapped = kwargs.pop("_airflow_from_mapped", getattr(self, "_from_mapped", False))
        default_args = _fill(kwargs, signature)
        missing = needed.difference(kwargs)
        if missing:
            raise Wrong(_missing_text(missing))
        hook = getattr(self, "_hook_apply_defaults", None)
        if hook:
            kwargs = hook(kwargs, default_args)
        if "_init_kwargs" not in vars(self):
            object.__setattr__(self, "_init_kwargs", {})
        object.__setattr__(self, "_from_mapped", from_mapped)
        init(self, **kwargs, **({"default_args": default_args} if _takes(signature) else {}))
        self._init_kwargs.update(kwargs)
        if not from_mapped and type(self).__init__ is wrapped:
            self._connect_xcom_args()
            object.__setattr__(self, "_instantiated", True)

    wrapped.param_names = set(named)
    wrapped.needed_names = needed
    return wrapped


def _takes(signature):
    """Whether default_args can be handed on (they must not surprise a closed signature)."""
    kinds = {p.kind for p in signature.parameters.values()}
    return inspect.Parameter.VAR_KEYWORD in kinds or "default_args" in signature.parameters


def _missing_text(missing):
    if len(missing) == 1:
        return f"missing keyword argument {next(iter(missing))!r}"
    return "missing keyword arguments " + ", ".join(repr(m) for m in sorted(missing))


def _fill(kwargs, signature):
    """Adds the open DAG and group, defaults and params to `kwargs`; returns the defaults."""
    dag = kwargs.get("dag") or DagScope.current()
    if dag is not None:
        kwargs["dag"] = dag
    group = kwargs.get("task_group")
    if dag is not None and not group:
        group = GroupScope.current(dag)
        if group is not None:
            kwargs["task_group"] = group
    default_args, params = merged_defaults(
        dag, group, kwargs.pop("params", None), kwargs.pop("default_args", None)
    )
    for name in signature.parameters:
        if name not in kwargs and name in default_args:
            kwargs[name] = default_args[name]
    if params:
        kwargs["params"] = params
    return default_args
