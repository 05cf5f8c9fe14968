"""`@task` functions: the decorated operator and the decorator object (TaskFlow)."""

import functools
import inspect
import re
import typing
from collections.abc import Mapping

from . import mapping, operator_defaults as merge
from .context_keys import CONTEXT_KEYS
from .operator import BaseOperator
from .profile import IS3
from .rules import TriggerRule
from .scopes import DagScope, GroupScope
from .xcom_arg import XComArg, need_return_keys


def unique_task_id(task_id, dag=None, task_group=None):
    """`name`, or `name__1`, `name__2` ... when the DAG has it already."""
    dag = dag or DagScope.current()
    if dag is None:
        return task_id
    group = task_group or GroupScope.current(dag)
    full = group.child_id(task_id) if group else task_id
    if full not in dag.task_ids:
        return task_id
    base = re.split(r"__\d+$", full)[0]
    core = re.split(r"__\d+$", task_id)[0]
    numbers = [0] + [int(m.group(1)) for i in dag.task_ids
                     if (m := re.fullmatch(re.escape(base) + r"__(\d+)", i))]
    return f"{core}__{max(numbers) + 1}"


class DecoratedOperator(BaseOperator):
    """Mixed into an operator class: its callable is the decorated function."""

    template_fields = ("op_args", "op_kwargs")
    shallow_copy_attrs = ("python_callable",)

    def __init__(self, *, python_callable, task_id, op_args=None, op_kwargs=None,
                 kwargs_to_upstream=None, **kwargs):
        if not self._from_mapped:
            task_id = unique_task_id(task_id, kwargs.get("dag"), kwargs.get("task_group"))
        self.python_callable = python_callable
        op_args, op_kwargs = op_args or [], op_kwargs or {}
        bind(python_callable, op_args, op_kwargs, kwargs.get("_airflow_mapped_validation_only"))
        self.op_args, self.op_kwargs = op_args, op_kwargs
        super().__init__(task_id=task_id, **(kwargs_to_upstream or {}), **kwargs)

    def _hook_apply_defaults(self, kwargs, default_args):
        """Default arguments fill parameters of the function too."""
        function = kwargs.get("python_callable")
        if function is None:
            return kwargs
        op_kwargs = dict(kwargs.get("op_kwargs") or {})
        for name in inspect.signature(function).parameters:
            if name not in op_kwargs and name in default_args:
                op_kwargs[name] = default_args[name]
        return {**kwargs, "op_kwargs": op_kwargs}


def bind(function, op_args, op_kwargs, partially):
    """Checks the call. Context names get None; another default for them is refused."""
    signature = inspect.signature(function)
    for param in signature.parameters.values():
        if param.name in CONTEXT_KEYS and param.default not in (None, inspect.Parameter.empty):
            raise ValueError(
                f"Context key parameter {param.name} can't have a default other than None"
            )
    signature = signature.replace(parameters=_with_context_defaults(signature))
    (signature.bind_partial if partially else signature.bind)(*op_args, **op_kwargs)


def _with_context_defaults(signature):
    """Parameters whose context names default to None, kept in an order that Python takes."""
    made, open_default = [], False
    for param in signature.parameters.values():
        if param.name in CONTEXT_KEYS:
            param = param.replace(default=None)
        positional = param.kind in (param.POSITIONAL_ONLY, param.POSITIONAL_OR_KEYWORD)
        if positional and open_default and param.default is param.empty:
            if not IS3:
                raise ValueError("non-default argument follows default argument")
            param = param.replace(default=None)
        open_default = open_default or (positional and param.default is not param.empty)
        made.append(param)
    return made


def infers_multiple(function):
    """Whether the return annotation is a mapping."""
    if "return" not in getattr(function, "__annotations__", {}):
        return False

    def probe():
        """Carries the annotation alone."""

    try:
        probe.__annotations__ = {"return": function.__annotations__["return"]}
        found = typing.get_type_hints(probe, function.__globals__).get("return", typing.Any)
    except (NameError, TypeError):
        return False
    origin = getattr(found, "__origin__", found)
    return isinstance(origin, type) and issubclass(origin, Mapping)


