"""What a name of a module becomes: behaviour, a class made from facts, or a stand-in."""

import sys

from windtunnel import settings

from . import classes, natives, tables
from .standin import Standin


def build(module, name, entry):
    """The object for one entry of the tables."""
    if isinstance(entry, list):
        return _value(module, name, entry[1])
    text, _, path = entry.partition("=")
    is_function = text.endswith("()")
    where = path or module
    full = f"{where}.{name}" if is_function or not path else path
    short = full.rpartition(".")[2]
    known = natives.find(short, full) if module != "airflow.utils.timezone" else None
    if known is None:
        known = _from_module(module, name)
    if known is not None:
        return known
    if tables.class_facts(full) is not None or _looks_like_class(short):
        return classes.resolve(full)
    if f"{module}.{name}" in sys.modules:
        return sys.modules[f"{module}.{name}"]
    settings.note("name_not_modelled", module=module, name=name)
    return Standin(full)


def _from_module(module, name):
    """Whole modules that one module of `_core` plays."""
    if module in ("airflow.utils.timezone", "airflow.sdk.timezone", "airflow.utils.dates"):
        from airflow._core import dates

        return getattr(dates, name, None)
    if module in ("airflow.exceptions", "airflow.sdk.exceptions"):
        from airflow._core import errors

        return errors.find(name)
    return None


def _value(module, name, value):
    if name == "__version__":
        return value
    if isinstance(value, dict) and set(value) == {"seconds"}:
        import datetime

        limit = datetime.timedelta.max.total_seconds()
        return datetime.timedelta(seconds=min(value["seconds"], limit - 1e9))
    return natives.find(name, module) or value


def _looks_like_class(name):
    return name.endswith(("Operator", "Sensor", "SensorAsync", "Hook", "Trigger", "Notifier",
                          "Exception", "Timetable", "Strategy", "Link", "Error"))
