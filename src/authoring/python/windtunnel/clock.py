"""The clock that a DAG file sees while it is read: sleeping moves it on and costs nothing."""

import time as _time

from . import bridge

_real_sleep = _time.sleep
_real_time = _time.time
_limit = None
_slept = 0.0


def start(limit_s):
    """Begins a span in which at most `limit_s` seconds may be slept."""
    global _limit, _slept
    _limit, _slept = limit_s, 0.0
    bridge.start_limit(limit_s)


def stop():
    """Ends the span; returns the seconds slept in it."""
    global _limit
    bridge.stop_limit()
    _limit = None
    return _slept


def slept():
    return _slept


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


def install():
    """Puts the virtual clock into `time` and `asyncio`."""
    import asyncio

    _time.sleep = _sleep
    _time.time = lambda: _real_time() + _slept
    asyncio.sleep = _async_sleep
