"""The clock that a DAG file sees: it starts where the request says, sleeping moves it on at once."""

import datetime as _dt
import time as _time

from . import bridge

_real_sleep = _time.sleep
_real_time = _time.time
_real_datetime = _dt.datetime
_real_date = _dt.date
_limit = None
_slept = 0.0
_offset = 0.0


def set_now(text):
    """Moves the clock so that now is that moment (ISO 8601); None: the real time."""
    global _offset
    _offset = _real_datetime.fromisoformat(text).timestamp() - _real_time() if text else 0.0


def start(limit_s, real_s=None, label=""):
    """Begins a span: at most `limit_s` seconds may be slept, `real_s` (or as many) be computed."""
    global _limit, _slept
    _limit, _slept = limit_s, 0.0
    bridge.start_limit(limit_s if real_s is None else real_s, label)


def stop():
    """Ends the span; returns the seconds slept in it."""
    global _limit
    bridge.stop_limit()
    _limit = None
    return _slept


def slept():
    return _slept


def now():
    """Seconds since 1970 on the file's clock."""
    return _real_time() + _offset + _slept


def _sleep(seconds):
    global _slept
    if _limit is None:
        _real_sleep(seconds)
        return
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _slept += float(seconds)
    if _slept > _limit:
        from airflow._core.errors import find

        raise find("AirflowTaskTimeout")("Timeout")


async def _async_sleep(delay, result=None):
    _sleep(delay)
    return result


class _SameAsReal(type):
    """Objects made by C code count as instances too."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.real) if "real" in vars(cls) else type.__instancecheck__(
            cls, value)

    def __subclasscheck__(cls, other):
        return issubclass(other, cls.real) if "real" in vars(cls) else type.__subclasscheck__(
            cls, other)


class datetime(_real_datetime, metaclass=_SameAsReal):  # noqa: N801 - it stands for the real one
    """`datetime.datetime` on this clock."""

    real = _real_datetime

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(now(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(now(), _dt.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


class date(_real_date, metaclass=_SameAsReal):  # noqa: N801 - it stands for the real one
    """`datetime.date` on this clock."""

    real = _real_date

    @classmethod
    def today(cls):
        return cls.fromtimestamp(now())


def install():
    """Puts the clock into `time`, `datetime` and `asyncio`."""
    import asyncio

    _time.sleep = _sleep
    _time.time = now
    asyncio.sleep = _async_sleep
    for cls in (datetime, date):
        cls.__module__, cls.__qualname__ = "datetime", cls.__name__
    _dt.datetime, _dt.date = datetime, date
