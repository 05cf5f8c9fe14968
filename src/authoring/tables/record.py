"""Records which import paths, names and operator signatures a real installation has.

Run it inside an environment that holds Airflow and its providers; it writes JSON facts (names,
parameters, defaults, template fields), no code. The result lies in ../python/airflow/_tables.

    python record.py OUTPUT_FOLDER
"""

import ast
import contextlib
import datetime
import enum
import functools
import importlib
import inspect
import io
import json
import logging
import pathlib
import pkgutil
import sys
import textwrap
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

CORE_SKIP = (
    "airflow.api", "airflow.www", "airflow.cli", "airflow.migrations",
    "airflow.providers", "airflow._vendor", "airflow._shared", "airflow.auth", "airflow.ui",
    "airflow.dag_processing", "airflow.jobs", "airflow.task.standard", "airflow.kubernetes_",
    "airflow.contrib", "airflow.config_templates", "airflow.executors", "airflow.serialization",
    "airflow.sdk._shared", "airflow.sdk.api", "airflow.__main__",
    "airflow.alembic", "airflow.ti_deps", "airflow.metrics", "airflow.secrets.cache",
)
PROVIDER_SKIP = ("example_dags", ".tests", ".fab", ".cli", "version_compat", ".www", ".api")
CANDIDATES: set[str] = set()
KINDS = ("BaseSensorOperator", "BaseOperator", "BaseHook", "BaseTrigger", "BaseNotifier")


def skipped(name):
    """Modules that no DAG file imports."""
    if name.startswith("airflow.sdk.execution_time"):
        return name not in ("airflow.sdk.execution_time", "airflow.sdk.execution_time.context")
    return name.startswith(CORE_SKIP)


def walk(package):
    """Names of all modules below a package, without importing more than packages."""
    yield package.__name__
    if not hasattr(package, "__path__"):
        return
    for name in folders(package):
        module = load(name)
        if module is not None:
            yield from walk(module)
    for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if info.name.split(".")[-1].startswith("__main"):
            continue
        if not info.ispkg:
            yield info.name
            continue
        module = load(info.name)
        if module is None:
            yield info.name
        else:
            yield from walk(module)


def folders(package):
    """Sub-packages without an __init__.py, which iter_modules leaves out."""
    for path in map(pathlib.Path, package.__path__):
        for child in sorted(path.iterdir()):
            if child.is_dir() and child.name.isidentifier() and not (child / "__init__.py").exists():
                if child.name != "__pycache__":
                    yield f"{package.__name__}.{child.name}"


def load(name):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return importlib.import_module(name)
    except BaseException as error:
        print("cannot import", name, type(error).__name__, str(error)[:80], file=sys.stderr)
        return None