class TaskDecorator:
    """A decorated function; calling it makes a task."""

    _airflow_is_task_decorator = True

    def __init__(self, function, operator_class, multiple_outputs=None, kwargs=None,
                 decorator_name="task"):
        if not callable(function):
            raise TypeError(f"'function' must be callable (got {function!r})")
        self.function, self.operator_class = function, operator_class
        self.decorator_name = decorator_name.strip("@")
        self.kwargs = dict(kwargs or {})
        self.is_setup = self.is_teardown = self.on_failure_fail_dagrun = False
        functools.update_wrapper(self, function)
        if "self" in inspect.signature(function).parameters:
            raise TypeError(f"@{self.decorator_name} does not support methods")
        self.multiple_outputs = infers_multiple(function) if multiple_outputs is None \
            else multiple_outputs
        self.kwargs.setdefault("task_id", function.__name__)

    def __call__(self, *args, **kwargs):
        self._teardown_rule()
        fail_run = self.kwargs.pop("on_failure_fail_dagrun", self.on_failure_fail_dagrun)
        task = self.operator_class(
            python_callable=self.function, op_args=args, op_kwargs=kwargs,
            multiple_outputs=self.multiple_outputs, **self.kwargs,
        )
        task.is_setup, task.is_teardown = self.is_setup, self.is_teardown
        task.on_failure_fail_dagrun = fail_run
        docs = (task.doc, task.doc_json, task.doc_md, task.doc_rst, task.doc_yaml)
        if self.function.__doc__ and not any(docs):
            task.doc_md = self.function.__doc__
        return XComArg(task)

    def _teardown_rule(self):
        if not self.is_teardown:
            return
        if "trigger_rule" in self.kwargs and IS3 and not getattr(self, "_rule_set", False):
            raise ValueError("Trigger rule not configurable for teardown tasks.")
        self._rule_set = True
        self.kwargs["trigger_rule"] = TriggerRule.ALL_DONE_SETUP_SUCCESS

    @property
    def function_signature(self):
        return inspect.signature(self.function)

    def _check_names(self, func, kwargs):
        shadowed = sorted(CONTEXT_KEYS.intersection(kwargs))
        if shadowed:
            names = ", ".join(repr(n) for n in shadowed)
            raise ValueError(f"cannot call {func}() on task context variable {names}")
        check_function_names(self.function, func, kwargs)

    def expand(self, **map_kwargs):
        if self.kwargs.get("trigger_rule") == "always" and any(
            isinstance(v, XComArg) for v in map_kwargs.values()
        ):
            raise ValueError(
                "Task-generated mapping within a task using 'expand' is not allowed with trigger "
                "rule 'always'."
            )
        if not map_kwargs:
            raise TypeError("no arguments to expand against")
        self._check_names("expand", map_kwargs)
        mapping.check_twice(self.kwargs, map_kwargs, "mapping already partial")
        self._teardown_rule()
        return self._expand(mapping.ExpandArguments(map_kwargs))

    def expand_kwargs(self, kwargs, *, strict=True):
        mapping.check_kwargs_list(kwargs)
        return self._expand(mapping.ExpandKwargs(kwargs))

    def _expand(self, expand_input):
        need_return_keys(expand_input.value)
        given = dict(self.kwargs)
        dag = given.pop("dag", None) or DagScope.current()
        group = given.pop("task_group", None) or GroupScope.current(dag)
        defaults, params = merge.merged_defaults(
            dag, group, given.pop("params", None), given.pop("default_args", None)
        )
        known = BaseOperator.__init__.param_names - {
            "default_args", "do_xcom_push", "multiple_outputs", "params", "task_concurrency"}
        partial = {"is_setup": self.is_setup, "is_teardown": self.is_teardown}
        partial.update({k: v for k, v in defaults.items() if k in known})
        partial.update(given)
        task_id = unique_task_id(partial.pop("task_id"), dag, group)
        task_id = group.child_id(task_id) if group else task_id
        partial.setdefault("op_args", [])
        partial.setdefault("op_kwargs", {})
        task = mapping.MappedOperator(
            self.operator_class, expand_input, mapping.tidy(partial, task_id, dag), task_id, dag,
            group, params, python_callable=self.function,
        )
        task.multiple_outputs_of_function = self.multiple_outputs
        return XComArg(task)

    def partial(self, **kwargs):
        self._check_names("partial", kwargs)
        old = self.kwargs.get("op_kwargs", {})
        mapping.check_twice(old, kwargs, "duplicate partial")
        return self._copy({**self.kwargs, "op_kwargs": {**old, **kwargs}})

    def override(self, **kwargs):
        kwargs.pop("multiple_outputs", None)
        return self._copy({**self.kwargs, **kwargs})

    def _copy(self, kwargs):
        made = TaskDecorator(self.function, self.operator_class, self.multiple_outputs, kwargs,
                             self.decorator_name)
        made.is_setup, made.is_teardown = self.is_setup, self.is_teardown
        made.on_failure_fail_dagrun = self.on_failure_fail_dagrun
        return made


def check_function_names(function, func, kwargs):
    """Raises TypeError for a name that the function has no parameter for."""
    params = inspect.signature(function).parameters
    if any(p.kind is p.VAR_KEYWORD for p in params.values()):
        unknown = []
    else:
        unknown = [k for k in kwargs if k not in params]
    for name, value in kwargs.items():
        if func == "expand" and name not in unknown and not mapping.is_mappable(value):
            raise ValueError(f"{func}() got an unexpected type {type(value).__name__!r} for "
                             f"keyword argument {name!r}")
    if len(unknown) == 1:
        raise TypeError(f"{func}() got an unexpected keyword argument {unknown[0]!r}")
    if unknown:
        raise TypeError(f"{func}() got unexpected keyword arguments "
                        f"{', '.join(repr(u) for u in unknown)}")


def decorator_for(operator_class, python_callable=None, multiple_outputs=None, **kwargs):
    """`@task.kind` or `@task.kind(...)`."""
    name = getattr(operator_class, "custom_operator_name", "@task")
    if python_callable is not None:
        if not callable(python_callable):
            raise TypeError("No args allowed while using @task, use kwargs instead")
        return TaskDecorator(python_callable, operator_class, multiple_outputs, kwargs, name)
    if kwargs.get("python_callable") is None:
        kwargs.pop("python_callable", None)
    return lambda function: TaskDecorator(function, operator_class, multiple_outputs, kwargs, name)


def task_decorator_factory(python_callable=None, *, multiple_outputs=None,
                           decorated_operator_class, **kwargs):
    """For decorators of one's own."""
    return decorator_for(decorated_operator_class, python_callable, multiple_outputs, **kwargs)
