"""Reading the recorded tables of modules, names and operator signatures."""

import functools
import json
import pathlib

from airflow._core.profile import IS3

_FOLDER = pathlib.Path(__file__).parent.parent / "_tables"
_TWO_PARTS = ("apache", "cncf", "common", "dbt", "microsoft")


@functools.cache
def _read(name):
    path = _FOLDER / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


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
