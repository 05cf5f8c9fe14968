"""`@task_group`, plain and mapped."""

import functools
import inspect

from . import mapping
from .groups import MappedTaskGroup, TaskGroup
from .profile import IS3
from .taskflow import check_function_names
from .xcom_arg import need_return_keys

_KNOWN = {"group_id", "prefix_group_id", "parent_group", "dag", "default_args", "tooltip",
          "ui_color", "ui_fgcolor", "add_suffix_on_collision"}
if IS3:
    _KNOWN |= {"doc_md", "group_display_name"}


class TaskGroupFactory:
    """A decorated function; calling it makes the group."""

    def __init__(self, function, tg_kwargs=None, partial_kwargs=None):
        if not callable(function):
            raise TypeError(f"'function' must be callable (got {function!r})")
        for name in tg_kwargs or {}:
            if name not in _KNOWN:
                raise TypeError(f"got an unexpected keyword argument {name!r}")
        self.function = function
        self.tg_kwargs = {"group_id": function.__name__, **(tg_kwargs or {})}
        self.partial_kwargs = partial_kwargs or {}
        functools.update_wrapper(self, function)

    def __call__(self, *args, **kwargs):
        return self._make(TaskGroup, *args, **kwargs)

    def _make(self, factory, *args, **kwargs):
        options = {"add_suffix_on_collision": True, **self.tg_kwargs}
        with factory(**options) as group:
            if self.function.__doc__ and not group.tooltip:
                group.tooltip = self.function.__doc__
            value = self.function(*args, **kwargs)
        return group if value is None else value

    def override(self, **kwargs):
        return TaskGroupFactory(self.function, {**self.tg_kwargs, **kwargs}, self.partial_kwargs)

    def partial(self, **kwargs):
        check_function_names(self.function, "partial", kwargs)
        mapping.check_twice(self.partial_kwargs, kwargs, "duplicate partial")
        return TaskGroupFactory(self.function, self.tg_kwargs, {**kwargs, **self.partial_kwargs})

    def expand(self, **kwargs):
        if not kwargs:
            raise TypeError("no arguments to expand against")
        check_function_names(self.function, "expand", kwargs)
        mapping.check_twice(self.partial_kwargs, kwargs, "mapping already partial")
        return self._expand(mapping.ExpandArguments(kwargs), kwargs)

    def expand_kwargs(self, kwargs):
        mapping.check_kwargs_list(kwargs)
        params = inspect.signature(self.function).parameters
        if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in params.values()):
            raise TypeError("calling expand_kwargs() on task group function with * or ** is not "
                            "supported")
        names = [k for k in params if k not in self.partial_kwargs]
        return self._expand(mapping.ExpandKwargs(kwargs), names)

    def _expand(self, expand_input, names):
        if IS3:
            need_return_keys(expand_input.value)
        stubs = {k: mapping.MappedArgument(expand_input, k) for k in names}
        return self._make(functools.partial(MappedTaskGroup, expand_input=expand_input),
                          **self.partial_kwargs, **stubs)


def task_group(python_callable=None, *args, **tg_kwargs):
    """`@task_group` or `@task_group(group_id=..., ...)`."""
    if callable(python_callable) and not tg_kwargs:
        return TaskGroupFactory(python_callable)
    if isinstance(python_callable, str):
        tg_kwargs["group_id"] = python_callable
    return functools.partial(TaskGroupFactory, tg_kwargs=tg_kwargs)