def plain(value):
    """A default as JSON, or None where it is not plain data."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, datetime.timedelta):
        return {"seconds": value.total_seconds()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(v, str | int | bool) for v in value):
        return list(value)
    return None


def own_init(cls):
    init = cls.__dict__.get("__init__")
    return inspect.unwrap(init) if inspect.isfunction(init) else None


def init_facts(cls):
    """Parameters, attributes that copy one, and names handed to super().__init__."""
    init = own_init(cls)
    if init is None:
        return {}
    params, facts = [], {}
    for param in list(inspect.signature(init).parameters.values())[1:]:
        if param.kind is param.VAR_KEYWORD:
            facts["kw"] = 1
        elif param.kind is not param.VAR_POSITIONAL:
            params.append([param.name] if param.default is param.empty
                          else [param.name, plain(param.default)])
    facts["params"] = params
    names = {p[0] for p in params}
    with contextlib.suppress(Exception):
        tree = ast.parse(textwrap.dedent(inspect.getsource(init)))
        aliases, up = {}, set()
        for node in ast.walk(tree):
            read_assign(node, names, aliases)
            read_super(node, up)
        if aliases:
            facts["alias"] = aliases
        if "deferrable" in names and "self.deferrable" not in inspect.getsource(init):
            facts["hides_deferrable"] = 1
        if up:
            facts["up"] = sorted(up)
    return facts


def source_name(value, names):
    if isinstance(value, ast.Name) and value.id in names:
        return value.id
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        return source_name(value.values[0], names)
    if isinstance(value, ast.IfExp):
        return source_name(value.body, names) or source_name(value.orelse, names)
    return None


def read_assign(node, names, aliases):
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets, value = [node.target], node.value
    elif isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    else:
        return
    for target in targets:
        if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self":
            found = source_name(value, names)
            if found and found != target.attr:
                aliases[target.attr] = found


def read_super(node, up):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    inner = node.func.value
    if node.func.attr == "__init__" and isinstance(inner, ast.Call):
        if getattr(inner.func, "id", "") == "super":
            up.update(k.arg for k in node.keywords if k.arg)


def kind_of(cls):
    names = [c.__name__ for c in cls.__mro__]
    for kind in KINDS:
        if kind in names:
            return kind
    if issubclass(cls, BaseException):
        return "Exception"
    if issubclass(cls, enum.Enum):
        return "Enum"
    return None


def class_facts(cls, kind):
    facts = {"kind": kind}
    bases = [f"{b.__module__}.{b.__name__}" for b in cls.__bases__ if b.__name__ not in ("object", "Generic", "ABC")]
    facts["bases"] = bases
    if kind == "Enum":
        facts["members"] = {m.name: plain(m.value) for m in cls}
        return facts
    if kind in ("BaseSensorOperator", "BaseOperator"):
        facts.update(init_facts(cls))
        own = vars(cls)
        if "template_fields" in own or any("template_fields" in vars(b) for b in cls.__mro__):
            with contextlib.suppress(Exception):
                facts["fields"] = list(cls.template_fields)
        if "template_ext" in own:
            with contextlib.suppress(Exception):
                facts["ext"] = list(cls.template_ext)
        if isinstance(own.get("custom_operator_name"), str):
            facts["name"] = own["custom_operator_name"]
        if any(c.__name__ in ("SkipMixin", "BranchMixIn") for c in cls.__mro__):
            facts["skip"] = 1
        if getattr(cls, "inherits_from_skipmixin", None) is True:
            facts["can_skip"] = 1
    elif kind in ("BaseNotifier", "BaseTrigger", "BaseHook"):
        init = init_facts(cls)
        facts.update({k: init[k] for k in ("params", "kw") if k in init})
    return facts


def public(module):
    """Every name that can be imported from a module, found by asking for the known ones too."""
    names = {n for n in getattr(module, "__all__", None) or () if isinstance(n, str)}
    names |= {n for n in vars(module) if not n.startswith("_")} | redirected(module)
    if "__getattr__" in vars(module):
        for name in CANDIDATES - names:
            with contextlib.suppress(BaseException):
                getattr(module, name)
                names.add(name)
    return sorted(names)


def redirected(module):
    """Names that a module serves through __getattr__: lazy imports and old names."""
    found = set()
    for key, value in vars(module).items():
        if isinstance(value, dict) and any(w in key.lower() for w in ("lazy", "deprecated")):
            found.update(k for k in value if isinstance(k, str) and "." not in k and k != "*")
    getter = vars(module).get("__getattr__")
    if isinstance(getter, functools.partial) and getter.args and isinstance(getter.args[0], dict):
        found.update(k for k in getter.args[0] if k != "*")
    return found


def record_module(name, classes):
    module = load(name)
    if module is None:
        return None
    names = []
    for each in public(module):
        with contextlib.suppress(BaseException):
            value = getattr(module, each)
            if inspect.ismodule(value) and not value.__name__.startswith("airflow"):
                continue
            if inspect.ismodule(value):
                names.append(each)
                continue
            if inspect.isclass(value):
                where = value.__module__
                if not where.startswith("airflow"):
                    continue
                names.append(each if where == name and value.__name__ == each
                             else f"{each}={where}.{value.__name__}")
                remember(value, classes)
                continue
            if getattr(value, "__module__", name) and str(getattr(value, "__module__", name)).startswith("typing"):
                continue
            if callable(value):
                where = getattr(value, "__module__", None) or name
                top = str(where).partition(".")[0]
                if top != "airflow":
                    if top not in sys.stdlib_module_names:
                        names.append(each)
                    continue
                names.append(f"{each}()" if where == name else f"{each}()={where}")
                continue
            data = plain(value)
            names.append(each if data is None else [each, data])
    return names


def remember(cls, classes):
    kind = kind_of(cls)
    key = f"{cls.__module__}.{cls.__name__}"
    if key in classes or not cls.__module__.startswith("airflow"):
        return
    classes[key] = class_facts(cls, kind) if kind else {}
    for base in cls.__bases__:
        remember(base, classes)


def provider_key(module):
    """Folder of the provider: `amazon`, `cncf.kubernetes`, `microsoft.azure`."""
    parts = module.split(".")[2:]
    two = ("apache", "cncf", "common", "dbt", "microsoft")
    return ".".join(parts[:2]) if parts and parts[0] in two else (parts[0] if parts else "")


def main(folder):
    import airflow

    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    core, classes = {}, {}
    for module in [m for m in map(load, sorted(set(walk(airflow)))) if m is not None]:
        if not skipped(module.__name__):
            CANDIDATES.update(n for n in vars(module) if not n.startswith("_"))
            CANDIDATES.update(redirected(module))
    for name in sorted(set(walk(airflow))):
        if skipped(name):
            continue
        core[name] = record_module(name, classes)
    dump(target / "core.json", {"version": airflow.__version__, "modules": core,
                                "classes": {k: v for k, v in classes.items() if ".providers." not in k}})
    for name in sorted(n for n in sys.modules if n.startswith("airflow.") and n not in core):
        if getattr(sys.modules[name], "__file__", None) is None and not skipped(name):
            core[name] = record_module(name, classes)
    dump(target / "core.json", {"version": airflow.__version__, "modules": core,
                                "classes": {k: v for k, v in classes.items() if ".providers." not in k}})
    import airflow.providers

    groups = {}
    for name in sorted(set(walk(airflow.providers))):
        if any(part in name for part in PROVIDER_SKIP):
            continue
        key = provider_key(name)
        if not key:
            continue
        modules, found = groups.setdefault(key, ({}, {}))
        modules[name] = record_module(name, found)
    for key, (modules, found) in groups.items():
        prefix = "airflow.providers." + key + "."
        own = {k: v for k, v in found.items() if (k + ".").startswith(prefix)}
        dump(target / f"provider.{key}.json", {"modules": modules, "classes": own})


def dump(path, data):
    path.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1])
