"""What to do about an error: a code, and the name or form of today."""

import ast
import pathlib
import re

from . import settings
from .renamed import ARGUMENTS, MODULES, NAMES


def for_error(error, path):
    """{"code", "params"} for one import error."""
    name, message = error["class"], error["message"]
    test = _BY_CLASS.get(name)
    found = test(message, error, path) if test else None
    return found or {"code": "dag_import_error", "params": {"class": name, "message": message}}


def _module_missing(message, error, path):
    match = re.search(r"No module named '([^']+)'", message)
    if not match:
        return None
    module = match.group(1)
    names = _imported_names(path, error["line"])
    instead = _instead(module, names)
    if instead:
        return _code("dag_module_gone", module=module, instead=instead)
    if module.startswith("airflow.sdk") and settings.version.startswith("2."):
        return _code("dag_module_newer", module=module, version="3.0")
    code = "dag_module_unknown" if module.startswith("airflow.") else "dag_library_missing"
    return _code(code, module=module)


def _name_missing(message, error, path):
    match = re.search(r"cannot import name '([^']+)' from '([^']+)'", message)
    if not match:
        return None
    name, module = match.groups()
    instead = NAMES.get(f"{module}.{name}") or NAMES.get(name)
    if instead:
        return _code("dag_name_gone", name=name, module=module, instead=instead)
    close = _close_name(name, module)
    return _code("dag_name_unknown", name=name, module=module, instead=close)


def _close_name(name, module):
    import difflib

    try:
        from airflow._paths.finder import names_of
    except ImportError:
        return ""
    near = difflib.get_close_matches(name, list(names_of(module)), 1)
    return f"{module}.{near[0]}" if near else ""


def _argument(message, error, path):
    match = (re.search(r"unexpected keyword argument '(\w+)'", message)
             or re.search(r"\*\*kwargs: \{'(\w+)'", message))
    if match:
        name = match.group(1)
        instead = ARGUMENTS.get(name, "")
        code = "dag_argument_gone" if instead else "dag_argument_unknown"
        return _code(code, argument=name, instead=instead, message=message)
    if "unsupported operand type(s) for >>" in message or "for <<" in message:
        return _code("dag_list_to_list", message=message)
    missing = re.search(r"missing keyword arguments? (.+)", message)
    if missing:
        return _code("dag_argument_missing", argument=missing.group(1).strip("'"), message=message)
    return None


def _value(message, error, path):
    match = re.search(r"Context key parameter (\w+) can't have a default", message)
    if match:
        name = match.group(1)
        return _code("dag_context_default", argument=name, instead=f"@task({name}=[...])")
    rule = re.search(r"trigger_rule must be one of .*received '([^']+)'", message)
    if rule:
        return _code("dag_trigger_rule_unknown", rule=rule.group(1),
                     instead="always" if rule.group(1) == "dummy" else "all_success")
    if "has to be made of alphanumeric" in message:
        return _code("dag_id_character", message=message)
    return None


def _code(code, **params):
    return {"code": code, "params": params}


_BY_CLASS = {
    "ModuleNotFoundError": _module_missing, "ImportError": _name_missing,
    "TypeError": _argument,
    "AirflowException": lambda m, e, p: _argument(m, e, p) or _value(m, e, p),
    "ValueError": _value,
    "SyntaxError": lambda m, e, p: _code("dag_syntax_error", message=m),
    "IndentationError": lambda m, e, p: _code("dag_syntax_error", message=m),
    "TabError": lambda m, e, p: _code("dag_syntax_error", message=m),
    "AirflowTaskTimeout": lambda m, e, p: _code("dag_import_timeout"),
    "AirflowDagCycleException": lambda m, e, p: _code("dag_cycle", message=m,
                                                      dag=e.get("dag_id", "")),
    "DuplicateTaskIdFound": lambda m, e, p: _code("dag_duplicate_id", message=m),
    "AirflowDagDuplicatedIdException": lambda m, e, p: _code("dag_duplicate_dag",
                                                             dag=e.get("dag_id", "")),
    "AirflowTimetableInvalid": lambda m, e, p: _code("dag_schedule_invalid", message=m,
                                                     dag=e.get("dag_id", "")),
    "UnknownExecutorException": lambda m, e, p: _code("dag_executor_unknown", message=m),
    "SerializationError": lambda m, e, p: _code("dag_not_serializable", message=m,
                                                dag=e.get("dag_id", "")),
    "AirflowNotFoundException": lambda m, e, p: _code("dag_connection_missing", message=m),
    "SystemExit": lambda m, e, p: _code("dag_exits"),
}


def _imported_names(path, line):
    """Names of the import statement on that line."""
    try:
        tree = ast.parse(pathlib.Path(path).read_bytes())
    except (SyntaxError, OSError):
        return []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.lineno <= (line or 0) <= node.end_lineno:
            return [alias.name for alias in node.names]
    return []


def _instead(module, names):
    for name in names:
        found = NAMES.get(f"{module}.{name}") or (NAMES.get(name) if module in MODULES else None)
        if found:
            return found
    if module in MODULES:
        target = MODULES[module]
        return f"{target}.{names[0]}" if names and not target[-1].isupper() else target
    for old, new in MODULES.items():
        if module.startswith(old + "."):
            return new + module[len(old):]
    for name in names:
        if name in NAMES:
            return NAMES[name]
    return ""


def for_empty(path):
    """Hints for a file that made no DAG: a @dag function that nobody called."""
    try:
        tree = ast.parse(pathlib.Path(path).read_bytes())
    except (SyntaxError, OSError):
        return []
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call)
              and isinstance(n.func, ast.Name)}
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name not in called:
            if any(_decorator(d) == "dag" for d in node.decorator_list):
                found.append({"code": "dag_function_not_called", "line": node.lineno,
                              "params": {"name": node.name}})
    return found


def _decorator(node):
    node = node.func if isinstance(node, ast.Call) else node
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
