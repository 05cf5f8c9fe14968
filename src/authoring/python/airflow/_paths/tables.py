"""Reading the recorded tables of modules, names and operator signatures."""

import json
import pathlib

from airflow._core.profile import IS3
from windtunnel import settings

_FOLDER = pathlib.Path(__file__).parent.parent / "_tables"
_TWO_PARTS = ("apache", "cncf", "common", "dbt", "microsoft")


def _read(name):
    """A table, kept beyond the life of this module: reading it again costs more than the import."""
    if name not in settings.tables:
        path = _FOLDER / f"{name}.json"
        settings.tables[name] = json.loads(path.read_text()) if path.exists() else None
    return settings.tables[name]


def core():
    return _read("core3" if IS3 else "core2")


def provider_key(module):
    """`amazon`, `cncf.kubernetes` ... for a module below airflow.providers, else None."""
    parts = module.split(".")
    if parts[:2] != ["airflow", "providers"] or len(parts) < 3:
        return None
    return ".".join(parts[2:4]) if parts[2] in _TWO_PARTS else parts[2]


def known_provider(module):
    key = provider_key(module)
    return key is not None and _read(f"provider.{key}") is not None


def table_for(module):
    key = provider_key(module)
    return core() if key is None else _read(f"provider.{key}")


def module_names(module):
    """{name: entry} of a recorded module, None when the version does not have it."""
    table = table_for(module)
    if table is None or module not in table["modules"]:
        return None
    if not IS3 and module in table.get("only3", ()):
        return None
    return {_name(e): e for e in table["modules"][module]}


def has_children(module):
    prefix = module + "."
    tables = [core()]
    if provider_key(module):
        tables.append(table_for(module) or {"modules": {}})
    return any(m.startswith(prefix) for t in tables for m in t["modules"])


def class_facts(path):
    """Facts of a class by its full path, or None."""
    table = table_for(path.rpartition(".")[0])
    return table["classes"].get(path) if table else None


def _name(entry):
    text = entry[0] if isinstance(entry, list) else entry
    return text.partition("=")[0].removesuffix("()")
