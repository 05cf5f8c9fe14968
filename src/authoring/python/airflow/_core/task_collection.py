"""`task`: the collection of decorators, `@task`, `@task.branch`, `@task.bash` ..."""

import functools

from .conditions import run_if, skip_if
from .decorated import decorated_class, known_kinds
from .errors import AirflowException
from .group_decorator import TaskGroupFactory
from .profile import IS3
from .taskflow import TaskDecorator, decorator_for


class TaskCollection:
    """`@task(...)` makes Python tasks; attributes make the other kinds."""

    def __init__(self, dag=None):
        self._dag = dag

    def __call__(self, python_callable=None, multiple_outputs=None, **kwargs):
        return self._make("python", python_callable, multiple_outputs, kwargs)

    def _make(self, kind, python_callable, multiple_outputs, kwargs):
        if self._dag is not None:
            kwargs.setdefault("dag", self._dag)
        return decorator_for(decorated_class(kind), python_callable, multiple_outputs, **kwargs)

    def __getattr__(self, kind):
        if kind.startswith("__"):
            raise AttributeError(kind)
        if kind == "group":
            from .group_decorator import task_group

            return task_group
        if kind in ("skip_if", "run_if"):
            return skip_if if kind == "skip_if" else run_if
        if kind not in known_kinds():
            raise AttributeError(f"task decorator {kind!r} not found")
        return functools.partial(_call_kind, self, kind)


def _call_kind(collection, kind, python_callable=None, multiple_outputs=None, **kwargs):
    return collection._make(kind, python_callable, multiple_outputs, kwargs)


task = TaskCollection()


def bound_to(dag):
    """`dag.task`."""
    return TaskCollection(dag)


def setup_task(func):
    """`@setup`."""
    made = _as_task(func)
    made.is_setup = True
    return made


def teardown_task(_func=None, *, on_failure_fail_dagrun=False):
    """`@teardown` or `@teardown(on_failure_fail_dagrun=True)`."""

    def teardown(func):
        made = _as_task(func)
        made.is_teardown = True
        made.on_failure_fail_dagrun = on_failure_fail_dagrun
        return made

    return teardown if _func is None else teardown(_func)


def _as_task(func):
    if isinstance(func, TaskGroupFactory):
        raise AirflowException("Task groups cannot be marked as setup or teardown.")
    return func if isinstance(func, TaskDecorator) else task(func)


def result(value):
    """3.3: marks what a run returns."""
    return value


__all__ = ["task", "bound_to", "setup_task", "teardown_task", "IS3"]
