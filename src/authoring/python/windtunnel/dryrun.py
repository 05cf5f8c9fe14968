"""Tries the callables of a DAG in topological order: outcome, duration, result, branches.

Every task is tried once as if its turn came, whatever rule or branch might skip it, so that each
has a behaviour. What depends on a value that is not known is left open instead of guessed.
"""

import inspect
import json
import os
import random
import shutil
import time

from . import bridge, clock, context as contexts, guard, libraries
from .kinds import Plan
from .shell import Shell
from .template import TemplateError, render
from .xcoms import RETURN, SKIPPED, Unknown, XComs, resolve

MAX_ITEMS = 50
TASK_SECONDS = 1.0
VIRTUAL_SECONDS = 30 * 86400.0
DAG_SECONDS = 5.0
XCOM_BYTES = 4096


class Item:
    """One index of a task: which, and what its mapped group gives it."""

    def __init__(self, index, mapped_group, group_values, params):
        self.index, self.mapped_group = index, mapped_group
        self._group_values, self.params = group_values, params

    def group_value(self, argument):
        return self._group_values.get(argument.key)


class Trial:
    """What one try of one index came to."""

    def __init__(self):
        self.outcome, self.note, self.slept = None, None, 0.0
        self.value, self.branch, self.condition = None, None, None
        self.pulled_unknown, self.duration_source = False, None
        self.asset_events, self.raises = [], None


class DryRun:
    """All tasks of one DAG."""

    def __init__(self, dag):
        self.dag, self.xcoms, self.run = dag, XComs(), contexts.run_of(dag)
        self.trials = {}
        self._until = time.perf_counter() + DAG_SECONDS

    def go(self):
        """{task_id: [Trial per index]} for the tasks that could be tried."""
        _clear()
        with guard.closed():
            for task in _in_order(self.dag):
                self._task(task, Plan(task))
        return self.trials

    def _task(self, task, plan):
        if plan.callable is None and plan.command is None:
            self.xcoms.mark_unknown(task.task_id)
            return
        if time.perf_counter() > self._until:
            self._give_up(task, "dry_run_budget")
            return
        try:
            items = self._items(task)
        except Unknown:
            self._give_up(task, "upstream_value_unknown")
            return
        except Exception:  # noqa: BLE001 - the mapping itself fails
            self._give_up(task, "mapping_failed")
            return
        self.trials[task.task_id] = [self._try(task, plan, *each) for each in items[:MAX_ITEMS]]
        if not items:
            self.xcoms.push(task.task_id, RETURN, [], 0)

    def _give_up(self, task, note):
        self.xcoms.mark_unknown(task.task_id)
        trial = Trial()
        trial.note = note
        self.trials[task.task_id] = [trial]

    def _items(self, task):
        """(item, mapped arguments) of every index."""
        params = self._params(task)
        group = task.get_closest_mapped_task_group()
        if group is not None:
            base = Item(-1, None, {}, params)
            rows = _rows(group.expand_input, self.xcoms, base)
            return [(Item(i, group, row, params), {}) for i, row in enumerate(rows)]
        item = Item(-1, None, {}, params)
        if not task.is_mapped:
            return [(item, {})]
        rows = _rows(task.expand_input, self.xcoms, item)
        return [(Item(i, None, {}, params), row) for i, row in enumerate(rows)]

    def _params(self, task):
        found = {}
        for name, param in [*self.dag.params.items(), *task.params.items()]:
            found[name] = param.resolve(suppress_exception=True)
        return found

    def _try(self, task, plan, item, mapped):
        tries = 1 + max(0, int(getattr(task, "retries", 0) or 0))
        for number in range(1, min(tries, 5) + 1):
            trial = self._once(task, plan, item, mapped, number)
            if trial.outcome != "failed" or trial.note:
                break
        trial.failed_tries = number - 1
        if trial.outcome is None or trial.pulled_unknown:
            self.xcoms.mark_unknown(task.task_id)
        return trial

    def _once(self, task, plan, item, mapped, number):
        trial = Trial()
        ti = contexts.TaskInstance(task, self.xcoms, item.index, number, self.run)
        random.seed(f"{self.dag.dag_id}.{task.task_id}.{item.index}.{number}")
        clock.start(VIRTUAL_SECONDS, TASK_SECONDS)
        try:
            if any(v is SKIPPED for v in mapped.values()):
                trial.outcome = "skipped"
                return trial
            context = contexts.make(self.dag, task, ti, self.run, item.params)
            value = self._call(task, plan, item, mapped, context, trial)
            if trial.outcome is None:
                trial.outcome = "success"
            self._keep(task, plan, item, value, trial)
            trial.asset_events = context["outlet_events"].said(small_json)
        except BaseException as error:  # noqa: BLE001 - whatever the task raises is its end
            _judge(error, trial, ti)
        trial.slept += clock.stop()
        trial.pulled_unknown = trial.pulled_unknown or ti.pulled_unknown
        if trial.pulled_unknown and trial.outcome != "success":
            trial.outcome, trial.note = None, "upstream_value_unknown"
        return trial

    def _call(self, task, plan, item, mapped, context, trial):
        if plan.pre_execute is not None:
            plan.pre_execute(context)
        if plan.command is not None:
            return self._bash(plan.command, task, mapped, item, context, trial)
        args, kwargs = self._arguments(plan, mapped, item, context)
        call = plan.call_arguments(args, kwargs, context)
        value = plan.callable(*call[0], **call[1])
        if inspect.isgenerator(value):
            context["outlet_events"].take(list(value))
            value = None
        if inspect.iscoroutine(value):
            value = _finish(value)
        if plan.kind == "bash":
            return self._bash(value, task, mapped, item, context, trial)
        return value

    def _arguments(self, plan, mapped, item, context):
        args = mapped.get("op_args", plan.op_args)
        kwargs = {**plan.op_kwargs, **(mapped.get("op_kwargs") or {})}
        if plan.decorated:
            kwargs.update(mapped)
        args, kwargs = resolve(list(args or ()), self.xcoms, item), resolve(
            kwargs, self.xcoms, item)
        return [self._filled(a, context) for a in args], {
            k: self._filled(v, context) for k, v in kwargs.items()}

    def _filled(self, value, context):
        """Templates in arguments are filled in, like Airflow does before execute."""
        if isinstance(value, str) and "{" in value:
            try:
                return render(value, self._names(context), self.dag.user_defined_filters)
            except TemplateError:
                return value
        if isinstance(value, list):
            return [self._filled(v, context) for v in value]
        if isinstance(value, dict):
            return {k: self._filled(v, context) for k, v in value.items()}
        return value

    def _names(self, context):
        return {**context, **(self.dag.user_defined_macros or {})}

    def _bash(self, command, task, mapped, item, context, trial):
        command = resolve(mapped.get("bash_command", command), self.xcoms, item)
        if not isinstance(command, str):
            trial.note = "command_unknown"
            return None
        try:
            text = render(command, self._names(context), self.dag.user_defined_filters)
        except Exception:  # noqa: BLE001 - a template that is not understood
            text, trial.note = command, "template_not_understood"
        shell = Shell().run(text)
        if shell.slept:
            trial.slept, trial.duration_source = trial.slept + shell.slept, "bash_sleep"
        skips = getattr(task, "skip_on_exit_code", [99]) or []
        if shell.exit_code and shell.exit_code in skips:
            trial.outcome = "skipped"
        elif shell.exit_code:
            trial.outcome = "failed"
        if not shell.known or trial.note:
            self.xcoms.mark_unknown(task.task_id)
            return None
        return shell.last_line

    def _keep(self, task, plan, item, value, trial):
        """Stores the result as XCom and reads branches and conditions from it."""
        if trial.outcome != "success":
            return
        value = plan.result(value, trial)
        trial.value = value
        if value is None or not plan.pushes:
            return
        self.xcoms.push(task.task_id, RETURN, value, item.index)
        if plan.multiple_outputs and isinstance(value, dict):
            for key, each in value.items():
                self.xcoms.push(task.task_id, str(key), each, item.index)


