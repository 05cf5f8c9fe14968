"""Imports DAG files as Airflow's DAG bag does and says what came of it.

The answer for one file has the form of the recorded set dag-files (`expect`): status, errors and
the DAG objects, which describe.py turns into plain data.
"""

import ast
import hashlib
import importlib.util
import pathlib
import sys
import traceback
import types

from . import clock, settings, where

#: Modules that belong to a session and are thrown away before each import.
_OWN = ("airflow", "pendulum", "dateutil")


class FileResult:
    """What one file gave."""

    def __init__(self, path):
        self.path, self.module_name = path, ""
        self.errors, self.dags, self.skipped = [], [], False
        self.exited = False
        self.notices = []

    @property
    def status(self):
        if self.skipped:
            return "skipped"
        if self.exited:
            return "process_exit"
        if self.errors:
            return "partial" if self.dags else "error"
        return "dags" if self.dags else "empty"


def forget_modules():
    """Drops Airflow and the person's modules, so that the next import starts afresh."""
    for name in list(sys.modules):
        path = getattr(sys.modules[name], "__file__", None) or ""
        if name.split(".")[0] in _OWN or where.is_user_file(path):
            del sys.modules[name]
    sys.meta_path[:] = [f for f in sys.meta_path if type(f).__module__ != "airflow._paths.finder"]


def safe_mode_reads(text):
    """Whether the scan for the words airflow and dag (3.x: or asset) would read the file."""
    low = text.lower()
    second = "dag" in low or (settings.version.startswith("3.") and "asset" in low)
    return "airflow" in low and second


def import_file(path, limit_s=30.0):
    """Runs one file and bags its DAGs. Never raises for what the file does."""
    result = FileResult(path)
    raw = pathlib.Path(path).read_bytes()
    if not safe_mode_reads(raw.decode("utf-8", "replace")):
        result.skipped = True
        return result
    from airflow._core import scopes

    scopes.reset()
    settings.notices.clear()
    module = _run(path, raw, result, limit_s)
    if module is not None:
        _bag(module, result)
    result.notices = list(settings.notices)
    return result


def _run(path, raw, result, limit_s):
    name = f"unusual_prefix_{hashlib.sha1(path.encode()).hexdigest()}_{pathlib.Path(path).stem}"
    module = types.ModuleType(name)
    result.module_name = name
    module.__file__ = path
    module.__spec__ = importlib.util.spec_from_file_location(name, path)
    sys.modules[name] = module
    folder = str(pathlib.Path(path).parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    clock.start(limit_s, label=pathlib.Path(path).name)
    try:
        code = compile(raw, path, "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102 - running the file is the purpose
    except BaseException as error:  # noqa: BLE001 - whatever a file raises is its result
        _failed(error, path, result)
        return None
    finally:
        clock.stop()
    return module


def _failed(error, path, result):
    if isinstance(error, SystemExit) and settings.version.startswith("2."):
        result.exited = True
    name = type(error).__name__
    if isinstance(error, KeyboardInterrupt) or name == "AirflowTaskTimeout":
        result.errors.append(entry("AirflowTaskTimeout", "import", message=(
            "DagBag import timeout: reading the file took longer than allowed")))
        return
    result.errors.append(from_exception(error, path, "import"))


def entry(name, stage, **fields):
    """One error with all its fields."""
    return {"class": name, "stage": stage, "line": None, "module_line": None, "stmt_lines": None,
            "cause": None, "message": "", "column": None, "trace": [], **fields}


def from_exception(error, path, stage):
    """Class, lines, cause and the traceback lines of the person's files."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    found = entry(type(error).__name__, stage, cause=type(cause).__name__ if cause else None,
                  message=str(error).replace(" (unknown location)", ""))
    if isinstance(error, SyntaxError) and error.filename == path:
        found.update(line=error.lineno, module_line=error.lineno, column=error.offset,
                     message=error.msg)
        found["cause"] = None
        return found
    frames = [(f.filename, f.lineno, f.name) for f in traceback.extract_tb(error.__traceback__)]
    own = [line for file, line, _ in frames if file == path]
    if own and stage == "import":
        found.update(line=own[-1], module_line=own[0], stmt_lines=_statement(path, own[-1]))
    found["trace"] = [f"{pathlib.Path(f).name}:{line} in {name}" for f, line, name in frames
                      if where.is_user_file(f)]
    return found


def _statement(path, line):
    """First and last line of the innermost statement that holds the line."""
    try:
        tree = ast.parse(pathlib.Path(path).read_bytes())
    except SyntaxError:
        return None
    best = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            span = (node.lineno, node.end_lineno)
            if best is None or span[1] - span[0] < best[1] - best[0]:
                best = span
    return list(best) if best else None


def _bag(module, result):
    """Finds the DAG objects and checks each; those that pass stay."""
    from airflow._core.dag import DAG
    from airflow._core.scopes import DagScope

    found = [v for v in vars(module).values() if isinstance(v, DAG)]
    for dag in DagScope.registered:
        if not any(dag is f for f in found):
            found.append(dag)
    kept = {}
    for dag in found:
        try:
            _accept(dag, module.__file__)
        except Exception as error:  # noqa: BLE001 - a bad DAG is a result
            result.errors.append({**from_exception(error, result.path, "bag"), "dag_id": dag.dag_id})
            continue
        kept[dag.dag_id] = dag
        for sub in dag.subdags:
            kept[sub.dag_id] = sub
    result.dags = [kept[k] for k in sorted(kept)]


def _accept(dag, path):
    from . import checks

    dag.fileloc = path
    for step in checks.ORDER:
        step(dag)


def run_together(paths, limit_s=30.0):
    """Several files in one bag: a second DAG of the same id is refused."""
    results, owners = [], {}
    for path in paths:
        result = import_file(path, limit_s)
        for dag in list(result.dags):
            first = owners.setdefault(dag.dag_id, path)
            if first != path:
                result.dags.remove(dag)
                result.errors.append(entry(
                    "AirflowDagDuplicatedIdException", "bag", dag_id=dag.dag_id,
                    message=f"Ignoring DAG {dag.dag_id} from {path} - also found in {first}"))
        results.append(result)
    return results
