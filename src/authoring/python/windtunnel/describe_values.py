"""Plain forms of values: dates, spans, anything as JSON."""

import datetime as dt
import enum
import json


def iso(value):
    """ISO 8601 in UTC or None."""
    from airflow._core import dates

    return dates.iso(value)


def seconds(value):
    """Seconds of a timedelta, whole ones as int; None for None."""
    if value is None:
        return None
    number = value.total_seconds() if isinstance(value, dt.timedelta) else value
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number


def plain(value, depth=0):
    """JSON data; objects become {"object": class name}."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else {"object": repr(value)}
    if depth > 40:
        return {"object": "too deep"}
    if isinstance(value, dict):
        return {str(k): plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v, depth + 1) for v in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(v, depth + 1) for v in value), key=lambda v: json.dumps(v))
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return {"object": type(value).__name__}


def ref_tree(value):
    return value.ref()
