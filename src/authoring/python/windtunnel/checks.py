"""What is checked once a file has run: executors and pods, timetable, setups, cycles, templates."""

import pathlib

from . import settings
from .describe_task import get
from .pods import pod_of


def resolve_templates(dag):
    """A template field that names a file gets the file's text, where the file is found."""
    folders = [pathlib.Path(dag.fileloc).parent]
    extra = dag.template_searchpath or ()
    folders += [pathlib.Path(p) for p in ([extra] if isinstance(extra, str) else extra)]
    for task in dag.tasks:
        extensions = tuple(getattr(task.operator_class, "template_ext", ()) or ())
        if not extensions or task.is_mapped:
            continue
        for field in task.template_fields:
            value = getattr(task, field, None)
            if isinstance(value, str) and value.endswith(extensions):
                text = _text_of(value, folders)
                if text is not None:
                    object.__setattr__(task, field, text)
            elif isinstance(value, list):
                for i, each in enumerate(value):
                    if isinstance(each, str) and each.endswith(extensions):
                        text = _text_of(each, folders)
                        value[i] = each if text is None else text


def _text_of(name, folders):
    for folder in folders:
        path = folder / name
        if path.is_file():
            return path.read_text()
    return None


def executors(dag):
    """Raises UnknownExecutorException for an executor that is not configured."""
    from airflow._core.errors import find

    for task in dag.tasks:
        name = getattr(task, "executor", None)
        known = name in settings.executors or "." in str(name) and (
            str(name).rpartition(".")[2] in settings.EXECUTORS)
        if name and not known:
            raise find("UnknownExecutorException")(
                f"Task '{task.task_id}' specifies executor '{name}', which is not available. Make "
                "sure it is listed in your [core] executors configuration, or update the task's "
                "executor to use one of the configured executors."
            )


def executor_configs(dag):
    """Tells what of the pods is not read, or refused by KubernetesExecutor."""
    for task in dag.tasks:
        pod_of(get(task, "executor_config"), task.task_id)


def setups_and_timetable(dag):
    dag.validate()


def cycles(dag):
    """Raises AirflowDagCycleException for a circle of edges."""
    from airflow._core.errors import find

    state = {}
    for start in dag.task_dict:
        stack = [(start, None)]
        while stack:
            node, children = stack.pop()
            if children is None:
                if state.get(node) == "done":
                    continue
                state[node] = "open"
                children = iter(sorted(dag.get_task(node).downstream_task_ids))
            for child in children:
                if state.get(child) == "open":
                    raise find("AirflowDagCycleException")(
                        f"Cycle detected in DAG: {dag.dag_id}. Faulty task: {node}"
                    )
                if child not in state:
                    stack.append((node, children))
                    stack.append((child, None))
                    break
            else:
                state[node] = "done"


ORDER = (setups_and_timetable, executors, executor_configs, cycles, resolve_templates)