def _rows(expand_input, xcoms, item):
    """The arguments of every index."""
    value = expand_input.value
    if not isinstance(value, dict):
        resolved = resolve(value, xcoms, item)
        return [dict(each) for each in resolved or ()]
    rows = [{}]
    for name, values in value.items():
        given = resolve(values, xcoms, item)
        each = list(given.items()) if isinstance(given, dict) else list(given or ())
        rows = [{**row, name: one} for row in rows for one in each][:MAX_ITEMS * 20]
    return rows


def _finish(coroutine):
    """Runs a coroutine that never really waits."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    coroutine.close()
    raise guard.Refused("network", "await")


_OPEN = {"AirflowNotFoundException": "connection_missing", "AirflowRuntimeError": "variable_missing"}


def _judge(error, trial, ti):
    """What an exception means: an end of the task, or that it could not be tried."""
    name = type(error).__name__
    trial.pulled_unknown = trial.pulled_unknown or ti.pulled_unknown
    if isinstance(error, (libraries.MissingLibrary, ImportError)):
        trial.note = "missing_library"
    elif isinstance(error, guard.Refused):
        trial.note = f"refused_{error.what}"
    elif isinstance(error, Unknown):
        trial.note = "upstream_value_unknown"
    elif isinstance(error, (KeyboardInterrupt, RecursionError, MemoryError)):
        trial.note = "time_limit" if isinstance(error, KeyboardInterrupt) else "resource_limit"
    elif isinstance(error, (OSError, NotImplementedError)) or name in _OPEN:
        trial.note = _OPEN.get(name, "needs_outside")
    elif name == "AirflowSkipException":
        trial.outcome = "skipped"
    elif name == "TaskDeferred":
        trial.note = "deferred"
    else:
        trial.outcome = "failed"
        trial.raises = [f"{c.__module__}.{c.__qualname__}" for c in type(error).__mro__][:-1]


def _in_order(dag):
    """Tasks so that every upstream comes first; ties by definition."""
    left = {t.task_id: set(t.upstream_task_ids) for t in dag.tasks}
    tasks = {t.task_id: t for t in dag.tasks}
    while left:
        ready = [i for i, ups in left.items() if not ups & left.keys()]
        if not ready:
            return
        for task_id in ready:
            del left[task_id]
            yield tasks[task_id]


def small_json(value):
    """The value as JSON data when it is small and plain, else None."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return json.loads(text) if len(text) <= XCOM_BYTES else None


def _clear():
    """Each DAG starts with an empty /tmp; only inside the in-memory file system of a host."""
    if bridge.has_host():
        for entry in os.listdir("/tmp"):
            shutil.rmtree(f"/tmp/{entry}", ignore_errors=True)
