"""`@task.run_if` and `@task.skip_if`."""

from .errors import find
from .taskflow import TaskDecorator


def _conditional(condition, skip_message, reverse, name):
    message = skip_message or "Task was skipped due to condition."

    def hook(context):
        answer = condition(context)
        text = message
        if isinstance(answer, tuple):
            answer, other = answer
            text = other or text
        if bool(answer) is not reverse:
            raise find("AirflowSkipException")(text)

    def decorator(task):
        if not isinstance(task, TaskDecorator):
            raise TypeError(f"{name} can only be used with task. decorate with @task before @{name}.")
        before = task.kwargs.get("pre_execute")
        task.kwargs["pre_execute"] = _both(before, hook) if before else hook
        return task

    return decorator


def _both(first, second):
    def hook(context):
        first(context)
        second(context)

    return hook


def run_if(condition, skip_message=None):
    return _conditional(condition, skip_message, True, "run_if")


def skip_if(condition, skip_message=None):
    return _conditional(condition, skip_message, False, "skip_if")
